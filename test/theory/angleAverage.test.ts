import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { angleRule, averageOverAngle } from "../../src/theory/angleAverage.js";
import { expectedCosine } from "../../src/theory/expectedCosine.js";

describe("averageOverAngle", () => {
  it("gives the expected cosine in every dimension and at every signal", () => {
    for (const k of [1, 2, 3, 4, 9, 10, 30, 1000, 1e6, 1e9]) {
      for (const rho of [0.05, 0.5, 2, 5.9, 6.1, 40, 1e4]) {
        const mean = averageOverAngle(angleRule(k, rho), (cosine) => cosine);
        expect(Math.abs(mean - expectedCosine(k, rho))).toBeLessThan(1e-6);
      }
    }
  });

  it("has E cos^2 = 1/k without signal, and total weight 1", () => {
    for (const k of [1, 2, 3, 6, 50]) {
      expect(averageOverAngle(angleRule(k, 0), (cosine) => cosine * cosine)).toBeCloseTo(1 / k, 6);
      expect(averageOverAngle(angleRule(k, 1.3), () => 1)).toBeCloseTo(1, 12);
    }
  });

  it("averages Phi, which is not Phi of the average", () => {
    const error = averageOverAngle(angleRule(3, 1), (cosine) => normalCdf(-2 * cosine));
    expect(error - normalCdf(-2 * expectedCosine(3, 1))).toBeGreaterThan(0.02);
  });
});
