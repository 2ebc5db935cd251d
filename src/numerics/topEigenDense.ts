import { type Matrix, rowView, zeros } from "./matrix.js";
import { pseudoRandomRows } from "./orthonormalRows.js";
import { addScaled, divide, dot, norm2 } from "./products.js";
import { applyReflectors, countAbove, gershgorin, type Tridiagonal, tridiagonalize } from "./tridiagonal.js";

/** The r leading eigenpairs of a symmetric matrix: eigenvector i is row i of `vectors` (`r x n`), values descending. */
export interface TopEigen {
  readonly vectors: Matrix;
  readonly values: Float64Array;
}

/**
 * The r leading eigenpairs of a symmetric `n x n` matrix without the other n - r: Householder tridiagonalisation, bisection on Sturm
 * counts for the values, inverse iteration for the vectors, each made orthogonal to those before it. Its cost, about
 * 2 n^3 / 3 multiplications, does not depend on the gap between eigenvalues, so it is the kernel for matrices near a phase
 * transition, where Krylov methods are slow. The input is overwritten.
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., sections 8.2.2, 8.3.1 and 8.4.
 *
 * @example topEigenDense(fromRows([[2, 1], [1, 2]]), 1).values // [3]
 */
export function topEigenDense(s: Matrix, r: number): TopEigen {
  const n = s.rows;
  const raw = tridiagonalize(s);
  const size = gershgorin(raw);
  // Entries of size 1: the squares inside the Sturm counts neither overflow nor vanish.
  const t: Tridiagonal = {
    diagonal: raw.diagonal.map((x) => x / size),
    offDiagonal: raw.offDiagonal.map((x) => x / size),
    reflectors: raw.reflectors,
  };
  const values = new Float64Array(r);
  const vectors = zeros(r, n);
  for (let i = 0; i < r; i++) {
    const value = bisect(t, i);
    values[i] = value * size;
    const x = rowView(vectors, i);
    // Each vector has its own start: a common one would leave nothing but rounding errors of it inside a cluster.
    x.set(pseudoRandomRows(1, n, i + 1).data);
    inverseIteration(t, value, x, (y) => {
      for (let j = 0; j < i; j++) addScaled(y, -dot(y, rowView(vectors, j)), rowView(vectors, j));
    });
  }
  for (let i = 0; i < r; i++) applyReflectors(raw, rowView(vectors, i));
  return { vectors, values };
}

/** Eigenvalue number `index` (0: the largest) of a matrix with all eigenvalues in [-1, 1], to rounding. */
function bisect(t: Tridiagonal, index: number): number {
  const tiny = Number.EPSILON ** 2;
  let low = -1 - 4 * Number.EPSILON;
  let high = 1 + 4 * Number.EPSILON;
  while (high - low > 2 * Number.EPSILON) {
    const middle = 0.5 * (low + high);
    if (countAbove(t, middle, tiny) > index) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/**
 * Solves (T - value I) y = x a few times, so that x turns into the eigenvector; `deflate` removes the eigenvectors found
 * before, which decides between the members of a cluster.
 */
function inverseIteration(
  t: Tridiagonal,
  value: number,
  x: Float64Array,
  deflate: (y: Float64Array) => void,
): void {
  const solve = factor(t, value);
  for (let sweep = 0; sweep < 4; sweep++) {
    deflate(x);
    normalize(x);
    solve(x);
    normalize(x);
  }
  for (let pass = 0; pass < 2; pass++) {
    deflate(x);
    normalize(x);
  }
}

function normalize(x: Float64Array): void {
  divide(x, norm2(x));
}

/** LU factors of T - value I with partial pivoting (two bands above the diagonal); the last pivot is kept off zero. */
function factor(t: Tridiagonal, value: number): (x: Float64Array) => void {
  const n = t.diagonal.length;
  const d = Float64Array.from(t.diagonal, (entry) => entry - value);
  // Both bands are as long as the diagonal: they end in zeros, which the last rows multiply by.
  const upper = new Float64Array(n);
  upper.set(t.offDiagonal);
  const upper2 = new Float64Array(n);
  const lower = Float64Array.from(t.offDiagonal);
  const swapped = new Uint8Array(n);
  const tiny = Number.EPSILON;
  for (let i = 0; i + 1 < n; i++) {
    if (Math.abs(lower[i]!) > Math.abs(d[i]!)) {
      swapped[i] = 1;
      const multiplier = d[i]! / lower[i]!;
      d[i] = lower[i]!;
      const above = upper[i]!;
      upper[i] = d[i + 1]!;
      d[i + 1] = above - multiplier * d[i + 1]!;
      upper2[i] = upper[i + 1]!;
      upper[i + 1] = -multiplier * upper[i + 1]!;
      lower[i] = multiplier;
    } else {
      if (d[i] === 0) d[i] = tiny;
      const multiplier = lower[i]! / d[i]!;
      d[i + 1] = d[i + 1]! - multiplier * upper[i]!;
      lower[i] = multiplier;
    }
  }
  for (let i = 0; i < n; i++) if (Math.abs(d[i]!) < tiny) d[i] = (Math.sign(d[i]!) || 1) * tiny;
  return (x) => {
    for (let i = 0; i + 1 < n; i++) {
      if (swapped[i] === 1) {
        const held = x[i]!;
        x[i] = x[i + 1]!;
        x[i + 1] = held - lower[i]! * x[i]!;
      } else x[i + 1] = x[i + 1]! - lower[i]! * x[i]!;
    }
    let next = 0;
    let afterNext = 0;
    for (let i = n - 1; i >= 0; i--) {
      const entry = (x[i]! - upper[i]! * next - upper2[i]! * afterNext) / d[i]!;
      afterNext = next;
      next = entry;
      x[i] = entry;
    }
  };
}
