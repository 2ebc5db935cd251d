import { type Matrix, zeros } from "../numerics/matrix.js";
import { smallEigen } from "../numerics/smallEigen.js";
import { largestSine } from "./largestSine.js";

/**
 * The expected largest sine of one frame: the bias matrix Q^T (I - B_S B_S^T) Q has unequal eigenvalues, which the noise and the spread of A blur.
 * `perWidth` is the spread of A in units of the distance of its two outer points.
 */
export function frameLargestSine(
  cos2: Float64Array,
  frame: Matrix,
  vectors: Matrix,
  perWidth: number,
  freedom: number,
): number | null {
  const r = frame.cols;
  let mean = 0;
  let slope = 0;
  for (let i = 0; i < r; i++) {
    mean += (1 - (cos2[3 * i]! + 2 * cos2[3 * i + 1]! + cos2[3 * i + 2]!) / 4) / r;
    slope += (cos2[3 * i + 2]! - cos2[3 * i]!) / r;
  }
  const { values } = smallEigen(biasMatrix(frame, vectors));
  const bias = values.reduce((sum, x) => sum + Math.max(0, x), 0) / r;
  const noise = Math.max(0, mean - bias);
  return largestSine({ mean, excess: values[0]! - bias, count: r, spread: slope * perWidth, noise, freedom });
}

/** I - C C^T, C = B_S^T [q_1 ... q_r]: r x r. */
function biasMatrix(frame: Matrix, vectors: Matrix): Matrix {
  const { rows: s, cols: r } = frame;
  const inner = zeros(r, r);
  for (let a = 0; a < r; a++) {
    for (let i = 0; i < r; i++) {
      let sum = 0;
      for (let j = 0; j < s; j++) sum += frame.data[j * r + a]! * vectors.data[i * s + j]!;
      inner.data[a * r + i] = sum;
    }
  }
  const result = zeros(r, r);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < r; b++) {
      let sum = a === b ? 1 : 0;
      for (let i = 0; i < r; i++) sum -= inner.data[a * r + i]! * inner.data[b * r + i]!;
      result.data[a * r + b] = sum;
    }
  }
  return result;
}
