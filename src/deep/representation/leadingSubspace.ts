import { AdvTransferError } from "../../core/errors.js";
import type { Matrix } from "../../numerics/matrix.js";
import { topLeftSubspace } from "../../numerics/topSubspace.js";

/** An orthonormal basis of leading directions, and how much of the matrix each carries. */
export interface LeadingSubspace {
  /** `m x k` with orthonormal columns; k < r when the matrix has fewer than r directions. */
  readonly basis: Matrix;
  /** The k leading singular values, descending. */
  readonly values: Float64Array;
}

/** Numbers of 32 bits and their products: a singular value below this share of the largest is rounding. */
const ROUNDING = 1e-6;

/**
 * The span of the r leading left singular vectors of an `m x n` matrix of 32-bit origin. Directions that rounding made are not directions: with fewer than r
 * singular values above 1e-6 of the largest, the basis has fewer than r columns, none for the zero matrix. As for the linear model, `sinThetaSquared` then
 * counts every missing direction as fully wrong.
 *
 * Throws `bad-input` when r is not an integer >= 1; `numerical` on numbers that are not finite, and when the subspace did not converge.
 * Cost about m n min(m, n) / 2.
 */
export function leadingSubspace(m: Matrix, r: number): LeadingSubspace {
  const all = topLeftSubspace(m, Math.min(r, Math.max(1, Math.min(m.rows, m.cols))));
  const rank = all.values.filter((value) => value > ROUNDING * all.values[0]!).length;
  // Directions of rounding are asked for no longer: they are also what may not converge.
  const found = rank === all.rank ? all : topLeftSubspace(m, rank);
  if (!found.converged) {
    throw new AdvTransferError(
      "numerical",
      `the leading ${r} singular vectors of a ${m.rows} x ${m.cols} matrix did not converge: relative residual ${found.residual}`,
    );
  }
  return { basis: found.basis, values: found.values };
}
