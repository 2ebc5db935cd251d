import { intervalText, numberText, tickText } from "../../core/numberText.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { studentQuantile } from "../statistics/studentT.js";

/** A number with at most `digits` significant digits and no zeros at its end: margins, exponents, constants. */
export function formatted(value: number, digits: number = 3): string {
  return Number.isFinite(value) ? tickText(Number(value.toPrecision(digits))) : numberText(value);
}

/** The half-width of the two-sided 95 % t-interval of an estimate: 0 for equal values, NaN without a standard error. */
export function halfWidth({ se, dof }: MeanEstimate): number {
  return se === 0 ? 0 : studentQuantile(0.025, dof) * se;
}

/** The two-sided 95 % t-interval of an estimate; null without a standard error. */
export function intervalOf(estimate: MeanEstimate): readonly [number, number] | null {
  const half = halfWidth(estimate);
  return half >= 0 ? [estimate.mean - half, estimate.mean + half] : null;
}

/** "0.507 ± 0.015": an estimate with its 95 % interval. */
export function estimateText(estimate: MeanEstimate): string {
  return intervalText(estimate.mean, halfWidth(estimate));
}
