import { type Matrix, matrix, zeros } from "../../numerics/matrix.js";
import { multiply, multiplyTransposeRight, norm2 } from "../../numerics/products.js";

/** A convex function of a head w in R^r with its derivatives. */
export interface HeadNorm {
  readonly value: number;
  /** Length r. */
  readonly gradient: Float64Array;
  /** `r x r`. */
  readonly hessian: Matrix;
  /**
   * A Hessian that bounds the function from above for k < 2, where kinks are near: with (x_j^2 + delta^2)^{k/2-1} for the curvature of entry j, the weights of iteratively
   * reweighted least squares. `r x r`.
   */
  readonly majorant: Matrix;
  /** The derivatives in x = W w, length p: what an attack adds to the samples, in units of its radius; null where the norm does not depend on W. */
  readonly ambient: Float64Array | null;
}

/** The smoothed norm of W w as a function of w; W^T is the frame (`r x p`). */
export type FrameNorm = (frame: Matrix, w: Float64Array) => HeadNorm;

/**
 * The norm ||W w||_k, k = `dual` in [1, Infinity), with its derivatives in w:
 *
 *     psi(x) = (sum_j (x_j^2 + delta^2)^{k/2})^{1/k},   ||x||_k <= psi(x) <= ||x||_k + delta p^{1/k},
 *
 * smooth for delta > 0. k = 2 is exact and free of W, ||W w||_2 = ||w||_2, and has no derivative at w = 0 (zeros are returned). Cost p r^2, r^2 for k = 2.
 */
export function frameNorm(dual: number, delta: number): FrameNorm {
  return dual === 2 ? (_frame, w) => euclidean(w) : (frame, w) => smoothed(frame, w, dual, delta);
}

function euclidean(w: Float64Array): HeadNorm {
  const r = w.length;
  const value = norm2(w);
  const gradient = new Float64Array(r);
  const hessian = zeros(r, r);
  if (value > 0) {
    for (let i = 0; i < r; i++) gradient[i] = w[i]! / value;
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++) {
        hessian.data[i * r + j] = ((i === j ? 1 : 0) - gradient[i]! * gradient[j]!) / value;
      }
  }
  return { value, gradient, hessian, majorant: hessian, ambient: null };
}

function smoothed(frame: Matrix, w: Float64Array, k: number, delta: number): HeadNorm {
  const r = frame.rows;
  const x = multiply(matrix(1, r, w), frame).data;
  // Entries in units of the largest: no power overflows or vanishes.
  let unit = delta;
  for (const entry of x) unit = Math.max(unit, Math.abs(entry));
  const square = (delta / unit) ** 2;
  const ambient = new Float64Array(x.length);
  const bend = new Float64Array(x.length);
  const weights = new Float64Array(x.length);
  let sum = 0;
  for (let j = 0; j < x.length; j++) {
    const y = x[j]! / unit;
    const s = y * y + square;
    const power = k === 1 ? 1 / Math.sqrt(s) : s ** (k / 2 - 1);
    sum += power * s;
    ambient[j] = power * y;
    weights[j] = power;
    bend[j] = (power / s) * ((k - 1) * y * y + square);
  }
  const root = sum ** (1 / k);
  const factor = root ** (1 - k);
  for (let j = 0; j < x.length; j++) ambient[j] = factor * ambient[j]!;
  const gradient = multiplyTransposeRight(matrix(1, x.length, ambient), frame).data;
  const hessian = weightedGram(frame, bend, factor / unit);
  const majorant = k < 2 ? weightedGram(frame, weights, factor / unit) : hessian;
  for (let i = 0; i < r; i++)
    for (let j = 0; j < r; j++) {
      const along = ((k - 1) / root) * gradient[i]! * gradient[j]!;
      hessian.data[i * r + j] = hessian.data[i * r + j]! - along / unit;
    }
  return { value: root * unit, gradient, hessian, majorant, ambient };
}

/** scale F diag(weights) F^T, `r x r`. */
function weightedGram(frame: Matrix, weights: Float64Array, scale: number): Matrix {
  const weighted = zeros(frame.rows, frame.cols);
  for (let i = 0, at = 0; i < frame.rows; i++)
    for (let j = 0; j < frame.cols; j++, at++) weighted.data[at] = scale * weights[j]! * frame.data[at]!;
  return multiplyTransposeRight(weighted, frame);
}
