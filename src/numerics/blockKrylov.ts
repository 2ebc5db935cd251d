import type { Matrix } from "./matrix.js";
import { rowView } from "./matrix.js";
import { orthonormalizeRows, pseudoRandomRows } from "./orthonormalRows.js";
import { norm2 } from "./products.js";
import { firstRows, SearchSpace } from "./searchSpace.js";

/** The leading eigenpairs of a symmetric positive semidefinite operator, and how they were found. */
export interface KrylovResult {
  /** `r x d`: orthonormal rows, the eigenvector of value i in row i. */
  readonly vectors: Matrix;
  /** Descending. */
  readonly values: Float64Array;
  /** The largest ||K v - value v|| over the r pairs, relative to the largest eigenvalue. */
  readonly residual: number;
  readonly converged: boolean;
  /** Vectors that the operator was applied to. */
  readonly applications: number;
  readonly restarts: number;
}

export interface KrylovOptions {
  /** Stop when the relative residual is at most this. */
  readonly tolerance: number;
  /** Give up, and say so, after this many vectors. */
  readonly maxApplications: number;
  /** The largest dimension of the search space before a thick restart. */
  readonly maxDimension: number;
}

/**
 * The r leading eigenpairs of a symmetric positive semidefinite operator K on R^d, by block Lanczos with full
 * reorthogonalisation and thick restarts. The block is two wider than r, so eigenvalues of multiplicity up to r + 2 are
 * all found, which a single-vector method cannot promise.
 *
 * `apply` maps the rows v of a `b x d` matrix to the rows K v. The starting block is pseudo-random but fixed, so the result is a
 * function of its input. When the search space becomes invariant, new directions are added: an eigenvalue hidden from the
 * first block is not missed. A space that has grown to all of R^d is exact and counts as converged.
 *
 * Cost a step: one application to r + 2 vectors and 8 k d (r + 2) for a search space of dimension k.
 * Sources: Golub & Underwood 1977 (block Lanczos); Wu & Simon, SIAM J. Matrix Anal. Appl. 22 (2000) (thick restart).
 */
export function blockKrylov(
  apply: (block: Matrix) => Matrix,
  d: number,
  r: number,
  options: KrylovOptions,
): KrylovResult {
  const { tolerance, maxApplications } = options;
  const width = Math.min(d, r + 2);
  const capacity = Math.min(d, Math.max(options.maxDimension, 3 * width));
  const space = new SearchSpace(d, capacity);
  let next = pseudoRandomRows(width, d);
  orthonormalizeRows(next, space.current(), rowLengths(next));
  let applications = 0;
  let restarts = 0;
  let checkAt = Math.min(3 * width, d);
  for (;;) {
    const images = apply(next);
    applications += next.rows;
    const remainders = space.append(next, images);
    const full = space.size === d;
    const restart = !full && space.size + Math.min(width, d - space.size) > capacity;
    const spent = applications >= maxApplications;
    if (full || restart || spent || applications >= checkAt) {
      const ritz = space.ritz(r);
      const converged = full || ritz.residual <= tolerance;
      if (converged || spent) {
        const residual = full ? 0 : ritz.residual;
        return { ...space.vectors(ritz), residual, converged, applications, restarts };
      }
      const expected = expectedApplications(applications, ritz.residual, tolerance);
      // The small eigenproblem costs k^3: it is solved again about when it can be expected to end the search.
      const ahead = Math.min(4 * width, Math.max(width, 0.9 * (expected - applications)));
      checkAt = applications + ahead;
    }
    if (restart) {
      space.compress(r + width);
      restarts++;
    }
    next = firstRows(remainders, Math.min(width, d - space.size));
    orthonormalizeRows(next, space.current(), rowLengths(images));
  }
}

/** The number of vectors at which a residual that keeps falling geometrically from 1 reaches the tolerance. */
function expectedApplications(applications: number, residual: number, tolerance: number): number {
  return residual < 1 ? (applications * Math.log(tolerance)) / Math.log(residual) : Infinity;
}

function rowLengths(rows: Matrix): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => norm2(rowView(rows, i)));
}
