import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { expectedCosine } from "../../src/theory/expectedCosine.js";
import { truncatedCosine } from "../../src/theory/truncatedCosine.js";

describe("truncatedCosine", () => {
  it("is the expected cosine when nothing is cut off, in every dimension and at every signal", () => {
    for (const k of [1, 2, 3, 5, 10, 40]) {
      for (const rho of [0, 0.3, 2, 8.4, 8.6, 40, 1e5]) {
        const { alive, cosine, cosine2 } = truncatedCosine(k, rho, 0);
        expect(alive).toBeCloseTo(1, 9);
        expect(Math.abs(cosine - expectedCosine(k, rho))).toBeLessThan(k > 10 ? 1e-5 : 1e-9);
        expect(cosine2).toBeGreaterThanOrEqual(cosine ** 2 - 1e-9);
        if (rho === 0) expect(cosine2).toBeCloseTo(1 / k, 5);
      }
    }
  });

  it.each([
    [1, 0.7, 1.1],
    [2, 1.5, 1],
    [2, 3, 4],
    [3, 2, 2.5],
    [6, 1, 3],
  ])("has the averages of drawn observations, k = %d, rho = %d, threshold %d", (k, rho, threshold) => {
    const rng = keyedStream(["truncatedCosine", k, rho]);
    const n = 40_000;
    const sums = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const y = Array.from({ length: k }, (_, j) => rng.normal() + (j === 0 ? rho : 0));
      const length = Math.hypot(...y);
      if (length <= threshold) continue;
      [1, y[0]! / length, (y[0]! / length) ** 2].forEach((x, j) => {
        sums[j] = sums[j]! + x / n;
      });
    }
    const { alive, cosine, cosine2 } = truncatedCosine(k, rho, threshold);
    // Each term lies in [-1, 1]: five standard errors are at most 5 / sqrt(n) = 0.025 (0.0125 for those in [0, 1]), false alarm below 1e-6 each.
    expect(Math.abs(alive - sums[0]!)).toBeLessThan(0.0125);
    expect(Math.abs(cosine - sums[1]!)).toBeLessThan(0.025);
    expect(Math.abs(cosine2 - sums[2]!)).toBeLessThan(0.0125);
  });

  it("falls with the threshold to nothing, and never overflows", () => {
    for (const k of [1, 2, 7, 30]) {
      let before = 1;
      for (const threshold of [0.5, 2, 5, 9, 14, 30]) {
        const { alive, cosine } = truncatedCosine(k, 4, threshold);
        expect(alive).toBeLessThanOrEqual(before);
        expect(Math.abs(cosine)).toBeLessThanOrEqual(alive);
        before = alive;
      }
      expect(before).toBeLessThan(1e-30);
      const far = truncatedCosine(k, 1e8, 1e8 - 3);
      expect(far.alive).toBeCloseTo(0.99865, 4);
    }
  });
});
