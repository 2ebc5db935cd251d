import { badInput } from "../../core/guards.js";
import { type Matrix, matrix } from "../../numerics/matrix.js";
import { multiplyTransposeLeft } from "../../numerics/products.js";

/** The samples of one task as its loss sees them: the rows z_i = y_i x_i, and how much each counts. */
export interface WeightedSamples {
  /** `n x p`, one z_i a row. */
  readonly points: Matrix;
  /** omega_i >= 0, length n, summing to 1. */
  readonly weights: Float64Array;
}

/**
 * Samples that count alike. For the linear loss the mean alone, a `1 x p` matrix, stands for all of them.
 *
 * @example equalWeights(fromRows([[1, 2], [3, 4]])).weights // [1/2, 1/2]
 */
export function equalWeights(points: Matrix): WeightedSamples {
  if (points.rows === 0) throw badInput("samples", "at least one sample", "none");
  return { points, weights: new Float64Array(points.rows).fill(1 / points.rows) };
}

/** The weighted sum sum_i c_i z_i, length p. Cost n p. */
export function weightedSum(points: Matrix, c: Float64Array): Float64Array {
  return multiplyTransposeLeft(matrix(c.length, 1, c), points).data;
}
