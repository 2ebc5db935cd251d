import { describe, expect, it } from "vitest";
import { chiSquareTail } from "../../src/numerics/special/gammaTail.js";
import { gaussHermite } from "../../src/numerics/special/gaussHermite.js";
import { columnClasses } from "../../src/theory/columnClasses.js";
import { methodOf, problemOf } from "../helpers/problems.js";

/** P(||muhat|| > radius): given the noise along mu, the rest is a central chi-square with p - 1 degrees of freedom. */
function exactSurvival(p: number, norm: number, tau: number, radius: number): number {
  const { nodes, weights } = gaussHermite(60);
  return nodes.reduce((sum, g, i) => {
    const rest = (radius * radius - (norm + tau * g) ** 2) / (tau * tau);
    return sum + weights[i]! * chiSquareTail(p - 1, Math.max(0, rest));
  }, 0);
}

describe("columnClasses", () => {
  it("keeps the share of tasks that a noncentral chi-square law says, across the filter's edge", () => {
    for (const [p, norm, n] of [
      [50, 1, 20],
      [400, 1, 30],
      [400, 0.3, 5],
      [2000, 2, 100],
    ] as const) {
      const tau = 1 / Math.sqrt(n);
      const mean = Math.sqrt(norm * norm + tau * tau * p);
      const sd = Math.sqrt(2 * p * tau ** 4 + 4 * norm * norm * tau * tau) / (2 * mean);
      for (const z of [-4, -1, 0, 1, 3]) {
        const radius = mean + z * sd;
        const problem = problemOf({ dimension: p, tasks: 100, labeled: n, signal: [{ share: 1, norm }] });
        const [group] = columnClasses(problem, methodOf(), radius);
        expect(Math.abs(group!.survival - exactSurvival(p, norm, tau, radius))).toBeLessThan(2e-3);
      }
    }
  });

  it("gives unnormalised labelled means their exact signal, norm^2, and noise, tau^2", () => {
    const problem = problemOf({ dimension: 80, tasks: 10, labeled: 4, signal: [{ share: 1, norm: 1.5 }] });
    const [group] = columnClasses(problem, methodOf({ aggregation: "raw" }), 0);
    const [only] = group!.classes;
    expect(only!.share).toBeCloseTo(1, 10);
    expect(only!.signal).toBeCloseTo(2.25, 3);
    expect(only!.noise).toBeCloseTo(0.25, 4);
    expect(Math.abs(only!.covariance)).toBeLessThan(1e-2 * only!.signal * only!.noise);
    expect(Math.abs(only!.noiseVariance)).toBeLessThan(1e-3 * only!.noise ** 2);
  });

  it("makes unit columns: signal and noise of a normalised class add up to length 1", () => {
    const problem = problemOf({ dimension: 80, tasks: 10, labeled: 4 });
    const [group] = columnClasses(problem, methodOf(), 0);
    const [only] = group!.classes;
    // along^2 + off^2 = 1 with signal = along^2 - noise, noise = off^2 / (p - 1).
    expect(only!.signal + 80 * only!.noise).toBeCloseTo(1, 10);
    expect(only!.covariance).toBeLessThan(0);
    expect(only!.noiseVariance).toBeLessThan(0);
  });

  it("counts tasks as the draw does, by largest remainder", () => {
    const signal = [
      { share: 0.5, norm: 2 },
      { share: 0.5, norm: 1 },
    ];
    const groups = columnClasses(problemOf({ tasks: 7, signal }), methodOf(), 0);
    expect(groups.map((g) => g.share)).toEqual([4 / 7, 3 / 7]);
  });

  it("splits the unnormalised survivors of a filter by weight, without losing any", () => {
    const problem = problemOf({ dimension: 200, tasks: 50, labeled: 20 });
    const edge = Math.sqrt(1 + 200 / 20);
    const [group] = columnClasses(problem, methodOf({ aggregation: "raw" }), edge);
    expect(group!.classes.length).toBe(12);
    expect(group!.classes.reduce((sum, g) => sum + g.share, 0)).toBeCloseTo(group!.survival, 10);
    const noises = group!.classes.map((g) => g.noise);
    expect([...noises].sort((a, b) => a - b)).toEqual(noises);
  });
});
