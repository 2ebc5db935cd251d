import { describe, expect, it } from "vitest";
import { shownEstimate, shownValue } from "../../src/report/interval.js";
import { logLogSlope } from "../../src/report/logLogSlope.js";
import { fractionText, guideLine } from "../../src/report/slopeGuide.js";

describe("intervals and numbers", () => {
  it("the half-width is 1.96 Monte Carlo standard errors", () => {
    expect(shownEstimate({ mean: 3, mcse: 0.5, n: 9 })).toEqual({ mean: 3, half: 0.98, n: 9 });
  });

  it("a root's interval is the delta method's: it is the image of the interval to first order", () => {
    const mcse = 1e-5;
    const { mean, half } = shownEstimate({ mean: 0.3, mcse, n: 5 }, "sqrt");
    expect(mean).toBe(Math.sqrt(0.3));
    const image = (Math.sqrt(0.3 + 1.96 * mcse) - Math.sqrt(0.3 - 1.96 * mcse)) / 2;
    expect(Math.abs(half! / image - 1)).toBeLessThan(1e-6);
  });

  it("null, NaN and roots of negative numbers are null, never 0", () => {
    expect(shownEstimate({ mean: null, mcse: null, n: 0 }, "sqrt")).toEqual({ mean: null, half: null, n: 0 });
    expect(shownEstimate({ mean: Number.NaN, mcse: 1, n: 2 }).mean).toBeNull();
    expect(shownValue(-1, "sqrt")).toBeNull();
    expect(shownEstimate({ mean: 0, mcse: 0.1, n: 3 }, "sqrt")).toEqual({ mean: 0, half: null, n: 3 });
  });
});

describe("rates", () => {
  it("simple slopes read as fractions", () => {
    expect([-0.5, 1, -0.25, 0.123].map(fractionText)).toEqual(["\u22121/2", "1", "\u22121/4", "0.12"]);
  });

  it("an exact power law gives its exponent, with and without standard errors", () => {
    for (const se of [null, 0.01]) {
      const points = [1, 3, 7, 20].map((x) => ({ x, y: 5 * x ** -0.5, se }));
      const fit = logLogSlope(points);
      expect(fit.slope).toBeCloseTo(-0.5, 12);
      expect(Math.exp(fit.intercept)).toBeCloseTo(5, 10);
    }
  });

  it("the error of a weighted slope is that of two points by hand", () => {
    // log y has standard error 0.1 and 0.2: the slope's is sqrt(0.1^2 + 0.2^2) / log 4.
    const fit = logLogSlope([
      { x: 1, y: 10, se: 1 },
      { x: 4, y: 5, se: 1 },
    ]);
    expect(fit.se).toBeCloseTo(Math.hypot(0.1, 0.2) / Math.log(4), 12);
  });

  it("a precise point counts more than a vague one", () => {
    const at = (se: number): number =>
      logLogSlope([
        { x: 1, y: 1, se: 0.01 },
        { x: 10, y: 0.1, se: 0.001 },
        { x: 100, y: 1, se },
      ]).slope;
    expect(at(10)).toBeLessThan(-0.99);
    expect(at(0.001)).toBeGreaterThan(-0.1);
  });

  it("one x, zeros and NaN are refused", () => {
    const p = (x: number, y: number): { x: number; y: number; se: null } => ({ x, y, se: null });
    expect(() => logLogSlope([p(1, 2), p(1, 3)])).toThrow(/two different x/);
    expect(() => logLogSlope([p(1, 2), p(2, 0)])).toThrow(/positive/);
    expect(() => logLogSlope([p(1, 2), p(2, Number.NaN)])).toThrow(/positive/);
  });

  it("the slope guide has the slope that it says and stays below its curve", () => {
    const points = [1, 2, 4, 8].map((x, i) => ({ x, mean: x ** -0.5 * [1, 0.9, 1.1, 1][i]! }));
    const { x, y } = guideLine(points, -0.5);
    expect(Math.log(y[1]! / y[0]!) / Math.log(x[1]! / x[0]!)).toBeCloseTo(-0.5, 12);
    for (const p of points) expect(y[0]! * (p.x / x[0]!) ** -0.5).toBeLessThan(p.mean);
  });
});
