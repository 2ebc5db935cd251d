import { describe, expect, it } from "vitest";
import { supportDesign } from "../../src/theory/supportDesign.js";

describe("supportDesign", () => {
  it("makes a support design whose frames are orthonormal, with weights near 1/K that sum to 1 and exact means of statistics", () => {
    for (const [s, r] of [
      [10, 2],
      [5, 1],
      [30, 3],
      [4, 4],
    ] as const) {
      const { frames, weights } = supportDesign(s, r, 12);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      weights.forEach((w) => {
        expect(w).toBeGreaterThan(0.2 / 12);
        expect(w).toBeLessThan(2.5 / 12);
      });
      const length = frames[3]!.data.reduce((sum, x) => sum + x * x, 0);
      expect(length).toBeCloseTo(r, 12);
      // Sum of beta_j^4 of Haar rows: s (r/s) ((r + 2)/(s + 2)), to the error of 1500 frames.
      const fourth = frames.reduce((sum, frame, i) => {
        let here = 0;
        for (let j = 0; j < s; j++) {
          let beta2 = 0;
          for (let a = 0; a < r; a++) beta2 += frame.data[j * r + a]! ** 2;
          here += beta2 ** 2;
        }
        return sum + weights[i]! * here;
      }, 0);
      if (s > r) expect(Math.abs(fourth / ((r * (r + 2)) / (s + 2)) - 1)).toBeLessThan(0.03);
    }
  });
});
