import { type Matrix, zeros } from "../../../src/numerics/matrix.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import type { LossName } from "../../../src/training/gradient/marginLoss.js";
import type { BoundedRegularization } from "../../../src/training/gradient/regularization.js";
import { equalWeights, type WeightedSamples } from "../../../src/training/gradient/weightedSamples.js";

/** n samples y_i x_i in R^p around `norm` times the unit vector on the first `support` coordinates. */
export function samplesOf(
  seed: string,
  n: number,
  p: number,
  norm: number,
  support: number = p,
): WeightedSamples {
  const rng = keyedStream(["gradient test samples", seed, n, p]);
  const points: Matrix = zeros(n, p);
  for (let k = 0; k < n * p; k++) {
    const signal = k % p < support ? norm / Math.sqrt(support) : 0;
    points.data[k] = signal + rng.normal();
  }
  return equalWeights(points);
}

/** The same samples with unequal weights, some of them zero. */
export function unequal(samples: WeightedSamples): WeightedSamples {
  const raw = samples.weights.map((_, i) => i % 4);
  const total = raw.reduce((a, b) => a + b, 0);
  return { points: samples.points, weights: raw.map((w) => w / total) };
}

export const LOSSES: readonly LossName[] = ["linear", "logistic", "squared-hinge"];
export const BALL: BoundedRegularization = { kind: "ball" };
export const ridge = (lambda: number): BoundedRegularization => ({ kind: "ridge", lambda });
