import { expect, test } from "vitest";
import {
  columnCopy,
  firstColumns,
  fromRows,
  identity,
  matrix,
  rowView,
  transpose,
  zeros,
} from "../../src/numerics/matrix.js";
import { law } from "../helpers/law.js";
import { matrixArbitrary } from "../helpers/matrices.js";

const wide = fromRows([
  [1, 2, 3],
  [4, 5, 6],
]);

test("a matrix is row-major", () => {
  expect([...wide.data]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...rowView(wide, 1)]).toEqual([4, 5, 6]);
  expect([...columnCopy(wide, 1)]).toEqual([2, 5]);
  expect([...firstColumns(wide, 2).data]).toEqual([1, 2, 4, 5]);
  expect([...transpose(wide).data]).toEqual([1, 4, 2, 5, 3, 6]);
  expect([...identity(2).data]).toEqual([1, 0, 0, 1]);
});

test("a row view writes through, copies do not", () => {
  const m = fromRows([[1, 2]]);
  rowView(m, 0)[1] = 9;
  columnCopy(m, 0)[0] = 9;
  firstColumns(m, 1).data[0] = 9;
  transpose(m).data[0] = 9;
  expect([...m.data]).toEqual([1, 9]);
});

test("a matrix around numbers shares them", () => {
  const data = Float64Array.of(1, 2, 3, 4, 5, 6);
  const m = matrix(2, 3, data);
  expect([m.rows, m.cols]).toEqual([2, 3]);
  expect(m.data).toBe(data);
});

test("a count of numbers that does not fill the shape is an error that says both", () => {
  expect(() => matrix(2, 2, new Float64Array(3))).toThrow(/2 x 2 matrix needs 4 numbers, received 3/);
  expect(() => fromRows([[1, 2], [3]])).toThrow(/row 1 has 1 entries, row 0 has 2/);
});

test("the transpose of any shape moves entry (i, j) to (j, i), across cache tiles too", () => {
  for (const [rows, cols] of [
    [0, 3],
    [1, 1],
    [31, 33],
    [32, 64],
    [70, 5],
    [3, 97],
  ] as const) {
    const m = zeros(rows, cols);
    m.data.forEach((_, at) => {
      m.data[at] = at + 1;
    });
    const t = transpose(m);
    expect([t.rows, t.cols]).toEqual([cols, rows]);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) expect(t.data[j * rows + i]).toBe(m.data[i * cols + j]);
    }
  }
});

test("transposing twice changes nothing", () => {
  law(matrixArbitrary(0, 40), (m) => expect(transpose(transpose(m))).toEqual(m));
});

test("no rows are a matrix without columns", () => {
  expect(fromRows([])).toEqual(zeros(0, 0));
});
