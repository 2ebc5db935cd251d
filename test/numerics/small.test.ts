import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { firstColumns, fromRows, identity, type Matrix, zeros } from "../../src/numerics/matrix.js";
import {
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
} from "../../src/numerics/products.js";
import { orthonormalityError, smallSvd, symmetricEigen } from "../../src/numerics/small.js";
import { law } from "../helpers/law.js";
import { diagonal, matrixArbitrary, matrixOf, maxDifference, withSpectrum } from "../helpers/matrices.js";

/** What is smaller than this is not representable any more at the smallest scale. */
const VANISHED = 1e-170;
const SCALES = [1e-150, 1e-80, 1, 1e80, 1e150];

/** Random, and random of low rank: B C with inner size 1 or 2. */
const anyMatrix = fc.oneof(
  matrixArbitrary(1, 8),
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 2 }))
    .chain(([m, n, k]) => fc.tuple(matrixOf(m, k), matrixOf(k, n)))
    .map(([b, c]) => multiply(b, c)),
);

function scaledBy(m: Matrix, scale: number): Matrix {
  return { ...m, data: m.data.map((x) => x * scale) };
}

function expectDescending(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
}

test("hand-worked eigenvalues and singular values", () => {
  const s = symmetricEigen(fromRows([[2, 1], [1, 2]])); // biome-ignore format: a matrix
  expect([...s.values].map((x) => Math.round(x * 1e14) / 1e14)).toEqual([3, 1]);
  expect(Math.abs(s.vectors.data[0]! - s.vectors.data[2]!)).toBeLessThan(1e-15);
  const svd = smallSvd(fromRows([[0, 2], [1, 0]])); // biome-ignore format: a matrix
  expect([...svd.values]).toEqual([2, 1]);
  expect(maxDifference(svd.u, identity(2))).toBe(0);
});

test("M = U diag(values) V^T with orthonormal U and V, at every scale and shape", () => {
  law(
    fc.tuple(anyMatrix, fc.constantFrom(...SCALES)),
    ([raw, scale]) => {
      const m = scaledBy(raw, scale);
      const { u, values, v } = smallSvd(m);
      const k = Math.min(m.rows, m.cols);
      expect([u.rows, u.cols, values.length, v.rows, v.cols]).toEqual([m.rows, k, k, m.cols, k]);
      const rebuilt = multiplyTransposeRight(multiply(u, diagonal(values.map((x) => x / scale))), v);
      expect(maxDifference(rebuilt, raw)).toBeLessThanOrEqual(1e-13 * norm2(raw.data) + VANISHED);
      expect(orthonormalityError(u)).toBeLessThanOrEqual(1e-13);
      expect(orthonormalityError(v)).toBeLessThanOrEqual(1e-13);
      expectDescending(values);
      expect(values.every((x) => x >= 0)).toBe(true);
      for (let j = 0; j < k; j++) {
        let largest = 0;
        for (let i = 0; i < m.rows; i++) {
          const entry = u.data[i * k + j]!;
          if (Math.abs(entry) > Math.abs(largest)) largest = entry;
        }
        expect(largest).toBeGreaterThan(0);
      }
    },
    400,
  );
});

test("S = Q diag(values) Q^T with orthonormal Q and descending values, at every scale", () => {
  law(
    fc.tuple(anyMatrix, fc.constantFrom(...SCALES)),
    ([raw, scale]) => {
      const gram = multiplyTransposeLeft(raw, raw);
      const n = gram.rows;
      // Indefinite: the middle eigenvalue is about 0.
      const shift = norm2(gram.data) / 2;
      for (let i = 0; i < n; i++) gram.data[i * n + i]! -= shift;
      const { values, vectors } = symmetricEigen(scaledBy(gram, scale));
      const rebuilt = multiplyTransposeRight(
        multiply(vectors, diagonal(values.map((x) => x / scale))),
        vectors,
      );
      expect(maxDifference(rebuilt, gram)).toBeLessThanOrEqual(1e-13 * norm2(gram.data) + VANISHED);
      expect(orthonormalityError(vectors)).toBeLessThanOrEqual(1e-13);
      expectDescending(values);
    },
    400,
  );
});

test("known spectra come back: clustered, repeated, graded", () => {
  const spectra = [
    [5, 5, 5, 1, 1],
    [1, 1 - 1e-12, 1 - 2e-12, 0.5],
    [1, 1e-4, 1e-8, 1e-12, 0],
  ];
  for (const sigma of spectra) {
    for (const [m, n] of [
      [12, 7],
      [7, 12],
      [9, 9],
    ] as const) {
      const { values } = smallSvd(withSpectrum(["small", sigma, m], m, n, sigma).matrix);
      sigma.forEach((s, i) => {
        expect(Math.abs(values[i]! - s)).toBeLessThanOrEqual(1e-14 * sigma[0]! * 5);
      });
    }
  }
});

test("every non-finite entry is an error, never a hang and never a number", () => {
  for (const bad of [Number.NaN, Infinity, -Infinity]) {
    for (let at = 0; at < 9; at++) {
      const m = identity(3);
      m.data[at] = bad;
      const mirrored = (at % 3) * 3 + Math.floor(at / 3);
      m.data[mirrored] = bad;
      expect(() => symmetricEigen(m)).toThrow(/symmetricEigen must be finite/);
      expect(() => smallSvd(m)).toThrow(/smallSvd must be finite/);
    }
  }
});

test("asymmetric, oblong and too large matrices are errors; asymmetry of rounding size is not", () => {
  expect(() => symmetricEigen(fromRows([[1, 2], [2.001, 1]]))).toThrow(/entry \(0, 1\) is 2 but \(1, 0\) is 2.001/); // biome-ignore format: a matrix
  expect(() => symmetricEigen(scaledBy(fromRows([[1, 2], [3, 1]]), 1e-150))).toThrow(/entry/); // biome-ignore format: a matrix
  expect(() => symmetricEigen(zeros(2, 3))).toThrow(/square/);
  expect(() => smallSvd(zeros(1025, 1025))).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/at most 1024 on their smaller side, received 1025 x 1025/),
      hint: expect.stringContaining("topRightSubspace"),
    }),
  );
  const nearly = symmetricEigen(fromRows([[1, 0.1 + 0.2], [0.3, 1]])); // biome-ignore format: a matrix
  expect(nearly.values[0]).toBeCloseTo(1.3, 14);
});

test("only the smaller side is bounded: a long column has its length as singular value", () => {
  const m = zeros(1100, 1);
  m.data.fill(2);
  expect(Math.abs(smallSvd(m).values[0]! / Math.sqrt(4400) - 1)).toBeLessThan(1e-13);
});

test("nothing is ever written to the console, wide input included", () => {
  const spies = (["log", "warn", "error", "info"] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  smallSvd(firstColumns(identity(9), 3));
  smallSvd(fromRows([[1, 2, 3, 4, 5]]));
  symmetricEigen(identity(4));
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test("the zero matrix has zero values and still orthonormal vectors", () => {
  const { u, values, v } = smallSvd(zeros(4, 2));
  expect([...values]).toEqual([0, 0]);
  expect(orthonormalityError(u)).toBe(0);
  expect(orthonormalityError(v)).toBe(0);
  expect([...symmetricEigen(zeros(3, 3)).values]).toEqual([0, 0, 0]);
});

test("the orthonormality error is the largest deviation of V^T V from the identity", () => {
  expect(orthonormalityError(identity(3))).toBe(0);
  expect(orthonormalityError(fromRows([[1, 0.25], [0, 1]]))).toBe(0.25); // biome-ignore format: a matrix
  expect(orthonormalityError(fromRows([[2], [0]]))).toBe(3);
});
