import { AdvTransferError } from "../core/errors.js";
import { requireFinite } from "../core/guards.js";
import { householder } from "./householder.js";
import { type Matrix, rowView, transpose, zeros } from "./matrix.js";
import { addScaled, dot } from "./products.js";

/** `A = Q R`: Q is `m x n` with orthonormal columns, R is `n x n` upper triangular with a nonnegative diagonal. */
export interface ThinQr {
  readonly q: Matrix;
  readonly r: Matrix;
}

/**
 * The thin QR decomposition of an `m x n` matrix, m >= n, by Householder reflections, so Q is orthonormal to rounding
 * however close the columns are to dependent (a zero column gives a zero on R's diagonal and still a unit column of Q).
 *
 * Throws `bad-input` when m < n and `numerical` on non-finite input. Cost about 4 m n^2.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 5.2.
 *
 * @example thinQr(fromRows([[3], [4]])).r // [[5]]
 */
export function thinQr(a: Matrix): ThinQr {
  const { rows: m, cols: n } = a;
  if (m < n)
    throw new AdvTransferError(
      "bad-input",
      `thinQr needs at least as many rows as columns, received ${m} x ${n}`,
    );
  requireFinite("thinQr", a.data);
  // Columns as rows: every reflection then runs along memory.
  const columns = transpose(a);
  const reflectors = zeros(n, m);
  const r = zeros(n, n);
  for (let j = 0; j < n; j++) {
    const column = rowView(columns, j);
    for (let i = 0; i < j; i++) {
      reflect(rowView(reflectors, i), column);
      r.data[i * n + j] = column[i]!;
    }
    const reflector = rowView(reflectors, j);
    reflector.set(column.subarray(j), j);
    r.data[j * n + j] = householder(reflector, j);
  }
  const q = zeros(n, m);
  for (let j = 0; j < n; j++) {
    const column = rowView(q, j);
    column[j] = 1;
    for (let i = n - 1; i >= 0; i--) reflect(rowView(reflectors, i), column);
    if (r.data[j * n + j]! >= 0) continue;
    for (let i = 0; i < m; i++) column[i] = -column[i]!;
    for (let k = j; k < n; k++) r.data[j * n + k] = -r.data[j * n + k]!;
  }
  return { q: transpose(q), r };
}

/** Applies I - 2 h h^T (h a unit vector or zero) in place. */
function reflect(h: Float64Array, x: Float64Array): void {
  addScaled(x, -2 * dot(h, x), h);
}
