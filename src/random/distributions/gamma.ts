import { requirePositive } from "../../core/guards.js";
import type { Rng } from "../keyedStream.js";

/**
 * A sampler of Gamma(shape, 1), shape > 0, mean = variance = shape. All its randomness comes from the stream: @stdlib's gamma generator would
 * seed a normal generator of its own with 32 bits, so that among 10^5 streams some would share their normals.
 *
 * Source: Marsaglia & Tsang, ACM Trans. Math. Software 26 (2000) 363-372 (for shape < 1 with their factor U^(1/shape)).
 *
 * @example const gamma = gammaSampler(keyedStream([1])); gamma(2.5)
 */
export function gammaSampler(rng: Rng): (shape: number) => number {
  return (shape) => {
    requirePositive("shape", shape);
    if (shape >= 1) return drawFromOneUp(rng, shape);
    return drawFromOneUp(rng, shape + 1) * (1 - rng.uniform()) ** (1 / shape);
  };
}

/** Gamma(shape, 1) for shape >= 1: d (1 + c Z)^3 with Z normal, accepted with probability 95 % and more. */
function drawFromOneUp(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = rng.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - rng.uniform()) < 0.5 * z * z + d * (1 - v + Math.log(v))) return d * v;
  }
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
