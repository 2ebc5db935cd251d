import type { Rng } from "../../random/keyedStream.js";
import type { Condition } from "../statistics/conditions.js";
import { type MeanEstimate, meanEstimate } from "../statistics/meanEstimate.js";
import { smoothWeights } from "../statistics/smoothWeights.js";
import { weightedFit } from "../statistics/weightedFit.js";
import { estimateText, formatted, intervalOf } from "./numbers.js";
import { NO_DATA, type Outcome } from "./outcome.js";

/** A point of a rate: the parameter's value and the metric in each replication there. */
export interface RatePoint {
  readonly x: number;
  /** One value a replication, mean > 0; what is fitted is log(mean^power / form). */
  readonly values: ArrayLike<number>;
  /** A form to divide by, for the drift of a ratio measured/bound. @defaultValue 1 */
  readonly form?: number;
}

export interface RateSpec {
  /** The exponent of the mean, e.g. 1/2 to go from ||sin Theta||_F^2 to ||sin Theta||_F. */
  readonly power: number;
  /** The slope that theory predicts. */
  readonly exponent: number;
  /** How far from it the slope may lie. */
  readonly margin: number;
  /** `both`: |slope - exponent| <= margin; `atMost`: slope <= exponent + margin; `atLeast`: slope >= exponent - margin. */
  readonly side: "both" | "atMost" | "atLeast";
  /** How much the local slope may change from one end to the other; null when the claim is a bound on the slope, not a line. */
  readonly curvature: number | null;
}

/** Resamplings of the bootstrap: its standard error is then known to 1 / sqrt(2 B) = 4 %. */
export const BOOTSTRAP = 400;

/**
 * Kind *rate*: the slope of log(mean^power) on log x, by least squares weighted with the inverse Monte Carlo variances, against a predicted exponent within
 * a margin (two one-sided tests, or one), and the curvature of the same points, so that a bent line is not called a rate: with the parabola y = a + b l + c l^2,
 * l = log x, the local slope changes by 2 c (l_max - l_min) over the range, and that has to stay within `curvature` too.
 *
 * Weights: the relative variances of the points, smoothed along the line log(variance) = a + b l (`smoothWeights`): with each point's own estimate from n
 * values, points that look precise by chance would pull the line, and intervals at n = 6 would hold the truth in 89 % of the cases.
 *
 * The standard errors of both are bootstrapped: replications are drawn with replacement within each point, weights and fit are repeated, and the standard deviation
 * of the fits is scaled by sqrt(n / (n - 1)), its small-sample bias. Student's t with Satterthwaite's degrees of freedom makes p-values and intervals of them: quantiles
 * of the bootstrap itself have no tail of 10^-4, which a run with many claims needs, and too short intervals for few replications (docs/claims.md has the measured
 * coverage of both). Assumed: replications and points are independent, and n is large enough for log(mean) to be normal (relative error of a mean below about
 * 10 %: its logarithm is then biased by less than 0.5 %).
 *
 * Source: B. Efron & R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapters 6, 9 and 12; P. Meier, Biometrics 9 (1953) 59-73, on weights that are
 * estimated.
 */
export function rateTest(points: readonly RatePoint[], spec: RateSpec, rng: Rng): Outcome {
  const predicted = predictedText(spec);
  if (points.length < 3 || points.some(({ values }) => values.length < 2)) {
    return { conditions: [], measured: NO_DATA, predicted };
  }
  const fit = bootstrapFit(points, spec.power, rng);
  if (fit === null) {
    const text = "a mean is not positive: no logarithm";
    return { conditions: [], measured: { text, value: null, interval: null }, predicted };
  }
  const { slope, change } = fit;
  const conditions: Condition[] = [];
  const add = (label: string, sign: 1 | -1, of: MeanEstimate, limit: number): void => {
    conditions.push({ label, theta: { ...of, mean: limit + sign * of.mean } });
  };
  if (spec.side !== "atMost") add("slope, not below", 1, slope, spec.margin - spec.exponent);
  if (spec.side !== "atLeast") add("slope, not above", -1, slope, spec.margin + spec.exponent);
  if (spec.curvature !== null) {
    add("no bend down", 1, change, spec.curvature);
    add("no bend up", -1, change, spec.curvature);
  }
  const bend = spec.curvature === null ? "" : `, bend ${estimateText(change)}`;
  const text = `slope ${estimateText(slope)}${bend}`;
  return { conditions, measured: { text, value: slope.mean, interval: intervalOf(slope) }, predicted };
}

function predictedText({ side, exponent, margin, curvature }: RateSpec): string {
  const limit = side === "atMost" ? exponent + margin : exponent - margin;
  const slope =
    side === "both"
      ? `slope ${formatted(exponent)} ± ${formatted(margin)}`
      : `slope at ${side === "atMost" ? "most" : "least"} ${formatted(limit)}`;
  return curvature === null ? slope : `${slope}, bend within ${formatted(curvature)}`;
}

interface Fit {
  readonly slope: MeanEstimate;
  readonly change: MeanEstimate;
}

function bootstrapFit(points: readonly RatePoint[], power: number, rng: Rng): Fit | null {
  const means = points.map(({ values }) => meanEstimate(values));
  if (means.some(({ mean }) => !(mean > 0))) return null;
  const x = points.map((point) => Math.log(point.x));
  const forms = points.map(({ form = 1 }) => Math.log(form));
  // Delta method: var log(mean) = (se / mean)^2.
  const variances = means.map(({ mean, se }) => (se / mean) ** 2);
  const y = means.map(({ mean }, i) => power * Math.log(mean) - forms[i]!);
  const fit = weightedFit(x, y, smoothWeights(x, variances));
  const slopes = new Float64Array(BOOTSTRAP);
  const bends = new Float64Array(BOOTSTRAP);
  const drawnY = new Float64Array(points.length);
  const drawnVariances = new Float64Array(points.length);
  for (let b = 0; b < BOOTSTRAP; b++) {
    for (const [i, { values }] of points.entries()) {
      const { mean, variance } = resampled(values, rng);
      if (!(mean > 0)) return null;
      drawnY[i] = power * Math.log(mean) - forms[i]!;
      // A point of which one value alone was drawn says nothing of its variance.
      drawnVariances[i] = variance > 0 ? variance / mean ** 2 : variances[i]!;
    }
    const { slope, bend } = weightedFit(x, drawnY, smoothWeights(x, drawnVariances));
    slopes[b] = slope;
    bends[b] = bend;
  }
  const n = Math.min(...points.map(({ values }) => values.length));
  const dof = satterthwaite(points, x, variances);
  const scale = Math.sqrt(n / (n - 1));
  // The local slope changes by 2 c times the range of x.
  const change = 2 * (Math.max(...x) - Math.min(...x));
  return {
    slope: { mean: fit.slope, se: scale * deviation(slopes), dof, n },
    change: { mean: change * fit.bend, se: scale * change * deviation(bends), dof, n },
  };
}

/** The variance of the slope is a sum over points, (dslope/dy_i)^2 var_i up to a factor: Satterthwaite's degrees of freedom of it. */
function satterthwaite(
  points: readonly RatePoint[],
  x: readonly number[],
  variances: readonly number[],
): number {
  const weights = smoothWeights(x, variances);
  const unit = (i: number): number[] => x.map((_, j) => (i === j ? 1 : 0));
  const parts = variances.map((variance, i) => weightedFit(x, unit(i), weights).slope ** 2 * variance);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const spread = parts.reduce((sum, part, i) => sum + part ** 2 / (points[i]!.values.length - 1), 0);
  return spread > 0 ? total ** 2 / spread : 1;
}

/** Mean of as many values, drawn with replacement, and its variance; sums are of differences to the first value, which cost no digits. */
function resampled(
  values: ArrayLike<number>,
  rng: Rng,
): { readonly mean: number; readonly variance: number } {
  const n = values.length;
  const base = values[0]!;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = values[Math.floor(n * rng.uniform())]! - base;
    sum += d;
    squares += d * d;
  }
  return { mean: base + sum / n, variance: Math.max(0, squares - (sum * sum) / n) / (n - 1) / n };
}

/** The standard deviation, from differences to the first value: exactly 0 when all are equal. */
function deviation(values: Float64Array): number {
  const { se, n } = meanEstimate(values.map((value) => value - values[0]!));
  return se * Math.sqrt(n);
}
