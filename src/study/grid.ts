import { canonicalJson } from "../core/canonicalJson.js";
import { show } from "../core/guards.js";
import { FieldError, fieldError } from "./schema/fieldError.js";

/** Cells of a study at most: a grid beyond it is a typing error or a job for several studies. */
export const MAX_CELLS = 10_000;

/** Rows (cells times replications) of a study at most. */
export const MAX_ROWS = 1_000_000;

/** Throws on a grid that is too large, or a list that has a value twice (the two cells would be the same cell). */
export function requireGrid(vary: Readonly<Record<string, readonly unknown[]>>, replications: number): void {
  for (const [path, values] of Object.entries(vary)) {
    const texts = values.map((value) => textOf(path, value));
    const twice = texts.findIndex((text, i) => texts.indexOf(text) !== i);
    if (twice >= 0) throw fieldError(`vary["${path}"]`, "a list of different values", values[twice]);
  }
  const sizes = Object.values(vary).map((values) => values.length);
  const cells = sizes.reduce((product, size) => product * size, 1);
  const product = sizes.length > 1 ? `${sizes.join(" x ")} = ${cells}` : `${cells}`;
  if (!(cells <= MAX_CELLS)) {
    const message = `vary must cross into at most ${MAX_CELLS} cells, received ${product}`;
    throw new FieldError(["vary"], message, "Vary fewer values, or split the study.");
  }
  if (!(cells * replications <= MAX_ROWS)) {
    const message = `cells x replications must be at most ${MAX_ROWS}, received ${cells} x ${replications}`;
    throw new FieldError(["replications"], message, "Lower replications, or split the study.");
  }
}

/** The crossed grid, last path fastest; one empty point when nothing is varied. */
export function crossed(vary: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  return Object.entries(vary).reduce<Record<string, unknown>[]>(
    (points, [path, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [path]: value }))),
    [{}],
  );
}

/** `cell 3 (problem.rank = 5)`: how an error names a point of the grid. */
export function cellText(cell: number, varied: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(varied).map(([path, value]) => `${path} = ${show(value)}`);
  return values.length === 0 ? `cell ${cell}` : `cell ${cell} (${values.join(", ")})`;
}

function textOf(path: string, value: unknown): string {
  if (typeof value === "number" && Number.isNaN(value)) {
    throw fieldError(`vary["${path}"]`, "a list of plain values", value);
  }
  try {
    return canonicalJson(value);
  } catch {
    throw fieldError(`vary["${path}"]`, "a list of plain values", value);
  }
}
