import { requireInRange, requireInteger } from "../../core/guards.js";
import { stirlingRest } from "../../numerics/special/stirlingRest.js";
import type { Rng } from "../keyedStream.js";

/** Below this mean the number of successes is counted by jumping from one to the next; above it by rejection. */
const SMALL_MEAN = 10;

/**
 * A sampler of Binomial(n, q), n >= 0, q in [0, 1]. Its cost is bounded by the smaller mean, min(n q, n (1 - q)) <= 10, or constant: never n,
 * so n = 10^9 is no slower than n = 10. (Not @stdlib's generator, 0.2.2: its loop
 * over the ratio of two probabilities takes one factor too many, and its counts fail any goodness-of-fit test.)
 *
 * @example const binomial = binomialSampler(keyedStream([1])); binomial(100, 0.3)
 */
export function binomialSampler(rng: Rng): (n: number, q: number) => number {
  const draw = (n: number, q: number): number => {
    if (q > 0.5) return n - draw(n, 1 - q);
    if (n === 0 || q === 0) return 0;
    return n * q < SMALL_MEAN ? countByJumps(rng, n, q) : transformedRejection(rng, n, q);
  };
  return (n, q) => draw(requireInteger("n", n, 0), requireInRange("q", q, 0, 1));
}

/** Failures before a success are geometric: floor(ln U / ln(1 - q)), U uniform on (0, 1]. */
function countByJumps(rng: Rng, n: number, q: number): number {
  const logFailure = Math.log1p(-q);
  let position = 0;
  let successes = 0;
  for (;;) {
    position += Math.floor(Math.log(1 - rng.uniform()) / logFailure) + 1;
    if (position > n) return successes;
    successes++;
  }
}

/**
 * Binomial(n, q) for n q >= 10, q <= 1/2: rejection from a transformed uniform variable.
 * Source: W. Hormann, J. Stat. Comput. Simul. 46 (1993) 101-110, algorithm BTRS, whose constants these are.
 */
function transformedRejection(rng: Rng, n: number, q: number): number {
  const spread = Math.sqrt(n * q * (1 - q));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * q;
  const center = n * q + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const squeeze = 0.92 - 4.2 / b;
  const mode = Math.floor((n + 1) * q);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const v = 1 - rng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + center);
    if (us >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k <= n)) continue;
    const height = Math.log((v * alpha) / (a / (us * us) + b));
    if (height <= logRatio(n, q, k, mode)) return k;
  }
}

/**
 * ln P(k) / P(m) for Binomial(n, q), with Stirling's series for the four factorials: the large terms are joined into logarithms of
 * ratios, so little is lost for n = 10^9.
 */
function logRatio(n: number, q: number, k: number, m: number): number {
  const odds = q / (1 - q);
  return (
    (m + 0.5) * Math.log((m + 1) / (odds * (n - m + 1))) +
    (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
    (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
    (stirlingRest(m) + stirlingRest(n - m) - stirlingRest(k) - stirlingRest(n - k))
  );
}
