import { canonicalJson } from "../core/canonicalJson.js";
import { pathLabel, valueLabel } from "../study/pathLabels.js";
import type { CellSummary } from "../study/results.js";
import { categoryAxis, isGeometric, linearAxis, logAxis, prefersLog } from "./axes.js";
import type { PlotlyObject } from "./figureSpec.js";
import { cellValue } from "./panels.js";

/** Where a cell stands on the x axis, and that axis. */
export interface XScale {
  readonly kind: "log" | "linear" | "category";
  /** The numeric position of a cell; null where it has none (a value <= 0 on a log axis). */
  readonly at: (cell: CellSummary) => number | null;
  /** The value as text, for tables and hover boxes. */
  readonly text: (cell: CellSummary) => string;
  readonly axis: PlotlyObject;
  readonly title: string;
  /** Where 0 stands on a log axis that has a place for it; null otherwise. */
  readonly zeroStandIn: number | null;
}

export interface XOptions {
  /** The path on the x axis, e.g. `problem.dimension`. */
  readonly x: string;
  /** The number that stands for the value of `x`, where that is not a number itself (signal groups, for example). */
  readonly xValue?: (cell: CellSummary) => number | null;
  readonly xLabel?: string;
  /** @defaultValue true when the values are geometric or spread more than 8 times */
  readonly logX?: boolean;
}

/** The x axis of a figure: logarithmic or linear for numbers, named positions in order of first appearance for anything else. */
export function xScale(cells: readonly CellSummary[], options: XOptions): XScale {
  const title = options.xLabel ?? pathLabel(options.x);
  const number = options.xValue ?? ((cell: CellSummary) => valueNumber(cellValue(cell, options.x)));
  const numbers = cells.map(number);
  if (numbers.some((v) => v === null || !Number.isFinite(v))) return categoryScale(cells, options.x, title);
  const values = numbers as number[];
  const positive = values.filter((v) => v > 0);
  const log =
    options.logX ?? (values.every((v) => v >= 0) && (prefersLog(positive) || isGeometric(positive)));
  const text = (cell: CellSummary): string => valueLabel(number(cell));
  if (!log) return { kind: "linear", at: number, text, axis: linearAxis(title), title, zeroStandIn: null };
  const zero = values.includes(0) ? standIn(positive) : null;
  const at = (cell: CellSummary): number | null => {
    const value = number(cell);
    return value === 0 ? zero : value !== null && value > 0 ? value : null;
  };
  const axis =
    zero === null
      ? logAxis(title, values, values)
      : withZero(logAxis(title, [zero, ...positive], positive), zero);
  return { kind: "log", at, text, axis, title, zeroStandIn: zero };
}

/**
 * "None" is often the first design value (no unlabelled samples). On a log axis it stands one step to the left of the smallest
 * positive value, a step being the smallest ratio of the design, at least 2 and at most 5; the caption says so.
 */
function standIn(positive: readonly number[]): number {
  const sorted = [...new Set(positive)].sort((a, b) => a - b);
  const ratio = Math.min(...sorted.slice(1).map((v, i) => v / sorted[i]!), 5);
  return sorted[0]! / Math.max(2, ratio);
}

function withZero(axis: PlotlyObject, zero: number): PlotlyObject {
  const values = axis.tickvals as readonly number[];
  const texts = axis.ticktext as readonly string[];
  // A tick between the stand-in and the first value would give the gap a scale that it does not have.
  const kept = values.map((v, i) => [v, texts[i]!] as const).filter(([v]) => v > zero * 1.9);
  return { ...axis, tickvals: [zero, ...kept.map(([v]) => v)], ticktext: ["0", ...kept.map(([, t]) => t)] };
}

/** A number, or the only number in an object such as `{ logThreshold: 0.5 }`; null for anything else. */
export function valueNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.values(value);
  return entries.length === 1 && typeof entries[0] === "number" ? entries[0] : null;
}

function categoryScale(cells: readonly CellSummary[], path: string, title: string): XScale {
  const positions = new Map<string, number>();
  const names: string[] = [];
  for (const cell of cells) {
    const key = canonicalJson(cellValue(cell, path));
    if (positions.has(key)) continue;
    positions.set(key, positions.size);
    names.push(valueLabel(cellValue(cell, path)));
  }
  return {
    kind: "category",
    at: (cell) => positions.get(canonicalJson(cellValue(cell, path))) ?? null,
    text: (cell) => valueLabel(cellValue(cell, path)),
    axis: categoryAxis(title, names),
    title,
    zeroStandIn: null,
  };
}
