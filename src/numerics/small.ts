import { EigenvalueDecomposition, Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import { AdvTransferError } from "../core/errors.js";
import { requireFinite } from "../core/guards.js";
import { type Matrix, transpose, zeros } from "./matrix.js";
import { gramOfRows, multiplyTransposeRight } from "./products.js";

/**
 * The one door to ml-matrix, for small matrices. What is guarded, and why: its eigenvalue iteration never ends on some
 * input that holds NaN, and its SVD returns numbers for such input, so non-finite input is an error here; it
 * decides symmetry bit by bit, so symmetry is checked here to rounding and then imposed; it reads singular vectors in no
 * fixed sign, so the largest entry of each left vector is made positive.
 */
const LARGEST = 1024;

function requireSmall(what: string, m: Matrix): void {
  if (Math.min(m.rows, m.cols) > LARGEST) {
    throw new AdvTransferError(
      "numerical",
      `${what} is for matrices of at most ${LARGEST} on their smaller side, received ${m.rows} x ${m.cols}`,
      {
        hint: "Use topRightSubspace for the leading singular vectors of a large matrix.",
      },
    );
  }
  requireFinite(what, m.data);
}

/**
 * An entry relative to the largest, and 0 below 1e-150 of it: ml-matrix divides by the length of columns without a guard, and
 * subnormal lengths give it reflections that are none.
 */
function relative(entry: number, scale: number): number {
  const ratio = scale === 0 ? 0 : entry / scale;
  return Math.abs(ratio) < 1e-150 ? 0 : ratio;
}

/** Eigenvalues of a symmetric matrix in descending order; column j of `vectors` (orthonormal) belongs to value j. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * The eigendecomposition `S = Q diag(values) Q^T` of a symmetric `n x n` matrix, n <= 1024. Cost about 10 n^3.
 *
 * Throws `numerical` on non-finite input and when S is asymmetric by more than 1e-10 of its largest entry.
 *
 * @example symmetricEigen(fromRows([[2, 1], [1, 2]])).values // [3, 1]
 */
export function symmetricEigen(s: Matrix): SymmetricEigen {
  const n = s.rows;
  if (s.cols !== n)
    throw new AdvTransferError(
      "bad-input",
      `symmetricEigen needs a square matrix, received ${n} x ${s.cols}`,
    );
  requireSmall("symmetricEigen", s);
  const scale = s.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const input = new MlMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const here = s.data[i * n + j]!;
      const there = s.data[j * n + i]!;
      if (Math.abs(here - there) > 1e-10 * scale) {
        throw new AdvTransferError(
          "numerical",
          `symmetricEigen: entry (${i}, ${j}) is ${here} but (${j}, ${i}) is ${there}`,
        );
      }
      // Entries of size 1: the squares inside the iteration neither overflow nor vanish.
      input.set(i, j, 0.5 * (relative(here, scale) + relative(there, scale)));
    }
  }
  const eigen = new EigenvalueDecomposition(input, { assumeSymmetric: true });
  const order = Array.from(eigen.realEigenvalues.keys()).sort(
    (a, b) => eigen.realEigenvalues[b]! - eigen.realEigenvalues[a]!,
  );
  const vectors = zeros(n, n);
  order.forEach((from, j) => {
    for (let i = 0; i < n; i++) vectors.data[i * n + j] = eigen.eigenvectorMatrix.get(i, from);
  });
  return { values: Float64Array.from(order, (j) => eigen.realEigenvalues[j]! * scale), vectors };
}

/** A thin SVD: `U` is `m x k`, `V` is `n x k`, `values` descending, k = min(m, n). */
export interface ThinSvd {
  readonly u: Matrix;
  readonly values: Float64Array;
  readonly v: Matrix;
}

/**
 * The thin singular value decomposition `M = U diag(values) V^T` of an `m x n` matrix with min(m, n) <= 1024.
 * Signs are fixed: the largest entry of each column of U is positive. Throws `numerical` on non-finite input.
 *
 * @example smallSvd(fromRows([[0, 2], [1, 0]])).values // [2, 1]
 */
export function smallSvd(m: Matrix): ThinSvd {
  requireSmall("smallSvd", m);
  // ml-matrix prints a warning to the console for wide input: it never sees any.
  if (m.rows < m.cols) {
    const flipped = smallSvd(transpose(m));
    return fixSigns(flipped.v, flipped.values, flipped.u);
  }
  const scale = m.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const input = MlMatrix.zeros(m.rows, m.cols);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.cols; j++) input.set(i, j, relative(m.data[i * m.cols + j]!, scale));
  }
  const svd = new SingularValueDecomposition(input, { autoTranspose: false });
  const values = Float64Array.from(svd.diagonal, (x) => x * scale);
  return fixSigns(
    fromMl(svd.leftSingularVectors, m.rows, m.cols),
    values,
    fromMl(svd.rightSingularVectors, m.cols, m.cols),
  );
}

function fromMl(source: MlMatrix, rows: number, cols: number): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result.data[i * cols + j] = source.get(i, j);
  return result;
}

function fixSigns(u: Matrix, values: Float64Array, v: Matrix): ThinSvd {
  for (let j = 0; j < values.length; j++) {
    let largest = 0;
    for (let i = 0; i < u.rows; i++) {
      const entry = u.data[i * u.cols + j]!;
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    if (largest >= 0) continue;
    for (let i = 0; i < u.rows; i++) u.data[i * u.cols + j] = -u.data[i * u.cols + j]!;
    for (let i = 0; i < v.rows; i++) v.data[i * v.cols + j] = -v.data[i * v.cols + j]!;
  }
  return { u, values, v };
}

/** The largest deviation of `V^T V` from the identity over all entries: how far columns are from orthonormal. */
export function orthonormalityError(columns: Matrix): number {
  const vectors = transpose(columns);
  const gram = vectors.rows <= vectors.cols ? gramOfRows(vectors) : multiplyTransposeRight(vectors, vectors);
  let worst = 0;
  for (let i = 0; i < gram.rows; i++) {
    for (let j = 0; j < gram.cols; j++) {
      worst = Math.max(worst, Math.abs(gram.data[i * gram.cols + j]! - (i === j ? 1 : 0)));
    }
  }
  return worst;
}
