import { describe, expect, test } from "vitest";
import { type Matrix, rowView, zeros } from "../../src/numerics/matrix.js";
import { normalMatrix } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { estimateNorms } from "../../src/training/estimateNorms.js";
import { FAR, meanOf, varianceOf, zScore } from "../helpers/statistics.js";

/** Means of tasks with the given norms (all along the first axis) in R^p with noise variance tau2. */
function meansOf(norms: readonly number[], p: number, tau2: number, key: number): Matrix {
  const means = normalMatrix(keyedStream(["norms", key]), norms.length, p);
  norms.forEach((norm, t) => {
    const row = rowView(means, t);
    for (let j = 0; j < p; j++) row[j] = row[j]! * Math.sqrt(tau2) + (j === 0 ? norm : 0);
  });
  return means;
}

describe("estimateNorms", () => {
  test("by hand: one task, ||muhat||^2 - tau2 p = 25 - 9; a negative estimate is 0", () => {
    const one = zeros(1, 2);
    one.data.set([3, 4]);
    expect([...estimateNorms(one, 4.5)]).toEqual([4]);
    expect([...estimateNorms(one, 20)]).toEqual([0]);
  });

  test("by hand: two tasks, x = 1 and 9, spread 32, noise 0.04 + 2: both keep 1 - 2.04/32 of their distance from 5", () => {
    const two = zeros(2, 2);
    two.data.set([0, Math.sqrt(1.2), Math.sqrt(9.2), 0]);
    const [low, high] = estimateNorms(two, 0.1);
    expect(low! ** 2).toBeCloseTo(5 - 4 * (1 - 2.04 / 32), 12);
    expect(high! ** 2).toBeCloseTo(5 + 4 * (1 - 2.04 / 32), 12);
  });

  test("equal tasks without noise have their common norm", () => {
    for (const norm of estimateNorms(meansOf([2, 2, 2], 4, 0, 1), 0)) expect(norm).toBe(2);
  });

  test("without noise the norms are exact, each its own", () => {
    const exact = estimateNorms(meansOf([1, 2, 3, 0], 5, 0, 1), 0);
    [1, 2, 3, 0].forEach((norm, t) => {
      expect(exact[t]).toBeCloseTo(norm, 12);
    });
  });

  test("the mean of the squared estimates is unbiased for the mean squared norm (false alarm 7e-9)", () => {
    const norms = [...new Array(60).fill(2), ...new Array(60).fill(3)];
    const found = Array.from({ length: 300 }, (_, k) =>
      meanOf(estimateNorms(meansOf(norms, 50, 0.04, k), 0.04).map((x) => x * x)),
    );
    expect(Math.abs(zScore(found, 6.5))).toBeLessThan(FAR);
    expect(Math.abs(zScore(found, 6.5 + 0.04))).toBeGreaterThan(FAR);
  });

  test("equal weak tasks share their common norm: far less spread than estimates one by one", () => {
    const [p, tau2] = [400, 0.05];
    const means = meansOf(new Array(100).fill(1), p, tau2, 5);
    const shrunk = estimateNorms(means, tau2);
    const single = Array.from({ length: 100 }, (_, t) => {
      const alone: Matrix = { rows: 1, cols: p, data: rowView(means, t) };
      return estimateNorms(alone, tau2)[0]!;
    });
    expect(varianceOf(shrunk)).toBeLessThan(0.1 * varianceOf(single));
    expect(Math.abs(meanOf(shrunk) - 1)).toBeLessThan(0.2);
  });

  test("two groups far apart keep their difference", () => {
    const found = estimateNorms(
      meansOf([...new Array(50).fill(1), ...new Array(50).fill(5)], 100, 0.05, 6),
      0.05,
    );
    expect(Math.abs(meanOf(found.slice(0, 50)) - 1)).toBeLessThan(0.1);
    expect(Math.abs(meanOf(found.slice(50)) - 5)).toBeLessThan(0.1);
  });
});
