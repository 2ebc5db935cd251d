import { firstColumns, type Matrix, rowView, zeros } from "./matrix.js";
import { addScaled, dot, multiplyTransposeLeft, multiplyTransposeRight, norm2 } from "./products.js";
import { symmetricEigen } from "./small.js";

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
 * function of its input. When the search space becomes invariant, new directions are added until it has r + 2 of them or
 * fills R^d: an eigenvalue hidden from the first block is not missed.
 *
 * Cost a step: one application to r + 2 vectors and 4 k d (r + 2) for a search space of dimension k.
 * Sources: Golub & Underwood 1977 (block Lanczos); Wu & Simon, SIAM J. Matrix Anal. Appl. 22 (2000) (thick restart).
 */
export function blockKrylov(
  apply: (block: Matrix) => Matrix,
  d: number,
  r: number,
  options: KrylovOptions,
): KrylovResult {
  const width = Math.min(d, r + 2);
  const capacity = Math.min(d, Math.max(options.maxDimension, 3 * width));
  const space = new SearchSpace(d, capacity);
  let next = startingBlock(width, d);
  orthonormalize(next, space);
  let applications = 0;
  let restarts = 0;
  for (;;) {
    const images = apply(next);
    applications += next.rows;
    const coupling = space.append(next, images);
    const full = space.size === d;
    // The small eigenproblem costs k^3: it is solved when the space has grown by half a block of steps, not at each step.
    const room = capacity - space.size;
    const due =
      full || room === 0 || space.size >= space.nextCheck || applications >= options.maxApplications;
    if (due) {
      const ritz = space.ritz(r, coupling);
      const converged = full || ritz.residual <= options.tolerance;
      if (converged || applications >= options.maxApplications) {
        return {
          ...space.vectors(ritz.weights, r),
          residual: full ? 0 : ritz.residual,
          converged,
          applications,
          restarts,
        };
      }
      space.nextCheck = space.size + 2 * width;
      if (room === 0) {
        space.compress(ritz.weights, Math.min(r + width, capacity - width));
        restarts++;
      }
    }
    next =
      coupling.block.rows <= capacity - space.size
        ? coupling.block
        : firstRows(coupling.block, capacity - space.size);
  }
}

interface Coupling {
  /** The orthonormal block that follows, orthogonal to the space. */
  readonly block: Matrix;
  /** Row i: what is left of K (i-th new basis vector) outside the space. */
  readonly remainders: Matrix;
}

/** An orthonormal basis V (rows), its image under K, and the projected operator V K V^T. */
class SearchSpace {
  size = 0;
  nextCheck = 0;
  private readonly basis: Matrix;
  private readonly images: Matrix;
  private readonly projected: Matrix;

  constructor(
    private readonly d: number,
    private readonly capacity: number,
  ) {
    this.basis = zeros(capacity, d);
    this.images = zeros(capacity, d);
    this.projected = zeros(capacity, capacity);
  }

  current(): Matrix {
    return { rows: this.size, cols: this.d, data: this.basis.data.subarray(0, this.size * this.d) };
  }

  append(block: Matrix, images: Matrix): Coupling {
    const start = this.size;
    this.basis.data.set(block.data, start * this.d);
    this.images.data.set(images.data, start * this.d);
    this.size += block.rows;
    const products = multiplyTransposeRight(this.current(), images);
    for (let i = 0; i < this.size; i++) {
      for (let j = 0; j < block.rows; j++) {
        const value = products.data[i * block.rows + j]!;
        this.projected.data[i * this.capacity + start + j] = value;
        this.projected.data[(start + j) * this.capacity + i] = value;
      }
    }
    const remainders: Matrix = { rows: images.rows, cols: images.cols, data: images.data.slice() };
    removeComponents(remainders, this.current());
    removeComponents(remainders, this.current());
    const following: Matrix = { rows: remainders.rows, cols: this.d, data: remainders.data.slice() };
    orthonormalize(following, this);
    return { block: following, remainders };
  }

  /** The leading eigenpairs of the projected operator and the largest relative residual of the first r. */
  ritz(r: number, coupling: Coupling): { weights: Matrix; residual: number } {
    const small = zeros(this.size, this.size);
    for (let i = 0; i < this.size; i++) {
      for (let j = 0; j < this.size; j++) {
        const at = this.projected.data[i * this.capacity + j]!;
        const mirrored = this.projected.data[j * this.capacity + i]!;
        small.data[i * this.size + j] = 0.5 * (at + mirrored);
      }
    }
    const eigen = symmetricEigen(small);
    const scale = Math.max(eigen.values[0]!, Number.MIN_VALUE);
    // Only the block added last has an image outside the space: the residual of a Ritz vector is its share of those remainders.
    const newest = coupling.remainders.rows;
    const outside = new Float64Array(this.d);
    let residual = 0;
    for (let i = 0; i < Math.min(r, this.size); i++) {
      outside.fill(0);
      for (let j = 0; j < newest; j++) {
        const weight = eigen.vectors.data[(this.size - newest + j) * this.size + i]!;
        addScaled(outside, weight, rowView(coupling.remainders, j));
      }
      residual = Math.max(residual, norm2(outside) / scale);
    }
    return { weights: eigen.vectors, residual };
  }

  /** The first `count` Ritz vectors, as orthonormal rows, with their Rayleigh quotients. */
  vectors(weights: Matrix, count: number): { vectors: Matrix; values: Float64Array } {
    const chosen = firstColumns(weights, count);
    const vectors = multiplyTransposeLeft(chosen, this.current());
    const images = multiplyTransposeLeft(chosen, this.currentImages());
    const values = Float64Array.from({ length: count }, (_, i) =>
      dot(rowView(vectors, i), rowView(images, i)),
    );
    return { vectors, values };
  }

  private currentImages(): Matrix {
    return { rows: this.size, cols: this.d, data: this.images.data.subarray(0, this.size * this.d) };
  }

  /** Keeps the span of the leading Ritz vectors alone: the thick restart. */
  compress(weights: Matrix, keep: number): void {
    const chosen = firstColumns(weights, keep);
    const vectors = multiplyTransposeLeft(chosen, this.current());
    const images = multiplyTransposeLeft(chosen, this.currentImages());
    this.basis.data.set(vectors.data);
    this.images.data.set(images.data);
    this.size = keep;
    const products = multiplyTransposeRight(vectors, images);
    for (let i = 0; i < keep; i++) {
      for (let j = 0; j < keep; j++)
        this.projected.data[i * this.capacity + j] = products.data[i * keep + j]!;
    }
    this.nextCheck = 0;
  }
}

function firstRows(m: Matrix, count: number): Matrix {
  return { rows: count, cols: m.cols, data: m.data.subarray(0, count * m.cols) };
}

/** Subtracts from every row its projection on the span of the orthonormal rows of `basis`. */
function removeComponents(rows: Matrix, basis: Matrix): void {
  if (basis.rows === 0) return;
  const weights = multiplyTransposeRight(rows, basis);
  for (let i = 0; i < rows.rows; i++) {
    const row = rowView(rows, i);
    for (let j = 0; j < basis.rows; j++)
      addScaled(row, -weights.data[i * basis.rows + j]!, rowView(basis, j));
  }
}

/**
 * Makes rows orthonormal and orthogonal to the space, in place; a row that lies in the span of the others (to 1e-10 of its length) is
 * replaced by a fixed pseudo-random direction outside it, as long as there is one.
 */
function orthonormalize(rows: Matrix, space: SearchSpace): void {
  const basis = space.current();
  let attempts = 0;
  for (let i = 0; i < rows.rows; i++) {
    const row = rowView(rows, i);
    const before = norm2(row);
    clean(rows, i, basis);
    const after = norm2(row);
    const dependent = !(after > 1e-10 * before) || after === 0;
    if (dependent) {
      row.set(rowView(startingBlock(1, rows.cols, ++attempts), 0));
      // A space that is already full leaves nothing but rounding noise: the row becomes zero and is harmless.
      if (attempts > 3 * rows.rows + 3) row.fill(0);
      else i--;
      continue;
    }
    for (let k = 0; k < row.length; k++) row[k] = row[k]! / after;
    clean(rows, i, basis);
    const length = norm2(row);
    for (let k = 0; k < row.length; k++) row[k] = row[k]! / length;
  }
}

/** Removes from row i its components along the basis and along the rows before it, twice. */
function clean(rows: Matrix, i: number, basis: Matrix): void {
  const single: Matrix = { rows: 1, cols: rows.cols, data: rowView(rows, i) };
  const previous = firstRows(rows, i);
  for (let pass = 0; pass < 2; pass++) {
    removeComponents(single, basis);
    removeComponents(single, previous);
  }
}

/** Fixed pseudo-random rows with entries in [-1, 1): an integer hash of their position, the same on every machine. */
function startingBlock(rows: number, cols: number, salt: number = 0): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < result.data.length; i++) {
    let h = Math.imul(i + 1 + Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
    h ^= h >>> 13;
    result.data[i] = h / 2 ** 31;
  }
  return result;
}
