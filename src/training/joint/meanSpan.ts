import { type Matrix, rowView, zeros } from "../../numerics/matrix.js";
import { dot, gramOfRows, multiply } from "../../numerics/products.js";
import { polarFrame } from "./grassmann.js";
import { rowLengths, unitRows } from "./rowLengths.js";

/** The means in coordinates of (nearly all of) their own span, and the way back. */
export interface MeanSpan {
  /** `T x k`: means of the same lengths and inner products, up to 1e-5 of their lengths. */
  readonly coordinates: Matrix;
  /** From a frame of R^k to one of R^p with the same heads, orthonormal to rounding. */
  readonly lift: (frame: Matrix) => Matrix;
}

/** The squared share of a mean's length that is left out of the span. */
const LEFT_OUT = 1e-10;

/**
 * Coordinates of T means (rows of a `T x p` matrix, p > T, none zero) in their span: the pivoted Cholesky factor of the Gram matrix of the unit
 * means, stopped when less than 1e-5 of every length is left, where the square would have lost the digits. A solution
 * found here is thus nearly one of the whole problem and is to be finished in R^p. Cost T^2 p / 2 + T k^2 / 2.
 */
export function meanSpan(means: Matrix): MeanSpan {
  const { rows: tasks } = means;
  const lengths = rowLengths(means);
  const units = unitRows(means);
  const gram = gramOfRows(units);
  const left = new Float64Array(tasks).fill(1);
  const factor = zeros(tasks, tasks);
  const pivots: number[] = [];
  for (;;) {
    let pivot = 0;
    for (let t = 1; t < tasks; t++) if (left[t]! > left[pivot]!) pivot = t;
    if (!(left[pivot]! > LEFT_OUT)) break;
    const k = pivots.length;
    const row = rowView(factor, pivot).subarray(0, k);
    const root = Math.sqrt(left[pivot]!);
    for (let t = 0; t < tasks; t++) {
      if (pivots.includes(t)) continue;
      const shared = dot(rowView(factor, t).subarray(0, k), row);
      const entry = t === pivot ? root : (gram.data[t * tasks + pivot]! - shared) / root;
      factor.data[t * tasks + k] = entry;
      left[t] = Math.max(0, left[t]! - entry * entry);
    }
    left[pivot] = 0;
    pivots.push(pivot);
  }
  const k = pivots.length;
  const directions = zeros(tasks, k);
  const coordinates = zeros(tasks, k);
  for (let t = 0; t < tasks; t++) {
    rowView(directions, t).set(rowView(factor, t).subarray(0, k));
    for (let j = 0; j < k; j++) coordinates.data[t * k + j] = lengths[t]! * factor.data[t * tasks + j]!;
  }
  return { coordinates, lift: (frame) => polarFrame(multiply(weightsOf(frame, directions, pivots), units)) };
}

/**
 * The combinations C (`r x T`) of the unit means that are the frame: C L = frame on the pivots, whose coordinates L (`k x k`) are lower triangular
 * in their order.
 */
function weightsOf(frame: Matrix, directions: Matrix, pivots: readonly number[]): Matrix {
  const combination = zeros(frame.rows, directions.rows);
  for (let i = 0; i < frame.rows; i++) {
    const rest = rowView(frame, i).slice();
    for (let j = pivots.length - 1; j >= 0; j--) {
      const row = rowView(directions, pivots[j]!);
      const weight = rest[j]! / row[j]!;
      combination.data[i * directions.rows + pivots[j]!] = weight;
      for (let l = 0; l < j; l++) rest[l] = rest[l]! - weight * row[l]!;
    }
  }
  return combination;
}
