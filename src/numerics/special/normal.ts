import erfc from "@stdlib/math-base-special-erfc";
import erfcx from "@stdlib/math-base-special-erfcx";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** The standard normal density phi(x) = exp(-x^2/2) / sqrt(2 pi). */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/** The standard normal distribution function Phi(x), with relative accuracy in the lower tail (by erfc). */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** The standard normal quantile Phi^{-1}(q), q in [0, 1]: right to 1e-16 in q, so that a q of 1e-12 keeps four digits of its own. */
export function normalQuantile(q: number): number {
  return quantile(q, 0, 1);
}

/** Mills' ratio (1 - Phi(x)) / phi(x); stable for large x, where both go to zero. */
export function millsRatio(x: number): number {
  return 0.5 * SQRT_2PI * erfcx(x * Math.SQRT1_2);
}
