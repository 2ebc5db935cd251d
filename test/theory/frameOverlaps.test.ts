import { describe, expect, it } from "vitest";
import { zeros } from "../../src/numerics/matrix.js";
import { type FrameResult, frameOverlaps } from "../../src/theory/frameOverlaps.js";
import { softThresholdMoments } from "../../src/theory/softThresholdMoments.js";
import { sphereDesign } from "../../src/theory/sphereDesign.js";
import { thresholdedGroups } from "../../src/theory/thresholdedGroup.js";
import { populationSpace } from "../../src/theory/thresholdedPopulation.js";
import type { Aggregation } from "../../src/training/method.js";
import { methodOf, problemOf } from "../helpers/problems.js";

const b = [0.8, 0.36, 0.48];
const [tau, eps] = [0.2, 0.3];
const signal = [
  { share: 0.5, norm: 1 },
  { share: 0.5, norm: 2 },
];

/** What columns with the mean +-norm b learn, when nothing is off the support. */
function onOneDirection(aggregation: Aggregation, radius: number, tasks: number): FrameResult {
  const problem = problemOf({ dimension: 3, rank: 1, tasks, labeled: 1, noise: { sd: tau }, signal });
  const groups = thresholdedGroups(problem, methodOf({ aggregation }), radius);
  const design = sphereDesign([1]);
  const frame = { rows: 3, cols: 1, data: Float64Array.from(b) };
  const space = { total: zeros(3, 3), groups: groups.map(() => populationSpace(design.rows, 3)) };
  return frameOverlaps(groups, frame, design, { r: 1, tasks, off: 0 }, space);
}

describe("frameOverlaps", () => {
  it("has the bias of the top eigenvector of E y y^T for one direction, the same at all three points", () => {
    const y = signal.map(({ norm }) => b.map((x) => softThresholdMoments(norm * x, tau, eps)));
    const second = b.map((_, j) =>
      b.map((__, k) =>
        y.reduce((sum, m) => sum + 0.5 * (j === k ? m[j]!.second : m[j]!.first * m[k]!.first), 0),
      ),
    );
    let q = b;
    for (let step = 0; step < 200; step++) {
      const next = second.map((row) => row.reduce((sum, x, k) => sum + x * q[k]!, 0));
      q = next.map((x) => x / Math.hypot(...next));
    }
    const expected = 1 - q.reduce((sum, x, j) => sum + x * b[j]!, 0) ** 2;
    const { bias, cos2, largestSine } = onOneDirection("raw", eps, 1e9);
    expect(expected).toBeGreaterThan(0.005);
    expect(Math.abs(bias / expected - 1)).toBeLessThan(1e-3);
    expect(Array.from(cos2)).toEqual(new Array(3).fill(expect.closeTo(1 - bias, 6)));
    expect(largestSine).toBeCloseTo(Math.sqrt(bias), 4);
  });

  it("knows how much the squared length of a column varies: Var D / D^2, averaged over the groups", () => {
    const expected = signal.reduce((sum, { norm }) => {
      const moments = b.map((x) => softThresholdMoments(norm * x, tau, eps));
      const length = moments.reduce((all, { second }) => all + second, 0);
      return sum + (0.5 * moments.reduce((all, m) => all + m.fourth - m.second ** 2, 0)) / length ** 2;
    }, 0);
    expect(Math.abs(onOneDirection("normalized", eps, 100).lengthSpread / expected - 1)).toBeLessThan(1e-3);
    expect(onOneDirection("raw", eps, 100).lengthSpread).toBe(0);
  });

  it("is at a right angle where no column survives", () => {
    const { cos2, largestSine, offShare, survival } = onOneDirection("normalized", 50, 100);
    expect([...cos2, largestSine, offShare]).toEqual([0, 0, 0, 1, 0]);
    expect(survival).toBeLessThan(1e-9);
  });
});
