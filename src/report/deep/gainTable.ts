import { numberText } from "../../core/numberText.js";
import type { DeepComparison } from "../../deep/study/deepComparison.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { ReportTable } from "../figureSpec.js";
import { deepMetricLabel, isRate, pointText, shownFactor } from "./deepText.js";

const MINUS = "\u2212";

/** `a over b`: the gain is a's. */
export function pairText({ a, b }: Pick<DeepComparison, "a" | "b">): string {
  return `${a} over ${b}`;
}

/** A family of comparisons in numbers, a row a comparison: gains and half widths in points for rates, p-values as they are, verdicts corrected. */
export function gainTable(
  result: DeepResult,
  family: readonly DeepComparison[],
  caption: string,
): ReportTable {
  const varied = result.points.length > 1;
  const rates = family.every(({ metric }) => isRate(metric));
  const mixed = !rates && family.some(({ metric }) => isRate(metric));
  const unit = mixed ? "gain (rates: points)" : rates ? "gain (points)" : "gain";
  return {
    caption: `${caption}: gains with half widths of 95 % intervals, alone and for all at once`,
    columns: [
      "comparison",
      ...(varied ? ["setting"] : []),
      "metric",
      unit,
      "± alone",
      "± all",
      "n",
      "p",
      "verdict",
    ],
    rows: byPlace(family).map((one) => {
      const factor = shownFactor(one.metric);
      const number = (value: number | null): string => gainText(value === null ? null : factor * value);
      return [
        pairText(one),
        ...(varied ? [pointText(result.points[one.point]!.varied)] : []),
        deepMetricLabel(one.metric),
        signedText(number(one.gain), one.gain),
        number(one.halfWidth),
        number(one.simultaneousHalfWidth),
        String(one.n),
        pText(one.pValue),
        one.verdict,
      ];
    }),
  };
}

/** By point, then by metric, then by pair: what stands together in a figure stands together here. */
function byPlace(family: readonly DeepComparison[]): DeepComparison[] {
  const metrics = [...new Set(family.map(({ metric }) => metric))];
  return [...family].sort(
    (one, other) => one.point - other.point || metrics.indexOf(one.metric) - metrics.indexOf(other.metric),
  );
}

/** Two decimals, more for what would be 0.00. */
export function gainText(value: number | null): string {
  if (value === null) return "\u2014";
  const magnitude = Math.abs(value);
  // Differences of equal error rates: what is left is rounding.
  if (magnitude < 1e-9) return "0.00";
  if (magnitude < 0.1) return numberText(value, 2);
  return `${value < 0 ? MINUS : ""}${magnitude.toFixed(2)}`;
}

/** Gains have a sign. */
function signedText(text: string, gain: number | null): string {
  return gain !== null && gain > 0 && text !== "0.00" ? `+${text}` : text;
}

function pText(p: number | null): string {
  return p === null ? "\u2014" : p < 1e-4 ? "< 0.0001" : numberText(p, 2);
}
