import { expect, it } from "vitest";
import { pictureNumbers, pictureOf } from "../../../src/deep/gallery/picture.js";

it("keeps every number to half a unit, the largest one as an end, and 0 as 0", () => {
  const numbers = [0.3, -0.9, 0, 0.001, -0.001, 0.45];
  const picture = pictureOf(numbers);
  expect(Math.min(...picture.values)).toBe(-127);
  expect(picture.unit).toBeCloseTo(0.9 / 127, 6);
  expect(picture.values.every((v) => Number.isInteger(v) && !Object.is(v, -0))).toBe(true);
  pictureNumbers(picture).forEach((x, i) => {
    expect(Math.abs(x - numbers[i]!)).toBeLessThanOrEqual(0.5001 * picture.unit);
  });
  expect(pictureOf([0, -0])).toEqual({ unit: 0, values: [0, 0] });
  expect(pictureNumbers(pictureOf([0, 0]))).toEqual([0, 0]);
});
