import type { Rng } from "../keyedStream.js";

/**
 * A sampler of fair signs, -1 or +1, that takes 32 of them from each uniform number.
 *
 * @example const sign = signSampler(keyedStream([1])); sign() // -1 or 1
 */
export function signSampler(rng: Rng): () => number {
  let bits = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      bits = Math.floor(rng.uniform() * 2 ** 32) | 0;
      left = 32;
    }
    const sign = (bits & 1) === 0 ? -1 : 1;
    bits >>= 1;
    left--;
    return sign;
  };
}
