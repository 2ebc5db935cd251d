import { badInput } from "../core/guards.js";

/** A point of a curve whose rate is asked for: x > 0, y > 0, and the standard error of y where it is known. */
export interface RatePoint {
  readonly x: number;
  readonly y: number;
  readonly se: number | null;
}

/** The line log y = intercept + slope log x. */
export interface RateFit {
  readonly slope: number;
  /** Standard error of the slope; null when it cannot be known (two points without standard errors). */
  readonly se: number | null;
  readonly intercept: number;
  readonly n: number;
}

/**
 * The slope of log y on log x by least squares, for captions: a descriptive rate, not the test of a claim.
 *
 * With a standard error > 0 at every point the weights are (y / se)^2, by the delta method sd(log y) = se / y, and the slope's error
 * is 1 / sqrt(sum w (log x - mean)^2): Monte Carlo error alone, curvature not included. Otherwise all weights are 1 and the error
 * comes from the residuals, with n - 2 degrees of freedom.
 *
 * Throws badInput with fewer than two distinct x, or values that are not positive.
 *
 * @example logLogSlope([{ x: 1, y: 8, se: null }, { x: 4, y: 4, se: null }]).slope // -0.5
 */
export function logLogSlope(points: readonly RatePoint[]): RateFit {
  for (const { x, y } of points) {
    if (!(x > 0 && x < Infinity && y > 0 && y < Infinity)) {
      throw badInput("points", "positive and finite (a log-log slope)", [x, y]);
    }
  }
  if (new Set(points.map((p) => p.x)).size < 2) {
    throw badInput(
      "points",
      "at two different x at least",
      points.map((p) => p.x),
    );
  }
  const weighted = points.every((p) => p.se !== null && p.se > 0);
  const weights = points.map((p) => (weighted ? (p.y / p.se!) ** 2 : 1));
  const u = points.map((p) => Math.log(p.x));
  const v = points.map((p) => Math.log(p.y));
  const total = sum(weights);
  const uMean = sum(weights.map((w, i) => w * u[i]!)) / total;
  const vMean = sum(weights.map((w, i) => w * v[i]!)) / total;
  const spread = sum(weights.map((w, i) => w * (u[i]! - uMean) ** 2));
  const slope = sum(weights.map((w, i) => w * (u[i]! - uMean) * (v[i]! - vMean))) / spread;
  const intercept = vMean - slope * uMean;
  const n = points.length;
  const residual = sum(u.map((at, i) => (v[i]! - intercept - slope * at) ** 2));
  const se = weighted ? 1 / Math.sqrt(spread) : n > 2 ? Math.sqrt(residual / (n - 2) / spread) : null;
  return { slope, se, intercept, n };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
