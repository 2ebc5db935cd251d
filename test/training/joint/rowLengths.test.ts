import { expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import { rowLengths, unitRows } from "../../../src/training/joint/rowLengths.js";

const rows = fromRows([[3, -4], [0, 0], [0, 2]]); // biome-ignore format: three rows

test("the lengths of the rows, one each", () => {
  expect([...rowLengths(rows)]).toEqual([5, 0, 2]);
});

test("unit rows: the same directions, zero rows stay zero, the argument is left alone", () => {
  expect([...unitRows(rows).data]).toEqual([0.6, -0.8, 0, 0, 0, 1]);
  expect([...rows.data]).toEqual([3, -4, 0, 0, 0, 2]);
});
