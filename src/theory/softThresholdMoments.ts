import { normalCdf, normalPdf } from "../numerics/special/normal.js";

/** E y, E y^2, E y^3, E y^4 and P(y = 0) for a soft-thresholded Gaussian number y. */
export interface SoftThresholdMoments {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
  readonly zero: number;
}

/**
 * Moments of soft-threshold(x + tau z, eps) = sign(.) max(0, |.| - eps), z standard normal, tau > 0, eps >= 0 (docs/theory.md 5.3). With a = (x - eps)/tau,
 * b = (-x - eps)/tau and the partial moments I_k(a) = E max(0, a + z)^k,
 *
 *     I_1 = a Phi + phi,  I_2 = (a^2 + 1) Phi + a phi,  I_3 = (a^3 + 3a) Phi + (a^2 + 2) phi,  I_4 = (a^4 + 6a^2 + 3) Phi + (a^3 + 5a) phi,
 *
 * the k-th moment is tau^k (I_k(a) + (-1)^k I_k(b)).
 *
 * @example softThresholdMoments(0, 1, 0).second // 1: no threshold leaves the Gaussian
 */
export function softThresholdMoments(x: number, tau: number, eps: number): SoftThresholdMoments {
  const above = partialMoments((x - eps) / tau);
  const below = partialMoments((-x - eps) / tau);
  return {
    first: tau * (above.first - below.first),
    second: tau ** 2 * (above.second + below.second),
    third: tau ** 3 * (above.third - below.third),
    fourth: tau ** 4 * (above.fourth + below.fourth),
    zero: Math.max(0, 1 - above.tail - below.tail),
  };
}

interface PartialMoments {
  readonly tail: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

function partialMoments(a: number): PartialMoments {
  // Far below the threshold the two terms of each moment cancel to nothing.
  if (a < -12) return { tail: 0, first: 0, second: 0, third: 0, fourth: 0 };
  const tail = normalCdf(a);
  const density = normalPdf(a);
  const a2 = a * a;
  return {
    tail,
    first: Math.max(0, a * tail + density),
    second: Math.max(0, (a2 + 1) * tail + a * density),
    third: Math.max(0, (a2 + 3) * a * tail + (a2 + 2) * density),
    fourth: Math.max(0, (a2 * a2 + 6 * a2 + 3) * tail + (a2 + 5) * a * density),
  };
}
