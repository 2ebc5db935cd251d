import { describe, expect, it } from "vitest";
import { studentQuantile, studentTail } from "../../../src/claims/statistics/studentT.js";
import { normalCdf } from "../../../src/numerics/special/normal.js";

/** The tail by Simpson's rule on the density, with s = tan(angle) from atan(t) to pi/2: an oracle without the beta function. */
function tailByIntegral(t: number, dof: number): number {
  const weight = (angle: number): number => Math.cos(angle) ** (dof - 1);
  const simpson = (low: number, high: number): number => {
    const panels = 20_000;
    const h = (high - low) / panels;
    let sum = weight(low) + weight(high);
    for (let i = 1; i < panels; i++) sum += (i % 2 === 1 ? 4 : 2) * weight(low + i * h);
    return (sum * h) / 3;
  };
  return simpson(Math.atan(t / Math.sqrt(dof)), Math.PI / 2) / simpson(-Math.PI / 2, Math.PI / 2);
}

describe("Student's t", () => {
  it.each([
    [1, 1],
    [0.3, 5],
    [2.262, 9],
    [4, 12],
    [1.5, 40],
    [6, 30],
    [-0.7, 7],
  ])("tail at t = %d with %d degrees of freedom is the integral of the density", (t, dof) => {
    expect(studentTail(t, dof)).toBeCloseTo(tailByIntegral(t, dof), 10);
  });

  it("with one degree of freedom it is Cauchy's law, also far out", () => {
    expect(studentTail(1e6, 1) / (1 / (Math.PI * 1e6))).toBeCloseTo(1, 9);
    expect(studentTail(1, 1)).toBeCloseTo(0.25, 14);
  });

  it("with many degrees of freedom it is normal, and symmetric with any", () => {
    expect(studentTail(3, Infinity)).toBe(normalCdf(-3));
    expect(studentTail(3, 1e5)).toBeCloseTo(normalCdf(-3), 6);
    expect(studentTail(0, 3)).toBe(0.5);
    expect(studentTail(1.3, 4) + studentTail(-1.3, 4)).toBeCloseTo(1, 14);
  });

  it("the quantile is the inverse of the tail", () => {
    for (const dof of [1, 2.5, 8, 100, Infinity])
      for (const tail of [0.4, 0.025, 1e-4, 1e-8])
        expect(studentTail(studentQuantile(tail, dof), dof) / tail).toBeCloseTo(1, 8);
  });

  it("an infinite statistic has no tail, and NaN stays NaN", () => {
    expect(studentTail(Infinity, 3)).toBe(0);
    expect(studentTail(Number.NaN, 3)).toBeNaN();
  });
});
