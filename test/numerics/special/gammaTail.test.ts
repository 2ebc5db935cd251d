import { describe, expect, it } from "vitest";
import { chiSquareTail, gammaTail } from "../../../src/numerics/special/gammaTail.js";
import { integrate } from "../../../src/numerics/special/gaussLegendre.js";
import { logGamma } from "../../../src/numerics/special/logGamma.js";
import { normalCdf } from "../../../src/numerics/special/normal.js";

describe("gammaTail", () => {
  it("is exp(-x) for shape 1 and 2 Phi(-sqrt x) for one degree of freedom", () => {
    for (const x of [0.01, 0.5, 1, 3, 20]) {
      expect(gammaTail(1, x)).toBeCloseTo(Math.exp(-x), 13);
      expect(chiSquareTail(1, x)).toBeCloseTo(2 * normalCdf(-Math.sqrt(x)), 12);
    }
  });

  it.each([0.5, 2.5, 30, 400])("agrees with quadrature of the density, shape %d", (a) => {
    for (const z of [-2, -0.5, 0, 1, 3]) {
      const x = Math.max(0.2, a + z * Math.sqrt(a));
      let tail = 0;
      // In panels of one standard deviation.
      for (let i = 0; i < 40; i++) {
        const low = x + i * Math.sqrt(a);
        tail += integrate(
          (t) => Math.exp((a - 1) * Math.log(t) - t - logGamma(a)),
          low,
          low + Math.sqrt(a),
          24,
        );
      }
      expect(Math.abs(gammaTail(a, x) - tail)).toBeLessThan(1e-9);
    }
  });

  it("goes on smoothly where the normal approximation takes over", () => {
    for (const z of [-3, -1, 0, 1, 3]) {
      const at = (a: number): number => gammaTail(a, a + z * Math.sqrt(a));
      expect(Math.abs(at(5000.5) - at(4999.5))).toBeLessThan(2e-5);
    }
  });

  it("refuses what has no meaning", () => {
    expect(() => gammaTail(Number.NaN, 1)).toThrow(/a > 0/);
    expect(() => gammaTail(1, -1)).toThrow(/x >= 0/);
    expect(gammaTail(3, Infinity)).toBe(0);
    expect(gammaTail(3, 0)).toBe(1);
  });
});
