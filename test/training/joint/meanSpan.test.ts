import { expect, test } from "vitest";
import { fromRows, type Matrix, rowView, transpose } from "../../../src/numerics/matrix.js";
import { gramOfRows, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { meanSpan } from "../../../src/training/joint/meanSpan.js";
import { maxDifference } from "../../helpers/matrices.js";

const rng = keyedStream(["mean span"]);
const means = normalMatrix(rng, 7, 20);
// Lengths of many sizes: what is left out is relative to each.
for (let t = 0; t < 7; t++) for (let j = 0; j < 20; j++) means.data[t * 20 + j]! *= 10 ** (t - 3);

test("the coordinates have the lengths and inner products of the means", () => {
  const { coordinates } = meanSpan(means);
  expect([coordinates.rows, coordinates.cols]).toEqual([7, 7]);
  const gram = gramOfRows(means);
  gramOfRows(coordinates).data.forEach((x, at) => {
    const scale = Math.sqrt(gram.data[8 * Math.floor(at / 7)]! * gram.data[8 * (at % 7)]!);
    expect(Math.abs(x - gram.data[at]!)).toBeLessThan(1e-14 * scale);
  });
});

test("a frame is lifted to one with the same heads", () => {
  const { coordinates, lift } = meanSpan(means);
  const frame = transpose(haarFrame(rng, 7, 3));
  const lifted = lift(frame);
  expect([lifted.rows, lifted.cols]).toEqual([3, 20]);
  expect(orthonormalityError(transpose(lifted))).toBeLessThan(1e-14);
  const here = multiplyTransposeRight(coordinates, frame);
  const there = multiplyTransposeRight(means, lifted);
  for (let t = 0; t < 7; t++) {
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(here.data[t * 3 + i]! - there.data[t * 3 + i]!)).toBeLessThan(1e-13 * 10 ** (t - 2));
    }
  }
});

test("dependent means have as many coordinates as directions, up to 1e-5 of a length", () => {
  const copies: Matrix = fromRows([0, 1, 0, 1, 1].map((t) => rowView(means, t).map((x) => (t + 2) * x)));
  const { coordinates, lift } = meanSpan(copies);
  expect(coordinates.cols).toBe(2);
  const frame = transpose(haarFrame(rng, 2, 2));
  expect(maxDifference(gramOfRows(coordinates), gramOfRows(copies))).toBeLessThan(1e-12);
  expect(orthonormalityError(transpose(lift(frame)))).toBeLessThan(1e-14);
  const near = { ...copies, data: copies.data.slice() };
  near.data[2 * 20]! *= 1 + 1e-6;
  expect(meanSpan(near).coordinates.cols).toBe(2);
  near.data[2 * 20]! *= 1.01;
  expect(meanSpan(near).coordinates.cols).toBe(3);
});
