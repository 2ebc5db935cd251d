import { tickText } from "../core/numberText.js";
import { pathSymbol, valueLabel } from "../study/pathLabels.js";
import type { Cell } from "../study/study.js";

/** "n = 50", "norms 8 and 1, n = 100": the varied values of a cell; of the other one where only that varies. */
export function cellLabel(cell: Cell, other?: Cell): string {
  const varied = Object.entries(cell.varied);
  if (varied.length === 0) return other === undefined ? "the study's problem" : cellLabel(other);
  return varied
    .map(([path, value]) => normsText(value) ?? `${pathSymbol(path)} = ${shown(value)}`)
    .join(", ");
}

/** A number as short as it is, anything else as figures have it. */
function shown(value: unknown): string {
  return typeof value === "number" ? tickText(value) : valueLabel(value);
}

/** A list of signal groups by their norms; null for anything else. */
function normsText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const norms = value.map((item: { norm?: unknown } | null) => item?.norm);
  return norms.every((norm) => typeof norm === "number")
    ? `norms ${norms.map(tickText).join(" and ")}`
    : null;
}
