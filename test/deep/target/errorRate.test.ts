import { expect, test } from "vitest";
import { errorRate, missProbabilities } from "../../../src/deep/target/errorRate.js";

test("a label is named when its logit is the largest alone, and by a fair draw among ties", () => {
  const logits = [3, 1, 2, 1, 3, 2, 5, 5, 0, 7, 7, 7];
  expect([...missProbabilities(logits, [0, 0, 1, 2], 3)]).toEqual([0, 1, 0.5, 1 - 1 / 3]);
  expect(errorRate(logits, [0, 0, 1, 2], 3)).toBeCloseTo((1 + 0.5 + 2 / 3) / 4, 15);
  // Ties below the largest do not count.
  expect(errorRate([1, 1, 2], [2], 3)).toBe(0);
  expect(errorRate([1, 1, 2], [0], 3)).toBe(1);
});

test("features that say nothing have the error of a guess, whatever the labels", () => {
  for (const label of [0, 1, 2, 3]) expect(errorRate([4, 4, 4, 4], [label], 4)).toBe(0.75);
});

test("a logit that is no number names nothing", () => {
  expect(errorRate([Number.NaN, 1], [1], 2)).toBe(1);
  expect(errorRate([Number.NaN, 1], [0], 2)).toBe(1);
});

test("sizes that do not fit and no samples are refused", () => {
  expect(() => errorRate([1, 2, 3], [0], 2)).toThrow(/logits must be 1 x 2 numbers, received 3/);
  expect(() => errorRate([], [], 2)).toThrow(/at least one/);
});
