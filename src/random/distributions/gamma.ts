import gammaFactory from "@stdlib/random-base-gamma";
import { requirePositive } from "../../core/guards.js";
import type { Rng } from "../keyedStream.js";

/**
 * A sampler of Gamma(shape, 1), shape > 0, mean = variance = shape. Its own normal generator is seeded from the stream when the sampler
 * is made: make one for many draws.
 *
 * @example const gamma = gammaSampler(keyedStream([1])); gamma(2.5)
 */
export function gammaSampler(rng: Rng): (shape: number) => number {
  const draw = gammaFactory.factory({ prng: rng.uniform });
  return (shape) => draw(requirePositive("shape", shape), 1);
}

/** A sampler of the chi distribution with k > 0 degrees of freedom: sqrt(2 Gamma(k/2)), the length of a standard normal vector in R^k. */
export function chiSampler(rng: Rng): (degreesOfFreedom: number) => number {
  const gamma = gammaSampler(rng);
  return (degreesOfFreedom) => Math.sqrt(2 * gamma(degreesOfFreedom / 2));
}

/**
 * A sampler of Student's t with k > 0 degrees of freedom, z / sqrt(chi^2_k / k); its variance, k / (k - 2), exists for k > 2 and is not
 * scaled away here.
 */
export function studentTSampler(rng: Rng): (degreesOfFreedom: number) => number {
  const gamma = gammaSampler(rng);
  return (k) => rng.normal() / Math.sqrt((2 * gamma(k / 2)) / k);
}
