import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { studentQuantile } from "../statistics/studentT.js";

/** A number with three significant digits, as tables of verdicts show it. */
export function formatted(value: number, digits: number = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5))
    return value.toExponential(digits - 1);
  return String(Number(value.toPrecision(digits)));
}

/** The two-sided 95 % t-interval of an estimate; null without a standard error. */
export function intervalOf({ mean, se, dof }: MeanEstimate): readonly [number, number] | null {
  if (!(se >= 0)) return null;
  const half = se === 0 ? 0 : studentQuantile(0.025, dof) * se;
  return [mean - half, mean + half];
}
