import { AdvTransferError } from "../core/errors.js";
import { type Matrix, zeros } from "./matrix.js";
import { dotAt, rowProducts } from "./rowProducts.js";

function requireSame(what: string, a: number, b: number): void {
  if (a !== b)
    throw new AdvTransferError("bad-input", `${what}: the inner sizes must agree, received ${a} and ${b}`);
}

/** The product `A B^T` of an `m x k` and an `n x k` matrix, `m x n`: every entry an inner product of two rows. Cost m n k. */
export function multiplyTransposeRight(a: Matrix, b: Matrix): Matrix {
  requireSame("A B^T", a.cols, b.cols);
  const c = zeros(a.rows, b.rows);
  rowProducts(a.data, a.rows, b.data, b.rows, a.cols, c.data, false);
  return c;
}

/** The Gram matrix `A A^T` of the rows of an `m x k` matrix, `m x m` and exactly symmetric. Cost m^2 k / 2. */
export function gramOfRows(a: Matrix): Matrix {
  const m = a.rows;
  const c = zeros(m, m);
  rowProducts(a.data, m, a.data, m, a.cols, c.data, true);
  for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) c.data[j * m + i] = c.data[i * m + j]!;
  return c;
}

/**
 * Adds the combination `sum_l w_l B_l` of the rows l of B to the stretch of `out` that starts at `to`; weight l is `w[at + l * stride]`. Four
 * rows a pass, so `out` is read and written a quarter as often.
 */
function accumulateRows(
  w: Float64Array,
  at: number,
  stride: number,
  b: Matrix,
  out: Float64Array,
  to: number,
): void {
  const n = b.cols;
  const y = b.data;
  let l = 0;
  for (; l + 3 < b.rows; l += 4, at += 4 * stride) {
    const w0 = w[at]!;
    const w1 = w[at + stride]!;
    const w2 = w[at + 2 * stride]!;
    const w3 = w[at + 3 * stride]!;
    for (let p = l * n, o = to, end = to + n; o < end; o++, p++) {
      out[o] = out[o]! + (w0 * y[p]! + w1 * y[p + n]! + (w2 * y[p + 2 * n]! + w3 * y[p + 3 * n]!));
    }
  }
  for (; l < b.rows; l++, at += stride) {
    const weight = w[at]!;
    for (let p = l * n, o = to, end = to + n; o < end; o++, p++) out[o] = out[o]! + weight * y[p]!;
  }
}

/** The product `A B` of an `m x k` and a `k x n` matrix, `m x n`. Cost m n k. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  requireSame("A B", a.cols, b.rows);
  const c = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) accumulateRows(a.data, i * a.cols, 1, b, c.data, i * b.cols);
  return c;
}

/** The product `A^T B` of a `k x m` and a `k x n` matrix, `m x n`. Cost m n k. */
export function multiplyTransposeLeft(a: Matrix, b: Matrix): Matrix {
  requireSame("A^T B", a.rows, b.rows);
  const c = zeros(a.cols, b.cols);
  for (let i = 0; i < a.cols; i++) accumulateRows(a.data, i, a.cols, b, c.data, i * b.cols);
  return c;
}

/** The inner product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  requireSame("<a, b>", a.length, b.length);
  return dotAt(a, 0, b, 0, a.length);
}

/** The Euclidean norm, without overflow or underflow: the entries are divided by the largest first where needed. NaN in, NaN out. */
export function norm2(a: Float64Array): number {
  const square = dotAt(a, 0, a, 0, a.length);
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square);
  if (Number.isNaN(square)) return Number.NaN;
  let largest = 0;
  for (const value of a) {
    const size = Math.abs(value);
    if (size > largest) largest = size;
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const value of a) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** `factor * a`, as a new vector. */
export function scaled(a: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = factor * a[i]!;
  return result;
}

/** Divides every entry by `divisor`, in place. */
export function divide(a: Float64Array, divisor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! / divisor;
}

/** Adds `factor * b` to a, in place. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  requireSame("a + factor b", a.length, b.length);
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + factor * b[i]!;
}
