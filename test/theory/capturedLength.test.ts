import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { capturedShares } from "../../src/theory/capturedLength.js";

describe("capturedShares", () => {
  it("is one point when all directions are captured alike", () => {
    expect(capturedShares([{ count: 3, cos2: 0.7 }])).toEqual([
      { weight: 1, share: expect.closeTo(0.7, 12) },
    ]);
  });

  it("keeps the mean, and the variance of a uniform direction", () => {
    for (const overlaps of [
      [
        { count: 1, cos2: 1 },
        { count: 1, cos2: 0 },
      ],
      [
        { count: 2, cos2: 0.9 },
        { count: 1, cos2: 0.5 },
      ],
      [
        { count: 1, cos2: 0.9 },
        { count: 1, cos2: 0.85 },
        { count: 1, cos2: 0.8 },
      ],
    ]) {
      const points = capturedShares(overlaps);
      const r = overlaps.reduce((sum, o) => sum + o.count, 0);
      const mean = overlaps.reduce((sum, o) => sum + (o.count * o.cos2) / r, 0);
      const square = overlaps.reduce((sum, o) => sum + o.count * o.cos2 ** 2, 0);
      const variance = (2 * (square - r * mean * mean)) / (r * (r + 2));
      expect(points.reduce((sum, x) => sum + x.weight, 0)).toBeCloseTo(1, 12);
      expect(points.reduce((sum, x) => sum + x.weight * x.share, 0)).toBeCloseTo(mean, 3);
      expect(points.reduce((sum, x) => sum + x.weight * (x.share - mean) ** 2, 0)).toBeCloseTo(variance, 3);
    }
  });

  it("has the exact mean and variance where two points carry a narrow law, however small the overlaps", () => {
    for (const scale of [1, 1e-2, 1e-4]) {
      const cos2 = [0.9, 0.85, 0.8].map((x) => scale * x);
      const points = capturedShares(cos2.map((x) => ({ count: 1, cos2: x })));
      const mean = 0.85 * scale;
      const variance = (2 * 2 * (0.05 * scale) ** 2) / 15;
      expect(points.reduce((sum, x) => sum + x.weight * x.share, 0) / mean).toBeCloseTo(1, 12);
      const spread = points.reduce((sum, x) => sum + x.weight * (x.share - mean) ** 2, 0);
      expect(spread / variance).toBeCloseTo(1, 9);
    }
  });

  it("never leaves the range of the overlaps, also where one of them outnumbers the other", () => {
    for (const [many, few] of [
      [0.8, 0.9],
      [0.9, 0.8],
      [0.3, 0.31],
    ] as const) {
      for (const { share } of capturedShares([
        { count: 9, cos2: many },
        { count: 1, cos2: few },
      ])) {
        expect(share).toBeGreaterThanOrEqual(Math.min(many, few));
        expect(share).toBeLessThanOrEqual(Math.max(many, few));
      }
    }
  });

  it("keeps the tails of a wide law, beyond 1.5 standard deviations on both sides", () => {
    const points = capturedShares([0.8, 0.5, 0.2].map((cos2) => ({ count: 1, cos2 })));
    const sd = Math.sqrt((2 * 0.18) / 15);
    const shares = points.map(({ share }) => share);
    expect(Math.min(...shares)).toBeLessThan(0.5 - 1.5 * sd);
    expect(Math.max(...shares)).toBeGreaterThan(0.5 + 1.5 * sd);
  });

  it("averages the captured length of a target in a plane of which one direction is missing: E|cos| = 2/pi", () => {
    const points = capturedShares([
      { count: 1, cos2: 1 },
      { count: 1, cos2: 0 },
    ]);
    const mean = points.reduce((sum, x) => sum + x.weight * Math.sqrt(x.share), 0);
    expect(mean).toBeCloseTo(2 / Math.PI, 2);
  });

  it("agrees with drawn directions for three unequal overlaps", () => {
    const cos2 = [0.95, 0.6, 0.1];
    const rng = keyedStream(["capturedLength test"]);
    const n = 20_000;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const g = cos2.map(() => rng.normal() ** 2);
      const share = g.reduce((total, x, k) => total + x * cos2[k]!, 0) / (g[0]! + g[1]! + g[2]!);
      sum += Math.sqrt(share) / n;
    }
    const points = capturedShares(cos2.map((x) => ({ count: 1, cos2: x })));
    const mean = points.reduce((total, x) => total + x.weight * Math.sqrt(x.share), 0);
    // Standard error 0.0012; the beta law is exact for two values and close for three.
    expect(Math.abs(mean - sum)).toBeLessThan(0.008);
  });
});
