import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRows, type Matrix, transpose, zeros } from "../../src/numerics/matrix.js";
import {
  addScaled,
  divide,
  dot,
  gramOfRows,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
  scaled,
} from "../../src/numerics/products.js";
import { law } from "../helpers/law.js";
import { matrixOf, maxDifference, naiveProduct } from "../helpers/matrices.js";

const side = fc.integer({ min: 0, max: 13 });
/** Pairs `m x k`, `k x n` with sides 0 to 13: every remainder of the unrolled loops occurs. */
const pairs: fc.Arbitrary<[Matrix, Matrix]> = fc
  .tuple(side, side, side)
  .chain(([m, k, n]) => fc.tuple(matrixOf(m, k), matrixOf(k, n)));
// 13 terms of size 64: a sum in another order differs by less than 13 * 13 * 64 * 2^-52.
const ROUNDING = 13 * 13 * 64 * Number.EPSILON;

test("hand-worked products", () => {
  const a = fromRows([
    [1, 2],
    [3, 4],
  ]);
  const b = fromRows([
    [5, 6],
    [7, 8],
  ]);
  expect([...multiply(a, b).data]).toEqual([19, 22, 43, 50]);
  expect([...multiplyTransposeLeft(a, b).data]).toEqual([26, 30, 38, 44]);
  expect([...multiplyTransposeRight(a, b).data]).toEqual([17, 23, 39, 53]);
  expect([...gramOfRows(a).data]).toEqual([5, 11, 11, 25]);
});

test("every product kernel always agrees with the triple loop", () => {
  law(
    pairs,
    ([a, b]) => {
      const truth = naiveProduct(a, b);
      expect(maxDifference(multiply(a, b), truth)).toBeLessThanOrEqual(ROUNDING);
      expect(maxDifference(multiplyTransposeLeft(transpose(a), b), truth)).toBeLessThanOrEqual(ROUNDING);
      expect(maxDifference(multiplyTransposeRight(a, transpose(b)), truth)).toBeLessThanOrEqual(ROUNDING);
      const gram = gramOfRows(a);
      expect(maxDifference(gram, naiveProduct(a, transpose(a)))).toBeLessThanOrEqual(ROUNDING);
      expect(transpose(gram)).toEqual(gram);
    },
    400,
  );
});

test("a row of NaN stays in its row of the product", () => {
  const a = zeros(6, 5);
  a.data.fill(1);
  a.data.fill(Number.NaN, 15, 20);
  const product = multiplyTransposeRight(a, fromRows([[1, 1, 1, 1, 1]]));
  expect([...product.data]).toEqual([5, 5, 5, Number.NaN, 5, 5]);
});

test("sizes that do not fit are errors that name the product", () => {
  expect(() => multiply(zeros(2, 3), zeros(2, 3))).toThrow(
    /A B: the inner sizes must agree, received 3 and 2/,
  );
  expect(() => multiplyTransposeLeft(zeros(2, 3), zeros(3, 3))).toThrow(/A\^T B/);
  expect(() => multiplyTransposeRight(zeros(2, 3), zeros(2, 2))).toThrow(/A B\^T/);
  expect(() => dot(new Float64Array(2), new Float64Array(3))).toThrow(/<a, b>/);
  expect(() => addScaled(new Float64Array(2), 1, new Float64Array(3))).toThrow(/a \+ factor b/);
});

test("vector kernels agree with their definitions for any length", () => {
  law(
    fc.integer({ min: 0, max: 21 }).chain((n) => fc.tuple(matrixOf(1, n), matrixOf(1, n))),
    ([{ data: a }, { data: b }]) => {
      const sum = a.reduce((s, x, i) => s + x * b[i]!, 0);
      expect(Math.abs(dot(a, b) - sum)).toBeLessThanOrEqual(21 * 21 * 64 * Number.EPSILON);
      expect([...scaled(a, -3)]).toEqual([...a.map((x) => -3 * x)]);
      const divided = a.slice();
      divide(divided, 3);
      expect([...divided]).toEqual([...a.map((x) => x / 3)]);
      const moved = a.slice();
      addScaled(moved, 2, b);
      expect([...moved]).toEqual([...a.map((x, i) => x + 2 * b[i]!)]);
    },
  );
});

test("the norm never overflows or underflows", () => {
  for (const scale of [5e-324, 1e-320, 1e-300, 1e-160, 1e-150, 1, 1e150, 1e160, 1e300, 3e307]) {
    // 3-4-12-84-85: whole numbers of subnormals are exact too.
    const v = Float64Array.of(3 * scale, -4 * scale, 0);
    expect(norm2(v) / scale).toBeCloseTo(5, 12);
  }
  expect(norm2(new Float64Array(0))).toBe(0);
  expect(norm2(new Float64Array(7))).toBe(0);
});

test("the norm of a vector with NaN is NaN, wherever it stands; with an infinity it is infinite", () => {
  for (const v of [
    [Number.NaN, 0],
    [0, Number.NaN],
    [Number.NaN, 1],
    [1, Number.NaN, 2],
  ]) {
    expect(norm2(Float64Array.from(v))).toBeNaN();
  }
  expect(norm2(Float64Array.of(1, -Infinity))).toBe(Infinity);
});
