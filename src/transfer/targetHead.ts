import { type Matrix, matrix } from "../numerics/matrix.js";
import { multiply, norm2, scaled } from "../numerics/products.js";

/**
 * The target predictor v = W1 w2 with w2 = W1^T muhat_{T+1} / ||.|| (docs/theory.md section 3): a unit vector of length p, the direction of the
 * target mean's projection on the representation. Zero when the representation is empty or orthogonal to the mean: such a head
 * predicts nothing.
 *
 * @param basis W1, `p x k`
 * @param targetMean muhat_{T+1}, length p
 */
export function targetHead(basis: Matrix, targetMean: Float64Array): Float64Array {
  const w2 = multiply(matrix(1, targetMean.length, targetMean), basis);
  const length = norm2(w2.data);
  if (length === 0) return new Float64Array(targetMean.length);
  return multiply(basis, matrix(w2.cols, 1, scaled(w2.data, 1 / length))).data;
}
