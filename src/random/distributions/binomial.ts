import binomialFactory from "@stdlib/random-base-binomial";
import { requireInRange, requireInteger } from "../../core/guards.js";
import type { Rng } from "../keyedStream.js";

/** Below this mean the number of successes is counted by jumping from one to the next; above it by rejection. */
const SMALL_MEAN = 10;

/**
 * A sampler of Binomial(n, q), n >= 0, q in [0, 1]. Its cost is bounded by the smaller mean, min(n q, n (1 - q)) <= 10, or constant (the
 * rejection method BTRS of Hormann, J. Stat. Comput. Simul. 46 (1993), by @stdlib): never n, so n = 10^9 is no slower than n = 10.
 *
 * @example const binomial = binomialSampler(keyedStream([1])); binomial(100, 0.3)
 */
export function binomialSampler(rng: Rng): (n: number, q: number) => number {
  const rejection = binomialFactory.factory({ prng: rng.uniform });
  const draw = (n: number, q: number): number => {
    if (q > 0.5) return n - draw(n, 1 - q);
    if (n === 0 || q === 0) return 0;
    return n * q < SMALL_MEAN ? countByJumps(rng, n, q) : rejection(n, q);
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
