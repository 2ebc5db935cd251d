import { expect, test } from "vitest";
import { integrate } from "../../../src/numerics/special/gaussLegendre.js";
import { millsRatio, normalCdf, normalPdf, normalQuantile } from "../../../src/numerics/special/normal.js";

test("the distribution function is the integral of the density, and 1/2 at 0", () => {
  expect(normalCdf(0)).toBe(0.5);
  for (const x of [-3, -1, 0.5, 2]) {
    expect(Math.abs(normalCdf(x) - 0.5 - integrate(normalPdf, 0, x))).toBeLessThan(1e-15);
    expect(Math.abs(normalPdf(x) * Math.sqrt(2 * Math.PI) - Math.exp(-(x * x) / 2))).toBeLessThan(1e-15);
  }
});

test("Mills' ratio is the upper tail over the density, where both can be told", () => {
  expect(millsRatio(0)).toBeCloseTo(Math.sqrt(Math.PI / 2), 15);
  for (const x of [-3, -0.5, 0.7, 2, 10, 30]) {
    expect(Math.abs((millsRatio(x) * normalPdf(x)) / normalCdf(-x) - 1)).toBeLessThan(1e-12);
  }
});

test("Mills' ratio lies between x / (x^2 + 1) and 1 / x where the tail has vanished", () => {
  for (const x of [40, 1e3, 1e6]) {
    expect(millsRatio(x) * x).toBeLessThan(1);
    expect(millsRatio(x) * (x + 1 / x)).toBeGreaterThan(1 - 1e-15);
  }
});

test("the quantile inverts the distribution function to 1e-15, ends included", () => {
  for (const q of [1e-12, 0.025, 0.5, 0.9])
    expect(Math.abs(normalCdf(normalQuantile(q)) - q)).toBeLessThan(1e-15);
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
});
