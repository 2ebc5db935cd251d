import type { Rng } from "../../random/keyedStream.js";
import type { Condition } from "../statistics/conditions.js";
import { type MeanEstimate, meanEstimate } from "../statistics/meanEstimate.js";
import { lineFit, parabolaFit } from "../statistics/polynomialFit.js";
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
 * The standard errors of both are bootstrapped: replications are drawn with replacement within each point, the fit is repeated with the same weights,
 * and the standard deviation of the fits is scaled by sqrt(n / (n - 1)), its small-sample bias. Its degrees of freedom are Satterthwaite's from the
 * variances of the points. Assumed: replications and points are independent, and n is large enough for log(mean) to be normal (relative error
 * of a mean below about 10 %: its logarithm is then biased by less than 0.5 %).
 *
 * Source: B. Efron & R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 9.
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
  const y = (mean: readonly number[]): number[] => mean.map((m, i) => power * Math.log(m) - forms[i]!);
  // Delta method: var log(mean) = (se / mean)^2. A point without spread weighs like the most precise other one.
  const relative = means.map(({ mean, se }) => se / mean);
  const least = Math.min(...relative.filter((value) => value > 0));
  const weights = relative.map((value) => (value > 0 ? value ** -2 : least < Infinity ? least ** -2 : 1));
  const line = lineFit(x, weights);
  const parabola = parabolaFit(x, weights);
  const range = Math.max(...x) - Math.min(...x);
  const changeOf = (values: readonly number[]): number => 2 * parabola(values) * range;
  const estimate = y(means.map(({ mean }) => mean));
  const slopes: number[] = [];
  const changes: number[] = [];
  for (let b = 0; b < BOOTSTRAP; b++) {
    const drawn = points.map(({ values }) => resampledMean(values, rng));
    if (drawn.some((mean) => !(mean > 0))) return null;
    slopes.push(line(y(drawn)));
    changes.push(changeOf(y(drawn)));
  }
  const n = Math.min(...points.map(({ values }) => values.length));
  const dof = satterthwaite(points, means, line);
  const scale = Math.sqrt(n / (n - 1));
  const of = (mean: number, drawn: readonly number[]): MeanEstimate => ({
    mean,
    se: scale * deviation(drawn),
    dof,
    n,
  });
  return { slope: of(line(estimate), slopes), change: of(changeOf(estimate), changes) };
}

/** The variance of the slope is a sum over points, (dslope/dy_i)^2 (se_i / mean_i)^2 up to a factor: Satterthwaite's degrees of freedom of it. */
function satterthwaite(
  points: readonly RatePoint[],
  means: readonly MeanEstimate[],
  line: (y: readonly number[]) => number,
): number {
  const parts = means.map(({ mean, se }, i) => {
    const unit = points.map((_, j) => (i === j ? 1 : 0));
    return (line(unit) * (se / mean)) ** 2;
  });
  const total = parts.reduce((sum, part) => sum + part, 0);
  const spread = parts.reduce((sum, part, i) => sum + part ** 2 / (points[i]!.values.length - 1), 0);
  return spread > 0 ? total ** 2 / spread : 1;
}

function resampledMean(values: ArrayLike<number>, rng: Rng): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[Math.floor(n * rng.uniform())]!;
  return sum / n;
}

/** The standard deviation, from differences to the first value: exactly 0 when all are equal. */
function deviation(values: readonly number[]): number {
  const { se, n } = meanEstimate(values.map((value) => value - values[0]!));
  return se * Math.sqrt(n);
}
