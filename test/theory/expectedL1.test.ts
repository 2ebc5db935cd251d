import { describe, expect, it } from "vitest";
import { chiSquareTail } from "../../src/numerics/special/gammaTail.js";
import { normalCdf, normalPdf } from "../../src/numerics/special/normal.js";
import { expectedL1 } from "../../src/theory/expectedL1.js";
import { sparseMeanAbsolute } from "../../src/theory/sparseNoise.js";
import type { ThresholdedGroup } from "../../src/theory/thresholdedGroup.js";

/** All that the l_1 norm needs of a group. */
const group = (share: number, noiseVariance: number): ThresholdedGroup =>
  ({ share, noiseVariance }) as ThresholdedGroup;

const AT = { off: 50, r: 2, tasks: 40, offShare: 0.3, rowLengths: 1.7 };

describe("expectedL1", () => {
  it("is E|w_1| times the row lengths on the support: 1, 2/pi, 1/2 and 4/(3 pi) in dimensions 1 to 4", () => {
    [1, 2 / Math.PI, 1 / 2, 4 / (3 * Math.PI)].forEach((mean, i) => {
      const at = { ...AT, off: 0, r: i + 1 };
      expect(expectedL1([group(1, 0.5)], 1, at)).toBeCloseTo(1.7 * mean, 12);
      expect(expectedL1([group(1, 0.5)], 1, { ...at, rowLengths: 3.4 })).toBeCloseTo(3.4 * mean, 12);
    });
  });

  it("adds sqrt(2/pi) sqrt(off offShare) where so many tasks survive that rows off the support are Gaussian", () => {
    const rest = expectedL1([group(1, 4)], 1, { ...AT, tasks: 1e4 }) - (1.7 * 2) / Math.PI;
    expect(rest).toBeCloseTo(Math.sqrt((2 / Math.PI) * 50 * 0.3), 12);
  });

  it("adds what a row with at most one survivor has: sqrt(count) E|z - k| E|y| / sqrt(E (z - k)^2 E y^2)", () => {
    const k = 3;
    const tail = normalCdf(-k);
    const first = normalPdf(k) / tail - k;
    const second = 1 + k * k - (k * normalPdf(k)) / tail;
    // y, a coordinate of a unit vector of the plane: E|y| = 2/pi, E y^2 = 1/2.
    const ratio = (first * 2) / Math.PI / Math.sqrt(second / 2);
    // Of 3 tasks, of which one in 370 survives; a second survivor costs a share of the order of the count.
    const rest = expectedL1([group(1, 0.25)], k * 0.5, { ...AT, tasks: 3, rowLengths: 0 });
    expect(Math.abs(rest / (ratio * Math.sqrt(2 * tail * 3 * 50 * 0.3)) - 1)).toBeLessThan(0.01);
  });

  it("counts survivors over the groups, and averages their thresholds, in standard deviations of each", () => {
    const groups = [group(0.25, 0.25), group(0.75, 4)];
    const eps = 1.5;
    const thresholds = [eps / 0.5, eps / 2];
    // P(|z| > k) is a chi-square tail.
    const count =
      40 * (0.25 * chiSquareTail(1, thresholds[0]! ** 2) + 0.75 * chiSquareTail(1, thresholds[1]! ** 2));
    const threshold = 0.25 * thresholds[0]! + 0.75 * thresholds[1]!;
    const rest = expectedL1(groups, eps, { ...AT, rowLengths: 0 });
    expect(rest / (sparseMeanAbsolute(count, threshold, 2) * Math.sqrt(50 * 0.3))).toBeCloseTo(1, 10);
  });

  it("has nothing off the support where no length is, or a rounding below none", () => {
    for (const offShare of [0, -1e-17]) {
      expect(expectedL1([group(1, 0.5)], 1, { ...AT, offShare })).toBeCloseTo((1.7 * 2) / Math.PI, 12);
    }
  });
});
