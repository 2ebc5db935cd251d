import { AdvTransferError } from "../core/errors.js";
import { type Matrix, zeros } from "./matrix.js";

function requireSame(what: string, a: number, b: number): void {
  if (a !== b)
    throw new AdvTransferError("bad-input", `${what}: the inner sizes must agree, received ${a} and ${b}`);
}

/** The inner product of the stretches of `length` numbers that start at `i` in a and at `j` in b. */
function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  // Four partial sums: the additions do not wait for each other, and rounding errors grow four times slower.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = i + length - 3;
  while (i < end) {
    s0 += a[i]! * b[j]!;
    s1 += a[i + 1]! * b[j + 1]!;
    s2 += a[i + 2]! * b[j + 2]!;
    s3 += a[i + 3]! * b[j + 3]!;
    i += 4;
    j += 4;
  }
  for (const last = end + 3; i < last; i++, j++) s0 += a[i]! * b[j]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * The product `A B^T` of an `m x k` and an `n x k` matrix, `m x n`: every entry an inner product of two rows.
 * Rows of A are taken two at a time against two rows of B, so that each number read is used twice. Cost m n k.
 */
export function multiplyTransposeRight(a: Matrix, b: Matrix): Matrix {
  requireSame("A B^T", a.cols, b.cols);
  const c = zeros(a.rows, b.rows);
  tileRows(a, b, c, false);
  return c;
}

/** The Gram matrix `A A^T` of the rows of an `m x k` matrix, `m x m` and exactly symmetric. Cost m^2 k / 2. */
export function gramOfRows(a: Matrix): Matrix {
  const c = zeros(a.rows, a.rows);
  tileRows(a, a, c, true);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < i; j++) c.data[j * a.rows + i] = c.data[i * a.rows + j]!;
  return c;
}

function tileRows(a: Matrix, b: Matrix, c: Matrix, lowerOnly: boolean): void {
  const k = a.cols;
  const n = b.rows;
  const x = a.data;
  const y = b.data;
  const out = c.data;
  for (let i = 0; i < a.rows; i += 2) {
    const pair = i + 1 < a.rows;
    const stop = lowerOnly ? Math.min(n, i + 2) : n;
    let j = 0;
    for (; pair && j + 1 < stop; j += 2) {
      let c00 = 0;
      let c01 = 0;
      let c10 = 0;
      let c11 = 0;
      let p = i * k;
      let q = p + k;
      let u = j * k;
      let v = u + k;
      for (const end = p + k; p < end; p++, q++, u++, v++) {
        const a0 = x[p]!;
        const a1 = x[q]!;
        const b0 = y[u]!;
        const b1 = y[v]!;
        c00 += a0 * b0;
        c01 += a0 * b1;
        c10 += a1 * b0;
        c11 += a1 * b1;
      }
      out[i * n + j] = c00;
      out[i * n + j + 1] = c01;
      out[(i + 1) * n + j] = c10;
      out[(i + 1) * n + j + 1] = c11;
    }
    for (; j < stop; j++) {
      out[i * n + j] = dotAt(x, i * k, y, j * k, k);
      if (pair) out[(i + 1) * n + j] = dotAt(x, (i + 1) * k, y, j * k, k);
    }
  }
}

/**
 * Adds the combination `sum_l w_l B_l` of rows l of B, with weights `weight(l)`, to `out`: four rows a pass,
 * so `out` is read and written a quarter as often.
 */
function accumulateRows(weight: (l: number) => number, b: Matrix, out: Float64Array): void {
  const n = b.cols;
  const y = b.data;
  let l = 0;
  for (; l + 3 < b.rows; l += 4) {
    const w0 = weight(l);
    const w1 = weight(l + 1);
    const w2 = weight(l + 2);
    const w3 = weight(l + 3);
    let p = l * n;
    for (let j = 0; j < n; j++, p++) {
      out[j] = out[j]! + (w0 * y[p]! + w1 * y[p + n]! + (w2 * y[p + 2 * n]! + w3 * y[p + 3 * n]!));
    }
  }
  for (; l < b.rows; l++) {
    const w = weight(l);
    const p = l * n;
    for (let j = 0; j < n; j++) out[j] = out[j]! + w * y[p + j]!;
  }
}

/** The product `A B` of an `m x k` and a `k x n` matrix, `m x n`. Cost m n k. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  requireSame("A B", a.cols, b.rows);
  const c = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    accumulateRows((l) => a.data[i * a.cols + l]!, b, c.data.subarray(i * b.cols, (i + 1) * b.cols));
  }
  return c;
}

/** The product `A^T B` of a `k x m` and a `k x n` matrix, `m x n`. Cost m n k. */
export function multiplyTransposeLeft(a: Matrix, b: Matrix): Matrix {
  requireSame("A^T B", a.rows, b.rows);
  const c = zeros(a.cols, b.cols);
  for (let i = 0; i < a.cols; i++) {
    accumulateRows((l) => a.data[l * a.cols + i]!, b, c.data.subarray(i * b.cols, (i + 1) * b.cols));
  }
  return c;
}

/** The inner product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  requireSame("<a, b>", a.length, b.length);
  return dotAt(a, 0, b, 0, a.length);
}

/** The Euclidean norm, without overflow or underflow: the entries are divided by the largest first where needed. */
export function norm2(a: Float64Array): number {
  const square = dotAt(a, 0, a, 0, a.length);
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square);
  let largest = 0;
  for (const value of a) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
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

/** Adds `factor * b` to a, in place. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  requireSame("a + factor b", a.length, b.length);
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + factor * b[i]!;
}
