import { tickText } from "../core/numberText.js";
import { pathSymbol, valueLabel } from "../study/pathLabels.js";
import type { Cell } from "../study/study.js";

/** "n = 50", "s = 4, n = 100": the varied values of a cell; of the other one where only that varies. */
export function cellLabel(cell: Cell, other?: Cell): string {
  const varied = Object.entries(cell.varied);
  if (varied.length === 0) return other === undefined ? "the study's problem" : cellLabel(other);
  return varied.map(([path, value]) => `${pathSymbol(path)} = ${shown(value)}`).join(", ");
}

/** A number as short as it is, a list of signals by its norms ("8 and 1"), anything else as figures have it. */
function shown(value: unknown): string {
  if (typeof value === "number") return tickText(value);
  if (!Array.isArray(value)) return valueLabel(value);
  const norms = value.map((item: { norm?: unknown }) => item?.norm);
  return norms.every((norm) => typeof norm === "number")
    ? norms.map(tickText).join(" and ")
    : valueLabel(value);
}
