import fc from "fast-check";
import { fromRows, type Matrix, zeros } from "../../src/numerics/matrix.js";
import { multiply, multiplyTransposeRight } from "../../src/numerics/products.js";
import { haarFrame } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";

/** Numbers of either sign in [-8, 8], zeros and ties among them. */
export const entryArbitrary: fc.Arbitrary<number> = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 4, arbitrary: fc.double({ min: -8, max: 8, noNaN: true }) },
);

/** A matrix of a given shape. */
export function matrixOf(rows: number, cols: number): fc.Arbitrary<Matrix> {
  return fc
    .array(entryArbitrary, { minLength: rows * cols, maxLength: rows * cols })
    .map((entries) => ({ rows, cols, data: Float64Array.from(entries) }));
}

/** A matrix of any shape with sides in [low, high]. */
export function matrixArbitrary(low: number, high: number): fc.Arbitrary<Matrix> {
  const side = fc.integer({ min: low, max: high });
  return fc.tuple(side, side).chain(([rows, cols]) => matrixOf(rows, cols));
}

/** U diag(sigma) V^T with Haar frames U (`m x k`) and V (`n x k`), and the frames: truth by construction. */
export function withSpectrum(
  key: readonly unknown[],
  m: number,
  n: number,
  sigma: readonly number[],
): { matrix: Matrix; u: Matrix; v: Matrix } {
  const rng = keyedStream(["test matrix", ...key]);
  const u = haarFrame(rng, m, sigma.length);
  const v = haarFrame(rng, n, sigma.length);
  return { matrix: multiplyTransposeRight(multiply(u, diagonal(sigma)), v), u, v };
}

/** The square matrix with these numbers on its diagonal. */
export function diagonal(entries: ArrayLike<number>): Matrix {
  const result = zeros(entries.length, entries.length);
  for (let i = 0; i < entries.length; i++) result.data[i * entries.length + i] = entries[i]!;
  return result;
}

/** The largest absolute difference of two matrices of one shape. */
export function maxDifference(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new Error(`${a.rows} x ${a.cols} against ${b.rows} x ${b.cols}`);
  let worst = 0;
  for (let i = 0; i < a.data.length; i++) {
    const gap = Math.abs(a.data[i]! - b.data[i]!);
    if (!(gap <= worst)) worst = gap;
  }
  return worst;
}

/** The columns `from` (included) to `to` (excluded). */
export function columns(m: Matrix, from: number, to: number): Matrix {
  return fromRows(
    Array.from({ length: m.rows }, (_, i) => m.data.subarray(i * m.cols + from, i * m.cols + to)),
  );
}

/** The product by its definition: c_ij = sum_l a_il b_lj. */
export function naiveProduct(a: Matrix, b: Matrix): Matrix {
  const c = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.cols; j++) {
      let sum = 0;
      for (let l = 0; l < a.cols; l++) sum += a.data[i * a.cols + l]! * b.data[l * b.cols + j]!;
      c.data[i * b.cols + j] = sum;
    }
  return c;
}
