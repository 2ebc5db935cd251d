import { AdvTransferError } from "../core/errors.js";
import { identity, type Matrix, zeros } from "./matrix.js";
import { divide } from "./products.js";
import { gershgorin, tridiagonalize } from "./tridiagonal.js";

/** Eigenvalues in descending order; eigenvector i is row i of `vectors` (orthonormal). */
export interface EigenRows {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * All eigenpairs of a small symmetric matrix, for inner loops where the guards of {@link symmetricEigen} would cost more than the work: Householder
 * tridiagonalisation, then QR steps with Wilkinson's shift and implicit rotations. Only the lower triangle is read, and the matrix is overwritten.
 * Absolute errors are a few ulp of the largest eigenvalue. Cost about 5 n^3.
 *
 * Throws `numerical` when an entry is not finite, or when the iteration does not end (never seen).
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.3.
 *
 * @example smallEigen(fromRows([[2, 1], [1, 2]])).values // [3, 1]
 */
export function smallEigen(s: Matrix): EigenRows {
  const n = s.rows;
  let scale = 0;
  for (const entry of s.data) scale = Math.max(scale, Math.abs(entry));
  const vectors = identity(n);
  if (!(scale < Infinity))
    throw new AdvTransferError("numerical", `smallEigen: an entry of a ${n} x ${n} matrix is not finite`);
  if (scale === 0) return { values: new Float64Array(n), vectors };
  // Entries of size 1: the squares neither overflow nor vanish.
  divide(s.data, scale);
  const t = tridiagonalize(s);
  // Rounding leaves entries of an ulp of the norm, which may exceed the largest entry n times.
  iterate(t.diagonal, t.offDiagonal, vectors.data, Number.EPSILON * gershgorin(t));
  const order = Array.from(t.diagonal.keys()).sort((a, b) => t.diagonal[b]! - t.diagonal[a]!);
  const sorted = zeros(n, n);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    values[i] = t.diagonal[order[i]!]! * scale;
    for (let j = 0; j < n; j++) sorted.data[i * n + j] = vectors.data[order[i]! * n + j]!;
  }
  reflectRows(sorted.data, t.reflectors.data, n);
  return { values, vectors: sorted };
}

/** Applies the reflections, last one first, to every row of x. */
function reflectRows(x: Float64Array, reflectors: Float64Array, n: number): void {
  for (let k = n - 2; k >= 0; k--) {
    for (let row = 0; row < n * n; row += n) {
      let inner = 0;
      for (let i = k + 1; i < n; i++) inner += reflectors[k * n + i]! * x[row + i]!;
      for (let i = k + 1; i < n; i++) x[row + i] = x[row + i]! - 2 * inner * reflectors[k * n + i]!;
    }
  }
}

/** QR steps on the tridiagonal (d, e) until no entry of e exceeds `nothing`; the rotations are applied to the rows of z. */
function iterate(d: Float64Array, e: Float64Array, z: Float64Array, nothing: number): void {
  const n = d.length;
  let high = n - 1;
  for (let step = 0; high > 0; step++) {
    if (Math.abs(e[high - 1]!) <= nothing) {
      high--;
      continue;
    }
    if (step > 50 * n) {
      throw new AdvTransferError("numerical", `smallEigen: no convergence on a ${n} x ${n} matrix`);
    }
    let low = high - 1;
    while (low > 0 && Math.abs(e[low - 1]!) > nothing) low--;
    sweep(d, e, z, low, high);
  }
}

/** One implicit QR step on the block low .. high. */
function sweep(d: Float64Array, e: Float64Array, z: Float64Array, low: number, high: number): void {
  const n = d.length;
  const half = (d[high - 1]! - d[high]!) / 2;
  const last = e[high - 1]!;
  const root = Math.sqrt(half * half + last * last);
  const shift = d[high]! - (last * last) / (half >= 0 ? half + root : half - root);
  let x = d[low]! - shift;
  let bulge = e[low]!;
  for (let k = low; k < high; k++) {
    // Not 0: no entry beside the diagonal vanishes inside the block.
    const length = Math.sqrt(x * x + bulge * bulge);
    const c = x / length;
    const sine = bulge / length;
    if (k > low) e[k - 1] = length;
    const a = d[k]!;
    const b = e[k]!;
    const g = d[k + 1]!;
    d[k] = c * c * a + 2 * c * sine * b + sine * sine * g;
    d[k + 1] = sine * sine * a - 2 * c * sine * b + c * c * g;
    e[k] = c * sine * (g - a) + (c * c - sine * sine) * b;
    if (k + 1 < high) {
      x = e[k]!;
      bulge = sine * e[k + 1]!;
      e[k + 1] = c * e[k + 1]!;
    }
    for (let p = k * n, q = p + n, end = q; p < end; p++, q++) {
      const upper = z[p]!;
      const lower = z[q]!;
      z[p] = c * upper + sine * lower;
      z[q] = c * lower - sine * upper;
    }
  }
}
