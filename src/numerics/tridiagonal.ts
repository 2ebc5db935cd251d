import { householder } from "./householder.js";
import { type Matrix, rowView } from "./matrix.js";
import { dot } from "./products.js";
import { dotAt } from "./rowProducts.js";

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
 * The update of a step, S - h w^T - w h^T, waits for the next step, which needs only one column of it to find its own reflection; then
 * one pass over the memory applies the old update and multiplies by the new h.
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.3.1.
 */
export function tridiagonalize(s: Matrix): Tridiagonal {
  const n = s.rows;
  const a = s.data;
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  const reflectors: Matrix = { rows: n, cols: n, data: new Float64Array(n * n) };
  // The pending update.
  let oldH: Float64Array = new Float64Array(n);
  let oldW: Float64Array = new Float64Array(n);
  let w: Float64Array = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]! - 2 * oldH[k]! * oldW[k]!;
    if (k + 1 === n) break;
    const h = rowView(reflectors, k);
    for (let i = k + 1; i < n; i++) h[i] = a[i * n + k]! - (oldH[i]! * oldW[k]! + oldW[i]! * oldH[k]!);
    offDiagonal[k] = householder(h, k + 1);
    w.fill(0);
    updateAndMultiply(a, n, k + 1, oldH, oldW, h, w);
    const overlap = dot(w, h);
    for (let i = k + 1; i < n; i++) w[i] = 2 * (w[i]! - overlap * h[i]!);
    [oldW, w] = [w, oldW];
    oldH = h;
  }
  return { diagonal, offDiagonal, reflectors };
}

/**
 * On the lower triangle of the trailing block S (entries >= from): S <- S - u v^T - v u^T, then adds S h to w. Rows in pairs, so the
 * entries of the vectors are read once for two rows.
 */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  from: number,
  u: Float64Array,
  v: Float64Array,
  h: Float64Array,
  w: Float64Array,
): void {
  let i = from;
  for (; i + 1 < n; i += 2) {
    const u0 = u[i]!;
    const v0 = v[i]!;
    const h0 = h[i]!;
    const u1 = u[i + 1]!;
    const v1 = v[i + 1]!;
    const h1 = h[i + 1]!;
    let sum0 = 0;
    let sum1 = 0;
    let p = i * n + from;
    let q = p + n;
    for (let j = from; j < i; j++, p++, q++) {
      const uj = u[j]!;
      const vj = v[j]!;
      const hj = h[j]!;
      const a0 = a[p]! - (u0 * vj + v0 * uj);
      const a1 = a[q]! - (u1 * vj + v1 * uj);
      a[p] = a0;
      a[q] = a1;
      sum0 += a0 * hj;
      sum1 += a1 * hj;
      w[j] = w[j]! + (a0 * h0 + a1 * h1);
    }
    const top = a[p]! - 2 * u0 * v0;
    const corner = a[q]! - (u1 * v0 + v1 * u0);
    const bottom = a[q + 1]! - 2 * u1 * v1;
    a[p] = top;
    a[q] = corner;
    a[q + 1] = bottom;
    w[i] = w[i]! + sum0 + top * h0 + corner * h1;
    w[i + 1] = w[i + 1]! + sum1 + corner * h0 + bottom * h1;
  }
  for (; i < n; i++) {
    let sum = 0;
    for (let j = from; j <= i; j++) {
      const entry = a[i * n + j]! - (u[i]! * v[j]! + v[i]! * u[j]!);
      a[i * n + j] = entry;
      sum += entry * h[j]!;
      if (j < i) w[j] = w[j]! + entry * h[i]!;
    }
    w[i] = w[i]! + sum;
  }
}

/** Maps an eigenvector of T to the eigenvector of S, in place: applies Q. */
export function applyReflectors(t: Tridiagonal, x: Float64Array): void {
  const n = t.diagonal.length;
  const h = t.reflectors.data;
  for (let k = n - 2; k >= 0; k--) {
    const start = k * n + k + 1;
    const factor = 2 * dotAt(h, start, x, k + 1, n - k - 1);
    for (let i = k + 1, p = start; i < n; i++, p++) x[i] = x[i]! - factor * h[p]!;
  }
}

/** A bound on the absolute value of every eigenvalue: the largest sum of a row, and positive. Source: Gershgorin 1931. */
export function gershgorin(t: Tridiagonal): number {
  let bound = Number.MIN_VALUE;
  for (let i = 0; i < t.diagonal.length; i++) {
    const before = i === 0 ? 0 : Math.abs(t.offDiagonal[i - 1]!);
    const after = Math.abs(t.offDiagonal[i] ?? 0);
    bound = Math.max(bound, Math.abs(t.diagonal[i]!) + before + after);
  }
  return bound;
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
