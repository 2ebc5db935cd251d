import { describe, expect, it } from "vitest";
import { integrate } from "../../src/numerics/special/gaussLegendre.js";
import { normalPdf } from "../../src/numerics/special/normal.js";
import { softThresholdMoments } from "../../src/theory/softThresholdMoments.js";
import { softThresholdTable } from "../../src/theory/softThresholdTable.js";

const CASES: readonly (readonly [number, number, number])[] = [
  [0, 1, 0],
  [0, 1, 1.5],
  [0.7, 0.5, 1],
  [-2, 0.3, 1],
  [1.1, 0.2, 1],
  [3, 1, 0.4],
];

function moment(k: number, x: number, tau: number, eps: number): number {
  const above = (eps - x) / tau;
  const below = (-eps - x) / tau;
  const f = (z: number): number => {
    const value = x + tau * z;
    return (Math.sign(value) * Math.max(0, Math.abs(value) - eps)) ** k * normalPdf(z);
  };
  const reach = 12;
  const upper = above < reach ? integrate(f, Math.max(above, -reach), reach, 200) : 0;
  const lower = below > -reach ? integrate(f, -reach, Math.min(below, reach), 200) : 0;
  return upper + lower;
}

describe("softThresholdMoments", () => {
  it.each(CASES)("agree with quadrature at x = %d, tau = %d, eps = %d", (x, tau, eps) => {
    const m = softThresholdMoments(x, tau, eps);
    expect(m.first).toBeCloseTo(moment(1, x, tau, eps), 11);
    expect(m.second).toBeCloseTo(moment(2, x, tau, eps), 11);
    expect(m.third).toBeCloseTo(moment(3, x, tau, eps), 10);
    expect(m.fourth).toBeCloseTo(moment(4, x, tau, eps), 10);
  });

  it("leave the Gaussian alone at eps = 0, and nothing of it at a far threshold", () => {
    const plain = softThresholdMoments(0.5, 2, 0);
    expect(plain.first).toBeCloseTo(0.5, 13);
    expect(plain.second).toBeCloseTo(4.25, 12);
    expect(plain.zero).toBe(0);
    const far = softThresholdMoments(0.5, 0.01, 10);
    expect([far.first, far.second, far.fourth, far.zero]).toEqual([0, 0, 0, 1]);
  });
});

describe("softThresholdTable", () => {
  it("interpolates the moments, odd ones with their sign", () => {
    const table = softThresholdTable(0.3, 0.5, 4);
    const out = new Float64Array(10);
    for (const x of [0, 0.01, 0.333, 0.9, 2.2, 3.99]) {
      table.at(-x, out, 1);
      const m = softThresholdMoments(x, 0.3, 0.5);
      expect(out[5]).toBeCloseTo(-m.first, 3);
      expect(out[6]).toBeCloseTo(m.second, 3);
      expect(out[7]).toBeCloseTo(-(m.third - m.first * m.second), 3);
      expect(out[8]).toBeCloseTo(m.fourth - m.second ** 2, 2);
    }
  });
});
