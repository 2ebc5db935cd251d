import { requireFinite, requireInteger } from "../core/guards.js";
import { blockKrylov } from "./blockKrylov.js";
import { gramOfSmallerSide, gramOperator } from "./gramOperator.js";
import { firstColumns, type Matrix, rowView, transpose } from "./matrix.js";
import {
  addScaled,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
  scaled,
} from "./products.js";
import { smallSvd } from "./small.js";
import { thinQr } from "./thinQr.js";
import { topEigenDense } from "./topEigenDense.js";

/** A leading singular subspace, and how far it can be trusted. */
export interface TopSubspace {
  /** `n x k`, orthonormal columns, k = `rank`; column i belongs to `values[i]`. */
  readonly basis: Matrix;
  /** The k leading singular values, descending. */
  readonly values: Float64Array;
  /** min(r, numerical rank): singular values below `max(m, n) * 2^-52` of the largest count as zero. */
  readonly rank: number;
  /** max_i ||M v_i - sigma_i u_i|| / sigma_1 with u_i the partner of v_i: zero for exact singular vectors. */
  readonly residual: number;
  /** false: the residual is above the tolerance after the allowed work. */
  readonly converged: boolean;
  /** Which solver found the vectors that the final step with M starts from. */
  readonly solver: "krylov" | "dense";
}

export interface TopSubspaceOptions {
  /** Bound on the residual. @defaultValue 1e-10 */
  readonly tolerance?: number;
  /** Bound on the matrix-vector products before giving up. @defaultValue 400 (r + 2) */
  readonly maxApplications?: number;
  /**
   * `krylov`: block Lanczos, for any size; `dense`: leading eigenpairs of the Gram matrix of the smaller side, whose cost does not
   * depend on the gap. @defaultValue auto: dense up to 320 on the smaller side, where it is the faster of the two.
   */
  readonly solver?: "auto" | "krylov" | "dense";
}

/** The measured break-even of the two solvers on matrices near their phase transition (`npm run bench`). */
const DENSE_SIDE = 320;

/**
 * The span of the r leading right singular vectors of an `m x n` matrix M, r <= min(m, n): leading eigenvectors of the Gram operator of
 * the smaller side, by block Krylov or (small sides) by tridiagonalisation; then one step of
 * subspace iteration with M itself, which removes the rounding error that squaring brings, and from which the residual is
 * measured. Cost about m n min(m, n) / 2 + 4 m n r.
 *
 * When M has rank below r, only `rank` columns are returned: the directions that are missing are not invented.
 * Throws `bad-input` when r is not in [1, min(m, n)], `numerical` on non-finite input.
 *
 * @example topRightSubspace(fromRows([[0, 3, 0], [0, 0, 1]]), 1).basis // [[0], [1], [0]] up to sign
 */
export function topRightSubspace(m: Matrix, r: number, options: TopSubspaceOptions = {}): TopSubspace {
  const small = Math.min(m.rows, m.cols);
  requireInteger("r", r, 1, small);
  requireFinite("topRightSubspace", m.data);
  const { tolerance = 1e-10, maxApplications = 400 * (r + 2), solver = "auto" } = options;
  const settings = { tolerance, maxApplications, solver };
  const { unit, scale } = scaledToUnit(m);
  const leading = leadingOfSmallerSide(unit, r, settings);
  const onLeft = m.rows <= m.cols;
  let left = onLeft ? leading.vectors : orthonormalRows(multiplyTransposeRight(leading.vectors, unit));
  let step = halfSteps(unit, left);
  for (let extra = 0; extra < 3 && step.residual > tolerance; extra++) {
    left = orthonormalRows(step.images);
    step = halfSteps(unit, left);
  }
  const { basis, sigma, residual } = step;
  return {
    basis,
    values: scaled(sigma, scale),
    rank: sigma.length,
    residual,
    converged: residual <= tolerance,
    solver: leading.solver,
  };
}

/** The span of the r leading left singular vectors of M; see {@link topRightSubspace}. `basis` is `m x rank`. */
export function topLeftSubspace(m: Matrix, r: number, options: TopSubspaceOptions = {}): TopSubspace {
  return topRightSubspace(transpose(m), r, options);
}

interface Leading {
  readonly vectors: Matrix;
  readonly solver: "krylov" | "dense";
}

/** Leading eigenvectors (rows) of M M^T or M^T M, whichever is smaller. */
function leadingOfSmallerSide(m: Matrix, r: number, settings: Required<TopSubspaceOptions>): Leading {
  const { tolerance, maxApplications, solver } = settings;
  const side = Math.min(m.rows, m.cols);
  const dense = solver === "dense" || (solver === "auto" && side <= DENSE_SIDE);
  if (dense) return { vectors: topEigenDense(gramOfSmallerSide(m), r).vectors, solver: "dense" };
  const maxDimension = Math.max(60, 8 * (r + 2));
  const found = blockKrylov(gramOperator(m, r), side, r, { tolerance, maxApplications, maxDimension });
  return { vectors: found.vectors, solver: "krylov" };
}

interface HalfSteps {
  readonly basis: Matrix;
  readonly sigma: Float64Array;
  readonly residual: number;
  /** Row i is M v_i. */
  readonly images: Matrix;
}

/**
 * From orthonormal rows u_i that approximate left singular vectors to the right ones, v_i = M^T u_i / sigma_i (one half step of subspace
 * iteration), rotated so that both diagonalise M between their spans; and ||M v_i - sigma_i u_i||, by the other half step.
 */
function halfSteps(m: Matrix, left: Matrix): HalfSteps {
  const qr = thinQr(transpose(multiply(left, m)));
  // M^T U = Q R and R = X diag(sigma) Y^T: X rotates Q, and Y rotates U, onto singular vectors.
  const inner = smallSvd(qr.r);
  const cutoff = Math.max(m.rows, m.cols) * Number.EPSILON * inner.values[0]!;
  const sigma = inner.values.filter((x) => x > cutoff);
  const basis = multiply(qr.q, firstColumns(inner.u, sigma.length));
  const images = multiplyTransposeRight(transpose(basis), m);
  const partners = multiplyTransposeLeft(firstColumns(inner.v, sigma.length), left);
  let residual = 0;
  for (let i = 0; i < sigma.length; i++) {
    const gap = Float64Array.from(rowView(images, i));
    addScaled(gap, -sigma[i]!, rowView(partners, i));
    residual = Math.max(residual, norm2(gap) / sigma[0]!);
  }
  return { basis, sigma, residual, images };
}

/** The matrix with entries of safe size: fourth powers neither overflow nor vanish. Copied only where it has to be. */
function scaledToUnit(m: Matrix): { unit: Matrix; scale: number } {
  let scale = 0;
  for (const entry of m.data) scale = Math.max(scale, Math.abs(entry));
  if (scale === 0 || (scale > 1e-30 && scale < 1e30)) return { unit: m, scale: 1 };
  return { unit: { rows: m.rows, cols: m.cols, data: m.data.map((x) => x / scale) }, scale };
}

/** An orthonormal basis, as rows, of the span of the rows. */
function orthonormalRows(rows: Matrix): Matrix {
  return transpose(thinQr(transpose(rows)).q);
}
