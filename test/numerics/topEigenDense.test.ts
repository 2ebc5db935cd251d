import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRows, identity, type Matrix, transpose, zeros } from "../../src/numerics/matrix.js";
import { gramOfRows, multiply, multiplyTransposeRight, norm2 } from "../../src/numerics/products.js";
import { orthonormalityError, symmetricEigen } from "../../src/numerics/small.js";
import { topEigenDense } from "../../src/numerics/topEigenDense.js";
import { applyReflectors, countAbove, gershgorin, tridiagonalize } from "../../src/numerics/tridiagonal.js";
import { law } from "../helpers/law.js";
import { diagonal, matrixArbitrary, maxDifference, withSpectrum } from "../helpers/matrices.js";

const copy = (m: Matrix): Matrix => ({ ...m, data: m.data.slice() });
const symmetric: fc.Arbitrary<Matrix> = matrixArbitrary(1, 11).map((m) => {
  const gram = gramOfRows(m);
  const shift = norm2(gram.data) / 3;
  for (let i = 0; i < gram.rows; i++) gram.data[i * gram.rows + i]! -= shift;
  return gram;
});

function expectTopEigen(s: Matrix, r: number, values?: ArrayLike<number>): void {
  const found = topEigenDense(copy(s), r);
  const size = Math.max(norm2(s.data), Number.MIN_VALUE);
  const truth = values ?? symmetricEigen(s).values;
  expect(orthonormalityError(transpose(found.vectors))).toBeLessThanOrEqual(1e-13);
  const images = multiply(found.vectors, s);
  for (let i = 0; i < r; i++) {
    expect(Math.abs(found.values[i]! - truth[i]!) / size).toBeLessThanOrEqual(1e-14 * s.rows);
    for (let j = 0; j < s.cols; j++) {
      const gap = images.data[i * s.cols + j]! - found.values[i]! * found.vectors.data[i * s.cols + j]!;
      expect(Math.abs(gap) / size).toBeLessThanOrEqual(1e-13);
    }
  }
}

test("S = Q T Q^T: the reflections rebuild the matrix from its tridiagonal form, for every size", () => {
  law(
    symmetric,
    (s) => {
      const n = s.rows;
      const t = tridiagonalize(copy(s));
      const dense = diagonal(t.diagonal);
      t.offDiagonal.forEach((e, i) => {
        dense.data[i * n + i + 1] = e;
        dense.data[(i + 1) * n + i] = e;
      });
      const q = identity(n);
      for (let i = 0; i < n; i++) applyReflectors(t, q.data.subarray(i * n, (i + 1) * n));
      // Row i of q is Q e_i.
      const rebuilt = multiply(transpose(q), multiply(dense, q));
      expect(maxDifference(rebuilt, s)).toBeLessThanOrEqual(1e-14 * n * norm2(s.data));
    },
    200,
  );
});

test("Sturm counts: diag(3, 1) with coupling 0 has 2, 1, 0 eigenvalues above 0, 2, 4", () => {
  const t = { diagonal: Float64Array.of(3, 1), offDiagonal: Float64Array.of(0), reflectors: zeros(2, 2) };
  expect([0, 2, 4].map((x) => countAbove(t, x, 1e-30))).toEqual([2, 1, 0]);
});

test("Gershgorin's bound is the largest sum of absolute values in a row, and positive for the zero matrix", () => {
  const bound = (diagonal: number[], offDiagonal: number[]): number =>
    gershgorin({
      diagonal: Float64Array.from(diagonal),
      offDiagonal: Float64Array.from(offDiagonal),
      reflectors: zeros(0, 0),
    });
  expect(bound([1, -2, 3], [4, -8])).toBe(14);
  expect(bound([-9, 0, 0], [1, 1])).toBe(10);
  expect(bound([0, 0, -9], [1, 1])).toBe(10);
  expect(bound([-3], [])).toBe(3);
  expect(bound([0, 0], [0])).toBeGreaterThan(0);
});

test("hand-worked: [[2, 1], [1, 2]] has 3 with (1, 1) and 1 with (1, -1)", () => {
  const { values, vectors } = topEigenDense(fromRows([[2, 1], [1, 2]]), 2); // biome-ignore format: a matrix
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(Math.abs(vectors.data[0]! - vectors.data[1]!)).toBeLessThan(1e-15);
  expect(Math.abs(vectors.data[2]! + vectors.data[3]!)).toBeLessThan(1e-15);
});

test("leading eigenpairs agree with ml-matrix and leave no residual, for every r from 1 to n", () => {
  law(
    symmetric.chain((s) => fc.tuple(fc.constant(s), fc.integer({ min: 1, max: s.rows }))),
    ([s, r]) => expectTopEigen(s, r),
    300,
  );
});

test("clusters of any multiplicity give orthonormal vectors: identity, repeated, nearly equal, zero", () => {
  for (const n of [1, 2, 3, 8, 40]) expectTopEigen(identity(n), n);
  expectTopEigen(zeros(5, 5), 5);
  expectTopEigen(diagonal([2, 2, 2, 1, 1, 0]), 5, [2, 2, 2, 1, 1]);
  for (const sigma of [
    [3, 3, 3, 3, 1, 1],
    [1, 1 - 1e-15, 1 - 1e-13, 1 - 1e-11, 1 - 1e-9],
    Array.from({ length: 20 }, (_, i) => 1 + (i < 10 ? 1e-14 * i : 0)),
    [1, 1e-5, 1e-10, 1e-15],
  ]) {
    const { u } = withSpectrum(["clusters", sigma], 30, 30, sigma);
    const s = multiplyTransposeRight(multiply(u, diagonal(sigma)), u);
    const values = [...sigma].sort((a, b) => b - a);
    expectTopEigen(s, sigma.length, values);
  }
});

test("the scale does not matter, from 1e-280 to 1e280", () => {
  const { u } = withSpectrum(["scale"], 12, 12, [3, 2, 1]);
  const s = multiplyTransposeRight(multiply(u, diagonal([3, 2, 1])), u);
  for (const scale of [1e-280, 1e-150, 1e150, 1e280]) {
    const { values } = topEigenDense({ ...s, data: s.data.map((x) => x * scale) }, 3);
    values.forEach((value, i) => {
      expect(Math.abs(value / scale - (3 - i))).toBeLessThan(1e-13);
    });
  }
});

/** The path of n nodes: eigenvalues 2 cos(pi j / (n + 1)), and leading minors that vanish at the eigenvalue 0 of odd n. */
function path(n: number): { s: Matrix; values: number[] } {
  const s = zeros(n, n);
  for (let i = 0; i + 1 < n; i++) {
    s.data[i * n + i + 1] = 1;
    s.data[(i + 1) * n + i] = 1;
  }
  return { s, values: Array.from({ length: n }, (_, j) => 2 * Math.cos((Math.PI * (j + 1)) / (n + 1))) };
}

test("small sizes and every count: paths, whose minors vanish at their eigenvalues", () => {
  for (const n of [2, 3, 4, 5, 7, 9]) {
    const { s, values } = path(n);
    for (let r = 1; r <= n; r++) expectTopEigen(s, r, values);
  }
});

test("Wilkinson's matrix: leading pairs that differ in the last digits alone still have orthonormal vectors", () => {
  const n = 21;
  const s = diagonal(Array.from({ length: n }, (_, i) => Math.abs(i - 10)));
  for (let i = 0; i + 1 < n; i++) {
    s.data[i * n + i + 1] = 1;
    s.data[(i + 1) * n + i] = 1;
  }
  expectTopEigen(s, 6);
  const { values } = topEigenDense(copy(s), 2);
  expect(values[0]! - values[1]!).toBeLessThan(1e-13);
});

test("diagonal matrices, whose values may be met exactly, and small clusters leave no NaN", () => {
  for (const entries of [
    [4, 3, 2, 1],
    [1, 1],
    [8, 8, -8, -8],
    [1, 0, 0],
    [0, 0, -1],
    [-1, -2],
    [3, 3, 3, 3, 1, 1],
  ]) {
    const values = [...entries].sort((a, b) => b - a);
    expectTopEigen(diagonal(entries), entries.length, values);
  }
});

test("the values of a matrix with norm 1 on both sides of the spectrum reach its ends", () => {
  for (const end of [1, -1]) {
    const { values } = topEigenDense(diagonal([end, end, end]), 3);
    for (const value of values) expect(Math.abs(value - end)).toBeLessThanOrEqual(2 * Number.EPSILON);
  }
});
