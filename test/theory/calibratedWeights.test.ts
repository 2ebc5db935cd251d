import { describe, expect, it } from "vitest";
import { calibratedWeights } from "../../src/theory/calibratedWeights.js";

const sum = (xs: Iterable<number>): number => [...xs].reduce((a, b) => a + b, 0);

/** sum_k w_k f_k. */
const weightedMean = (weights: Float64Array, features: readonly (readonly number[])[]): number[] =>
  features[0]!.map((_, a) => sum(features.map((f, k) => weights[k]! * f[a]!)));

describe("calibratedWeights", () => {
  it("is 1/K + target / K for the feature +1, -1, short of the ridge: one regressor in closed form", () => {
    const [up, down] = calibratedWeights([[1], [-1]], [0.2]);
    expect(up).toBeCloseTo((1 + 0.2 / (1 + 1e-4)) / 2, 12);
    expect(down).toBeCloseTo((1 - 0.2 / (1 + 1e-4)) / 2, 12);
  });

  it("is the regression estimator of orthogonal features: each closes its own gap", () => {
    const features = [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ];
    const weights = calibratedWeights(features, [0.3, -0.1]);
    features.forEach(([a, b], k) => {
      expect(weights[k]).toBeCloseTo((1 + (0.3 * a! - 0.1 * b!) / (1 + 1e-4)) / 4, 12);
    });
  });

  it("is 1/K + (target - mean)^T Cov^-1 (f - mean) / K for two dependent features, by Cramer's rule", () => {
    const features = [
      [0, 0],
      [1, 2],
      [2, 1],
      [3, 5],
      [4, 4],
    ];
    const target = [2.5, 2];
    const n = features.length;
    const mean = [0, 1].map((a) => sum(features.map((f) => f[a]!)) / n);
    const covariance = (a: number, b: number): number =>
      sum(features.map((f) => (f[a]! - mean[a]!) * (f[b]! - mean[b]!))) / n;
    // The ridge is a share of each feature's variance.
    const [xx, yy, xy] = [covariance(0, 0) * (1 + 1e-4), covariance(1, 1) * (1 + 1e-4), covariance(0, 1)];
    const gap = [target[0]! - mean[0]!, target[1]! - mean[1]!] as const;
    const determinant = xx * yy - xy * xy;
    const slope = [(yy * gap[0] - xy * gap[1]) / determinant, (xx * gap[1] - xy * gap[0]) / determinant];
    const weights = calibratedWeights(features, target);
    features.forEach((f, k) => {
      const lift = slope[0]! * (f[0]! - mean[0]!) + slope[1]! * (f[1]! - mean[1]!);
      expect(weights[k]).toBeCloseTo((1 + lift) / n, 12);
    });
  });

  it("reproduces the target means of three features, to the ridge, with weights that sum to 1", () => {
    const features = [
      [1, 40, 0.3],
      [2, 10, 0.1],
      [4, 20, 0.9],
      [3, 50, 0.2],
      [7, 30, 0.4],
      [5, 60, 0.8],
      [6, 25, 0.5],
    ];
    const target = [4.5, 30, 0.5];
    const weights = calibratedWeights(features, target);
    expect(sum(weights)).toBeCloseTo(1, 12);
    weightedMean(weights, features).forEach((x, a) => {
      expect(Math.abs(x / target[a]! - 1)).toBeLessThan(2e-4);
    });
  });

  it("leaves the weights at 1/K where the target is the mean already", () => {
    const weights = calibratedWeights(
      [
        [1, 5],
        [2, 1],
        [6, 3],
      ],
      [3, 3],
    );
    for (const weight of weights) expect(weight).toBeCloseTo(1 / 3, 14);
  });

  it("does not see units or zeros of the features", () => {
    const features = [
      [1, 4],
      [2, 1],
      [4, 2],
      [3, 6],
    ];
    const scaled = features.map(([a, b]) => [1e6 * a! - 3e6, 1e-6 * b! + 5e-6]);
    const weights = calibratedWeights(features, [2.2, 3.5]);
    calibratedWeights(scaled, [2.2e6 - 3e6, 8.5e-6]).forEach((w, k) => {
      expect(w).toBeCloseTo(weights[k]!, 11);
    });
  });

  it("ignores a feature that does not vary, even one of which rounding leaves a little, whatever its target", () => {
    const varying = [[1], [2], [4], [3]];
    const weights = calibratedWeights(varying, [2.2]);
    for (const [value, target] of [
      [0, 1],
      [7, 0],
      [7, -20],
      [1e-8, 1],
      [1e8, 3],
    ] as const) {
      const features = varying.map(([x], k) => [x!, value * (1 + k * Number.EPSILON)]);
      expect(calibratedWeights(features, [2.2, target])).toEqual(weights);
      const first = features.map(([x, y]) => [y!, x!]);
      expect(calibratedWeights(first, [target, 2.2])).toEqual(weights);
    }
  });

  it("stays finite for two features that are the same: they share the slope of one", () => {
    const weights = calibratedWeights(
      [
        [1, 1],
        [2, 2],
        [4, 4],
        [3, 3],
      ],
      [2.2, 2.2],
    );
    calibratedWeights([[1], [2], [4], [3]], [2.2]).forEach((w, k) => {
      expect(Math.abs(weights[k]! - w)).toBeLessThan(1e-4);
    });
  });
});
