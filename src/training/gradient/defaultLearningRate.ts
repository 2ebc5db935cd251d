import { matrix } from "../../numerics/matrix.js";
import { multiplyTransposeRight, norm2, scaled } from "../../numerics/products.js";
import type { MarginLoss } from "./marginLoss.js";
import type { Regularization } from "./regularization.js";
import { type WeightedSamples, weightedSum } from "./weightedSamples.js";

/**
 * A step length for gradient descent that suits the scale of the data: 1 / (4 (C s + k)) with C = l''(0), s the largest eigenvalue of sum_i omega_i z_i z_i^T (a
 * few power iterations, a lower estimate) and k the curvature that the regularisation adds, lambda for a ridge and -l'(0) ||muhat|| for the ball. The
 * factor 4 leaves room for that estimate and for momentum.
 */
export function defaultLearningRate(
  samples: WeightedSamples,
  loss: MarginLoss,
  regularization: Regularization,
): number {
  const { points, weights } = samples;
  const mean = weightedSum(points, weights);
  const ownCurvature = regularization.kind === "ridge" ? regularization.lambda : -loss.slope(0) * norm2(mean);
  let v = mean;
  let largest = 0;
  for (let k = 0; k < 8; k++) {
    const length = norm2(v);
    if (length === 0) break;
    v = scaled(v, 1 / length);
    const scores = multiplyTransposeRight(points, matrix(1, v.length, v)).data;
    v = weightedSum(
      points,
      scores.map((score, i) => weights[i]! * score),
    );
    largest = norm2(v);
  }
  const curvature = loss.curvature(0, 0) * largest + ownCurvature;
  return curvature > 0 ? 1 / (4 * curvature) : 1;
}
