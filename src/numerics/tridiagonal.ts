import { type Matrix, rowView } from "./matrix.js";
import { addScaled, dot, norm2 } from "./products.js";

/** A symmetric matrix reduced to tridiagonal form: `S = Q T Q^T` with Q a product of reflections. */
export interface Tridiagonal {
  /** n diagonal entries of T. */
  readonly diagonal: Float64Array;
  /** n - 1 entries beside the diagonal. */
  readonly offDiagonal: Float64Array;
  /** Row k holds the unit vector of reflection k (zero before entry k + 1). */
  readonly reflectors: Matrix;
}

/**
 * Householder reduction of a symmetric `n x n` matrix to tridiagonal form. Only the lower triangle is read, and it is read by
 * rows, so memory is walked in order. The matrix is overwritten. Cost 2 n^3 / 3 multiplications.
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.3.1.
 */
export function tridiagonalize(s: Matrix): Tridiagonal {
  const n = s.rows;
  const a = s.data;
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  const reflectors: Matrix = { rows: n, cols: n, data: new Float64Array(n * n) };
  for (let k = 0; k + 1 < n; k++) {
    diagonal[k] = a[k * n + k]!;
    const h = rowView(reflectors, k);
    for (let i = k + 1; i < n; i++) h[i] = a[i * n + k]!;
    const length = norm2(h);
    const pivot = h[k + 1]!;
    const target = pivot > 0 ? -length : length;
    offDiagonal[k] = target;
    if (length === 0) continue;
    h[k + 1] = pivot - target;
    const scale = 1 / norm2(h);
    for (let i = k + 1; i < n; i++) h[i] = h[i]! * scale;
    twoSidedReflection(a, n, k + 1, h);
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1]!;
  return { diagonal, offDiagonal, reflectors };
}

/** Overwrites the lower triangle of the trailing block with (I - 2 h h^T) S (I - 2 h h^T) = S - h w^T - w h^T. */
function twoSidedReflection(a: Float64Array, n: number, from: number, h: Float64Array): void {
  const w = symmetricTimes(a, n, from, h);
  const overlap = dot(w, h);
  for (let i = from; i < n; i++) w[i] = 2 * (w[i]! - overlap * h[i]!);
  // Rows in pairs: the entries of h and w are read once for two rows. (The pair's corner above the diagonal is written, never read.)
  let i = from;
  for (; i + 1 < n; i += 2) {
    const row = i * n;
    const h0 = h[i]!;
    const w0 = w[i]!;
    const h1 = h[i + 1]!;
    const w1 = w[i + 1]!;
    for (let j = from, p = row + from, q = p + n; j <= i + 1; j++, p++, q++) {
      const hj = h[j]!;
      const wj = w[j]!;
      a[p] = a[p]! - (h0 * wj + w0 * hj);
      a[q] = a[q]! - (h1 * wj + w1 * hj);
    }
  }
  for (; i < n; i++) {
    for (let j = from; j <= i; j++) a[i * n + j] = a[i * n + j]! - (h[i]! * w[j]! + w[i]! * h[j]!);
  }
}

/** S h for the trailing block, from its lower triangle; rows in pairs, as above. */
function symmetricTimes(a: Float64Array, n: number, from: number, h: Float64Array): Float64Array {
  const w = new Float64Array(n);
  let i = from;
  for (; i + 1 < n; i += 2) {
    const h0 = h[i]!;
    const h1 = h[i + 1]!;
    let sum0 = 0;
    let sum1 = 0;
    let p = i * n + from;
    let q = p + n;
    for (let j = from; j < i; j++, p++, q++) {
      const a0 = a[p]!;
      const a1 = a[q]!;
      const hj = h[j]!;
      sum0 += a0 * hj;
      sum1 += a1 * hj;
      w[j] = w[j]! + (a0 * h0 + a1 * h1);
    }
    const corner = a[q]!;
    w[i] = w[i]! + sum0 + a[p]! * h0 + corner * h1;
    w[i + 1] = w[i + 1]! + sum1 + corner * h0 + a[q + 1]! * h1;
  }
  for (; i < n; i++) {
    let sum = 0;
    for (let j = from; j < i; j++) {
      sum += a[i * n + j]! * h[j]!;
      w[j] = w[j]! + a[i * n + j]! * h[i]!;
    }
    w[i] = w[i]! + sum + a[i * n + i]! * h[i]!;
  }
  return w;
}

/** Maps an eigenvector of T to the eigenvector of S, in place: applies Q. */
export function applyReflectors(t: Tridiagonal, x: Float64Array): void {
  for (let k = t.diagonal.length - 2; k >= 0; k--) {
    const h = rowView(t.reflectors, k);
    addScaled(x, -2 * dot(h, x), h);
  }
}

/** How many eigenvalues of T are greater than x: the number of positive pivots of T - x I (Sylvester's law of inertia). */
export function countAbove(t: Tridiagonal, x: number, tiny: number): number {
  let pivot = 1;
  let count = 0;
  for (let i = 0; i < t.diagonal.length; i++) {
    const e = i === 0 ? 0 : t.offDiagonal[i - 1]!;
    pivot = t.diagonal[i]! - x - (e * e) / pivot;
    if (Math.abs(pivot) < tiny) pivot = -tiny;
    if (pivot > 0) count++;
  }
  return count;
}
