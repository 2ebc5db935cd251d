import { describe, expect, it } from "vitest";
import { lInfDenseRepresentation } from "../../src/theory/lInfDense.js";
import { spikeRepresentation } from "../../src/theory/representation.js";
import { softThresholdMoments } from "../../src/theory/softThresholdMoments.js";
import { methodOf, problemOf } from "../helpers/problems.js";

const RAW = methodOf({ aggregation: "raw" });
const SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

/** Points of the law of a coordinate of a random unit vector of R^s, density ~ (1 - x^2)^((s - 3) / 2), with weights that sum to 1. */
function coordinates(s: number): { x: number; weight: number }[] {
  const reach = Math.min(1, 7 / Math.sqrt(s));
  const points = Array.from({ length: 400 }, (_, i) => {
    const x = (reach * (2 * i + 1 - 400)) / 400;
    return { x, weight: (1 - x * x) ** ((s - 3) / 2) };
  });
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ x, weight }) => ({ x, weight: weight / total }));
}

describe("lInfDenseRepresentation", () => {
  it.each([1, 2, 5])(
    "keeps a column unless all its coordinates are shrunk to 0: a group's share of ln P is an integral over one coordinate, r = %d",
    (r) => {
      const [s, p, tau] = [80, 120, 0.5];
      const signal = [
        { share: 0.25, norm: 1 },
        { share: 0.75, norm: 3 },
      ];
      const problem = problemOf({ dimension: p, support: s, tasks: 400, labeled: 4, rank: r, signal });
      const eps = 2.8 * tau;
      const kept = signal.map(({ norm }) => {
        const on = coordinates(s).reduce(
          (sum, { x, weight }) => sum + weight * Math.log(softThresholdMoments(norm * x, tau, eps).zero),
          0,
        );
        return -Math.expm1(s * on + (p - s) * Math.log(softThresholdMoments(0, tau, eps).zero));
      });
      const { survivingTasks, limit } = lInfDenseRepresentation(problem, methodOf(), eps);
      const expected = 400 * (0.25 * kept[0]! + 0.75 * kept[1]!);
      expect(kept[0]!).toBeLessThan(0.7);
      expect(Math.abs(survivingTasks / expected - 1)).toBeLessThan(2e-3);
      expect(limit).toBe(true);
    },
  );

  it("knows how much the squared length of a dense column varies: Var D / D^2, averaged over the groups", () => {
    const [s, tau, eps] = [100, 0.3, 0.5];
    const signal = [
      { share: 0.5, norm: 1 },
      { share: 0.5, norm: 5 },
    ];
    const expected = signal.reduce((sum, { norm }) => {
      let [length, variance] = [0, 0];
      for (const { x, weight } of coordinates(s)) {
        const { second, fourth } = softThresholdMoments(norm * x, tau, eps);
        length += s * weight * second;
        variance += s * weight * (fourth - second ** 2);
      }
      return sum + (0.5 * variance) / length ** 2;
    }, 0);
    const problem = problemOf({ dimension: s, tasks: 100, labeled: 1, noise: { sd: tau }, signal });
    const { lengthSpread } = lInfDenseRepresentation(problem, methodOf(), eps);
    expect(Math.abs(lengthSpread / expected - 1)).toBeLessThan(5e-3);
  });

  it("has the bias of the top eigenvector of diag(var) + m m^T for one direction, over the law of a coordinate", () => {
    for (const [s, norm] of [
      [100, 3],
      [400, 5],
    ] as const) {
      const [tau, eps] = [0.3, 0.4];
      const rows = coordinates(s).map(({ x, weight }) => {
        const { first, second } = softThresholdMoments(norm * x, tau, eps);
        return { x, weight, mean: first, noise: second - first ** 2 };
      });
      // l solves s E m^2 / (l - var) = 1.
      let [low, high] = [Math.max(...rows.map(({ noise }) => noise)), 100];
      for (let k = 0; k < 60; k++) {
        const l = (low + high) / 2;
        const value = rows.reduce(
          (sum, { weight, mean, noise }) => sum + (weight * mean ** 2) / (l - noise),
          0,
        );
        if (s * value > 1) low = l;
        else high = l;
      }
      let [inner, square] = [0, 0];
      for (const { x, weight, mean, noise } of rows) {
        inner += (weight * x * mean) / (low - noise);
        square += weight * (mean / (low - noise)) ** 2;
      }
      const expected = 1 - (s * inner ** 2) / square;
      const problem = problemOf({
        dimension: s,
        tasks: 1e9,
        labeled: 1,
        rank: 1,
        noise: { sd: tau },
        signal: [{ share: 1, norm }],
      });
      const { bias, sinTheta2, sinThetaMax } = lInfDenseRepresentation(problem, RAW, eps);
      expect(expected).toBeGreaterThan(0.01);
      expect(Math.abs(bias / expected - 1)).toBeLessThan(0.02);
      expect(sinTheta2 / bias).toBeCloseTo(1, 4);
      expect(sinThetaMax! ** 2).toBeCloseTo(sinTheta2, 9);
    }
  });

  it.each([null, 300])(
    "is standard training direction by direction as the radius vanishes, with strong and weak groups, s = %d",
    (support) => {
      const problem = problemOf({
        dimension: 400,
        support,
        tasks: 100,
        labeled: 100,
        signal: [
          { share: 0.25, norm: 4 },
          { share: 0.75, norm: 0.5 },
        ],
      });
      const limit = lInfDenseRepresentation(problem, RAW, 1e-6);
      const standard = spikeRepresentation(problem, RAW, 0);
      expect(limit.overlaps).toHaveLength(3);
      limit.overlaps.forEach(({ count, cos2 }, i) => {
        expect(count).toBeCloseTo(standard.overlaps[i]!.count, 12);
        expect(Math.abs((1 - cos2) / (1 - standard.overlaps[i]!.cos2) - 1)).toBeLessThan(0.03);
      });
      expect(Math.abs(limit.sinThetaMax! / standard.sinThetaMax! - 1)).toBeLessThan(0.03);
    },
  );

  it("has the largest angle of its mean plus a Gaussian matrix: the spread of A, and noise / sqrt(p - r) beyond the bias", () => {
    const [p, r] = [100, 2];
    const problem = problemOf({ dimension: p, tasks: 60, labeled: 20, signal: [{ share: 1, norm: 3 }] });
    const { overlaps, sinTheta2, sinThetaMax, bias } = lInfDenseRepresentation(problem, RAW, 0.3);
    // (cos^2(1 + d) - cos^2(1 - d)) / 2 d with d^2 = 2 (r - 1) kappa / T, times sqrt(r kappa / ((r + 2) T)).
    const spread = ((overlaps[2]!.cos2 - overlaps[0]!.cos2) / 2) * Math.sqrt(r / ((r + 2) * 2 * (r - 1)));
    const noise = (sinTheta2 - bias) / r;
    const scale = Math.hypot(spread, noise / Math.sqrt(p - r));
    expect(sinThetaMax).toBeCloseTo(Math.sqrt(sinTheta2 / r + SQRT_HALF_PI * scale), 4);
  });

  it("follows the direction along B where radii that hardly any row has carry a larger eigenvalue", () => {
    const problem = problemOf({
      dimension: 100,
      tasks: 1e6,
      labeled: 20,
      rank: 4,
      signal: [{ share: 1, norm: 0.5 }],
    });
    const { bias, sinTheta2, meanL1 } = lInfDenseRepresentation(problem, RAW, 1.5 / Math.sqrt(20));
    expect(bias).toBeLessThan(1.3);
    expect(Math.abs(sinTheta2 / bias - 1)).toBeLessThan(0.01);
    expect(meanL1).toBeGreaterThan(0);
  });

  it("is a frame of even rows that knows nothing where no column survives", () => {
    for (const rank of [1, 2]) {
      const problem = problemOf({ dimension: 100, tasks: 50, rank });
      const nothing = lInfDenseRepresentation(problem, methodOf(), 50);
      expect([nothing.sinTheta2, nothing.sinThetaMax, nothing.lengthSpread]).toEqual([rank, 1, 0]);
      if (rank === 1) expect(nothing.meanL1).toBeCloseTo(10, 9);
    }
  });
});
