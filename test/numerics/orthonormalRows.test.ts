import { expect, test } from "vitest";
import { fromRows, type Matrix, transpose, zeros } from "../../src/numerics/matrix.js";
import {
  orthonormalizeRows,
  pseudoRandomRows,
  removeComponents,
} from "../../src/numerics/orthonormalRows.js";
import { norm2 } from "../../src/numerics/products.js";
import { orthonormalityError } from "../../src/numerics/small.js";
import { haarFrame } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";

const NONE = (d: number): Matrix => zeros(0, d);
const stacked = (...parts: Matrix[]): Matrix => {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return { rows, cols: parts[0]!.cols, data: Float64Array.from(parts.flatMap((part) => [...part.data])) };
};

test("pseudo-random rows are an integer hash of position and salt: the same by exact arithmetic of large integers", () => {
  const word = (x: bigint): bigint => BigInt.asUintN(32, x);
  const hash = (i: number, salt: number): number => {
    let h = word((BigInt(i) + 1n + BigInt(salt) * 0x9e3779b1n) * 0x85ebca6bn);
    h = word((h ^ (h >> 15n)) * 0xc2b2ae35n);
    h ^= h >> 13n;
    return Number(BigInt.asIntN(32, h)) / 2 ** 31;
  };
  for (const salt of [0, 1, 2, 17]) {
    const { rows, cols, data } = pseudoRandomRows(3, 5, salt);
    expect([rows, cols, data.length]).toEqual([3, 5, 15]);
    data.forEach((value, i) => {
      expect(value).toBe(hash(i, salt));
    });
  }
  expect(pseudoRandomRows(2, 4)).toEqual(pseudoRandomRows(2, 4, 0));
});

test("removing components leaves what is orthogonal to the basis; an empty basis removes nothing", () => {
  const rows = fromRows([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
  removeComponents(rows, fromRows([[0, 0.6, 0.8]]));
  // <(2, 3), (0.6, 0.8)> = 3.6 and <(5, 6), (0.6, 0.8)> = 7.8.
  const truth = [1, 2 - 2.16, 3 - 2.88, 4, 5 - 4.68, 6 - 6.24];
  truth.forEach((value, i) => {
    expect(rows.data[i]).toBeCloseTo(value, 14);
  });
  const before = rows.data.slice();
  removeComponents(rows, NONE(3));
  expect(rows.data).toEqual(before);
});

test("whether a row depends on the others is judged relative to its own length, at every scale", () => {
  for (const scale of [1e-9, 1, 1e9]) {
    for (const [left, kept] of [
      [1e-10, true],
      [2e-13, true],
      [5e-14, false],
    ] as const) {
      // Row 1 is twice row 0 but for `left` of its length along the third axis.
      const rows = zeros(2, 9);
      rows.data[0] = scale;
      rows.data[9] = 2 * scale;
      rows.data[11] = 2 * scale * left;
      orthonormalizeRows(rows, NONE(9), [scale, 2 * scale]);
      expect(orthonormalityError(transpose(rows))).toBeLessThan(1e-14);
      if (kept) expect(rows.data[11]!).toBeCloseTo(1, 12);
      else expect(Math.abs(rows.data[11]!)).toBeLessThan(0.9);
    }
  }
});

test("the replacement is the first salted direction outside the basis and the rows before", () => {
  const frame = transpose(haarFrame(keyedStream(["replacement"]), 8, 3));
  const basis = { ...frame, rows: 2, data: frame.data.slice(0, 16) };
  // Row 0 is in the span of the basis, row 1 is new, row 2 is zero.
  const rows = stacked({ ...frame, rows: 1, data: frame.data.slice(0, 8) }, { ...frame, rows: 1, data: frame.data.slice(16) }, zeros(1, 8)); // biome-ignore format: one line
  orthonormalizeRows(rows, basis, [1, 1, 0]);
  for (const [row, salt] of [
    [0, 1],
    [2, 2],
  ] as const) {
    const direction = pseudoRandomRows(1, 8, salt);
    removeComponents(direction, stacked(basis, { ...rows, rows: row + 1, data: rows.data.slice(0, 8 * (row + 1)) })); // biome-ignore format: one line
    expect(norm2(direction.data)).toBeLessThan(1e-14);
  }
  expect(Math.abs(rows.data.subarray(8, 16).reduce((s, x, j) => s + x * frame.data[16 + j]!, 0))).toBeGreaterThan(0.1); // biome-ignore format: one line
});

test("rows that are nearly dependent come out orthogonal to the basis to rounding, at every scale", () => {
  for (const scale of [1e-10, 1, 1e10]) {
    const frame = transpose(haarFrame(keyedStream(["nearly"]), 12, 5));
    const basis = { ...frame, rows: 3, data: frame.data.slice(0, 36) };
    const rows = pseudoRandomRows(2, 12, 3);
    for (let j = 0; j < 12; j++) {
      const direction = frame.data[36 + j]! + frame.data[j]!;
      rows.data[j] = scale * direction;
      rows.data[12 + j] = scale * (2 * direction + 1e-9 * Math.cos(j));
    }
    orthonormalizeRows(rows, basis, [norm2(rows.data.subarray(0, 12)), norm2(rows.data.subarray(12))]);
    expect(orthonormalityError(transpose(stacked(basis, rows)))).toBeLessThan(2e-15);
  }
});
