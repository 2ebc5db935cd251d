import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRows, type Matrix, zeros } from "../../src/numerics/matrix.js";
import { multiply, norm2 } from "../../src/numerics/products.js";
import { orthonormalityError } from "../../src/numerics/small.js";
import { thinQr } from "../../src/numerics/thinQr.js";
import { law } from "../helpers/law.js";
import { matrixOf, maxDifference } from "../helpers/matrices.js";

const tall = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 9 }))
  .chain(([n, more]) => matrixOf(n + more, n));

function expectQr(a: Matrix): void {
  const { q, r } = thinQr(a);
  const size = Math.max(norm2(a.data), Number.MIN_VALUE);
  expect(maxDifference(multiply(q, r), a) / size).toBeLessThanOrEqual(50 * Number.EPSILON);
  expect(orthonormalityError(q)).toBeLessThanOrEqual(50 * Number.EPSILON);
  for (let i = 0; i < r.rows; i++) {
    expect(r.data[i * r.cols + i]).toBeGreaterThanOrEqual(0);
    for (let j = 0; j < i; j++) expect(r.data[i * r.cols + j]).toBe(0);
  }
}

test("hand-worked: columns (3, 4) and (2, 1)", () => {
  const { q, r } = thinQr(
    fromRows([
      [3, 2],
      [4, 1],
    ]),
  );
  // R = [[5, 2], [0, 1]], Q = [[3/5, 4/5], [4/5, -3/5]].
  expect(maxDifference(r, fromRows([[5, 2], [0, 1]]))).toBeLessThan(1e-15); // biome-ignore format: a matrix
  expect(maxDifference(q, fromRows([[0.6, 0.8], [0.8, -0.6]]))).toBeLessThan(1e-15); // biome-ignore format: a matrix
});

test("A = QR with orthonormal Q and upper triangular R of nonnegative diagonal, for every tall matrix", () => {
  law(tall, expectQr, 300);
});

test("dependent and zero columns leave Q orthonormal and put a zero on R's diagonal", () => {
  const dependent = fromRows([
    [1, 2, 0],
    [1, 2, 0],
    [0, 0, 0],
    [1, 2, 0],
  ]);
  expectQr(dependent);
  const { r } = thinQr(dependent);
  expect(r.data[4]).toBeLessThan(1e-15);
  expect(r.data[8]).toBe(0);
  expectQr(zeros(5, 3));
  law(
    tall.filter((a) => a.cols > 1),
    (a) => {
      // The last column becomes a copy of the first.
      for (let i = 0; i < a.rows; i++) a.data[i * a.cols + a.cols - 1] = a.data[i * a.cols]!;
      expectQr(a);
    },
  );
});

test("the decomposition does not depend on the scale, from 1e-150 to 1e150", () => {
  law(
    fc.tuple(tall, fc.constantFrom(1e-150, 1e-100, 1e100, 1e150)),
    ([a, scale]) => expectQr({ ...a, data: a.data.map((x) => x * scale) }),
    200,
  );
});

test("wide or non-finite input is an error", () => {
  expect(() => thinQr(zeros(1, 2))).toThrow(/at least as many rows as columns, received 1 x 2/);
  expect(() => thinQr(fromRows([[1], [Number.NaN]]))).toThrow(/thinQr must be finite, received NaN/);
});
