import { badInput } from "../../core/guards.js";
import type { Rng } from "../keyedStream.js";

/**
 * A standard normal number given that it is at least `low` (any finite number, however far in the tail).
 *
 * For low <= 0.45 by drawing until one is greater (at least one in three is); beyond, by rejection from an exponential distribution
 * shifted to `low` with the best rate (low + sqrt(low^2 + 4))/2, which accepts three of four and nearly all in the tail.
 * Source: C. P. Robert, Statistics and Computing 5 (1995) 121-125.
 *
 * Throws `bad-input` when `low` is not finite.
 *
 * @example truncatedNormal(keyedStream([1]), 3) // a number > 3, mean 3.28
 */
export function truncatedNormal(rng: Rng, low: number): number {
  if (!Number.isFinite(low)) throw badInput("low", "a finite number", low);
  if (low <= 0.45) {
    for (;;) {
      const z = rng.normal();
      if (z > low) return z;
    }
  }
  const root = Math.hypot(low, 2);
  const rate = 0.5 * (low + root);
  // rate - low, without the cancellation.
  const ahead = 2 / (low + root);
  for (;;) {
    const excess = -Math.log(1 - rng.uniform()) / rate;
    if (rng.uniform() <= Math.exp(-0.5 * (excess - ahead) ** 2)) return low + excess;
  }
}
