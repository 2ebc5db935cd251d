import { expect, test } from "vitest";
import { gramOfSmallerSide, gramOperator } from "../../src/numerics/gramOperator.js";
import { fromRows, type Matrix, transpose, zeros } from "../../src/numerics/matrix.js";
import { pseudoRandomRows } from "../../src/numerics/orthonormalRows.js";
import { maxDifference, naiveProduct } from "../helpers/matrices.js";

const SHAPES = [
  [3, 7],
  [7, 3],
  [5, 5],
  [1, 4],
] as const;

/** M M^T, or M^T M when M has more rows than columns. */
function definition(m: Matrix): Matrix {
  return m.rows <= m.cols ? naiveProduct(m, transpose(m)) : naiveProduct(transpose(m), m);
}

test("the Gram matrix is that of the rows, or of the columns when there are fewer", () => {
  expect([...gramOfSmallerSide(fromRows([[1, 2], [0, 3]])).data]).toEqual([5, 6, 6, 9]); // biome-ignore format: a matrix
  for (const [rows, cols] of SHAPES) {
    const m = pseudoRandomRows(rows, cols, 4);
    expect(maxDifference(gramOfSmallerSide(m), definition(m))).toBeLessThan(1e-14);
  }
});

test("the operator multiplies rows by the Gram matrix, formed or not", () => {
  for (const [rows, cols] of SHAPES) {
    const m = pseudoRandomRows(rows, cols, 5);
    const block = pseudoRandomRows(2, Math.min(rows, cols), 6);
    const truth = naiveProduct(block, definition(m));
    // r = -2 leaves no side that is small enough to form the matrix.
    for (const r of [1, -2]) expect(maxDifference(gramOperator(m, r)(block), truth)).toBeLessThan(1e-14);
  }
});

test("the matrix is formed up to a side of 60 (r + 2), both ways round: then what becomes of M later is not seen", () => {
  for (const [side, formed] of [
    [180, true],
    [181, false],
  ] as const) {
    for (const wide of [true, false]) {
      const m = wide ? zeros(side, side + 1) : zeros(side + 1, side);
      m.data[0] = 3;
      const apply = gramOperator(m, 1);
      m.data[0] = 5;
      const axis = zeros(1, side);
      axis.data[0] = 1;
      expect(apply(axis).data[0]).toBe(formed ? 9 : 25);
    }
  }
});
