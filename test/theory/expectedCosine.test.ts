import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { integrate } from "../../src/numerics/special/gaussLegendre.js";
import { logGamma } from "../../src/numerics/special/logGamma.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { expectedCosine, expectedCosineDeficit } from "../../src/theory/expectedCosine.js";

/** Kummer's series, with all terms positive: 1F1(1/2; b; -x) = exp(-x) 1F1(b - 1/2; b; x). */
function kummerForm(k: number, rho: number): number {
  const x = (rho * rho) / 2;
  const b = k / 2 + 1;
  let term = 1;
  let sum = 1;
  for (let j = 0; j < 4000; j++) {
    term *= ((b - 0.5 + j) * x) / ((b + j) * (j + 1));
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return (rho / Math.SQRT2) * Math.exp(logGamma((k + 1) / 2) - logGamma(b) - x) * sum;
}

describe("expectedCosine", () => {
  it.each([1, 2, 3, 7, 40, 300, 2000])("is the Kummer form of the expectation, k = %i", (k) => {
    for (const rho of [0.01, 0.3, 1, 2.5, 8, 25]) {
      expect(Math.abs(expectedCosine(k, rho) / kummerForm(k, rho) - 1)).toBeLessThan(1e-10);
    }
  });

  it("is the average over the law of the angle at k = 3", () => {
    // Density of cos on the sphere: int R^2 exp(-(R^2 - 2 R rho c + rho^2)/2) dR, up to its norm.
    for (const rho of [0.2, 1, 4]) {
      const density = (c: number): number =>
        integrate((R) => R * R * Math.exp(-(R * R - 2 * R * rho * c + rho * rho) / 2), 0, rho + 9, 64);
      const mean = integrate((c) => c * density(c), -1, 1, 96) / integrate(density, -1, 1, 96);
      expect(expectedCosine(3, rho)).toBeCloseTo(mean, 10);
    }
  });

  it("has its limits: 0 without signal, 2 Phi(rho) - 1 in one dimension, rho / sqrt(k + rho^2) in many, 1 for strong signal", () => {
    expect(expectedCosine(5, 0)).toBe(0);
    expect(expectedCosine(5, Infinity)).toBe(1);
    for (const rho of [0.1, 1, 3, 6.349])
      expect(expectedCosine(1, rho)).toBeCloseTo(2 * normalCdf(rho) - 1, 13);
    for (const rho of [1, 1e3, 1e5, 1e6]) {
      expect(Math.abs(expectedCosine(1e9, rho) / (rho / Math.sqrt(1e9 + rho * rho)) - 1)).toBeLessThan(1e-8);
    }
    expect(expectedCosine(20, 1e6)).toBeGreaterThan(1 - 1e-10);
  });

  it("never leaves [0, 1], grows with rho and falls with k", () => {
    const k = fc.double({ min: 0, max: 9, noNaN: true }).map((x) => Math.floor(10 ** x));
    const rho = fc.double({ min: -4, max: 6, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(k, rho, (dimension, snr) => {
        const value = expectedCosine(dimension, snr);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(expectedCosine(dimension, 1.01 * snr)).toBeGreaterThanOrEqual(value - 1e-13);
        expect(expectedCosine(dimension + 1, snr)).toBeLessThanOrEqual(value + 1e-13);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("keeps the digits of 1 - K where K rounds to 1", () => {
    for (const k of [2, 3, 10]) {
      const deficit = expectedCosineDeficit(k, 1e5);
      expect(Math.abs((deficit * 2e10) / (k - 1) - 1)).toBeLessThan(1e-6);
      expect(expectedCosineDeficit(k, 14.001)).toBeCloseTo(1 - expectedCosine(k, 14.001), 12);
    }
  });

  it("is 1 - K on both sides of where it takes over, and where a strong signal is far from enough", () => {
    for (const [k, rho] of [
      [4, 13.9],
      [4, 14.1],
      [1e4, 20],
      [1e9, 50],
      [1e9, 1e4],
    ] as const) {
      expect(expectedCosineDeficit(k, rho)).toBeCloseTo(1 - expectedCosine(k, rho), 12);
    }
    expect(expectedCosineDeficit(5, Infinity)).toBe(0);
    expect(expectedCosineDeficit(1, 20)).toBeCloseTo(0, 15);
  });

  it("refuses what has no meaning", () => {
    expect(() => expectedCosine(0, 1)).toThrow(/k must be/);
    expect(() => expectedCosine(Infinity, 1)).toThrow(/k must be/);
    expect(() => expectedCosine(2, Number.NaN)).toThrow(/rho must be/);
  });
});
