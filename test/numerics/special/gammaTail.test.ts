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
    expect(() => gammaTail(0, 1)).toThrow(/a > 0/);
    expect(() => chiSquareTail(0, 1)).toThrow(/a > 0/);
    expect(() => chiSquareTail(3, Number.NaN)).toThrow(/x >= 0/);
    expect(() => gammaTail(1, -1)).toThrow(/x >= 0/);
    expect(gammaTail(3, Infinity)).toBe(0);
    for (const a of [1e-3, 3, 5000, 1e6]) expect(gammaTail(a, 0)).toBe(1);
    // A chi-square variable is never negative.
    for (const x of [-Infinity, -1, 0]) expect(chiSquareTail(3, x)).toBe(1);
  });

  it("is a finite sum for whole shapes: exp(-x) (1 + x + ... + x^(a-1) / (a-1)!), below, at and above a + 1", () => {
    for (const a of [1, 2, 3, 7, 12]) {
      for (const x of [1e-3, 0.5 * a, a - 0.5, a, a + 1, a + 1.5, 2 * a, 6 * a]) {
        let term = Math.exp(-x);
        let sum = 0;
        for (let k = 0; k < a; k++) {
          sum += term;
          term *= x / (k + 1);
        }
        expect(Math.abs(gammaTail(a, x) / sum - 1)).toBeLessThan(2e-13);
      }
    }
  });

  it("is exact up to shape 5000 included, and no slower however large the shape", () => {
    for (const z of [-1.5, 0.3, 2]) {
      const x = 5000 + z * Math.sqrt(5000);
      // The normal approximation is off by more than 1e-8 there.
      expect(Math.abs(gammaTail(5000, x) - gammaTail(5000 - 1e-7, x))).toBeLessThan(1.5e-9);
    }
    // One third of the skewness 2 / sqrt a, times phi(0): the median is a - 1/3.
    expect(gammaTail(1e10, 1e10)).toBeCloseTo(0.5 - 1 / (3 * Math.sqrt(2 * Math.PI * 1e10)), 8);
  });
});
