import { describe, expect, it } from "vitest";
import { chiSquareTail } from "../../src/numerics/special/gammaTail.js";
import { gaussHermite } from "../../src/numerics/special/gaussHermite.js";
import { integrate } from "../../src/numerics/special/gaussLegendre.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
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

  it("finds the filter's edge however sharp it is: a signal of 50 standard deviations", () => {
    // The rest, chi-square with 20 degrees of freedom, has the density x^9 e^(-x/2) / (2^10 9!).
    const density = (x: number): number => (x ** 9 * Math.exp(-x / 2)) / (2 ** 10 * 362_880);
    const problem = problemOf({ dimension: 21, labeled: 1, signal: [{ share: 1, norm: 50 }] });
    for (const radius of [49.4, 50.3]) {
      const exact = integrate((x) => density(x) * normalCdf(50 - Math.sqrt(radius * radius - x)), 0, 90);
      const [group] = columnClasses(problem, methodOf(), radius);
      expect(Math.abs(group!.survival - exact)).toBeLessThan(1e-3);
    }
  });

  it("is the normal law of the one coordinate in one dimension, where a column has no noise off its mean", () => {
    for (const [norm, radius] of [
      [1, 0.7],
      [1, 2],
      [3, 1.5],
    ] as const) {
      const problem = problemOf({ dimension: 1, rank: 1, labeled: 1, signal: [{ share: 1, norm }] });
      const [group] = columnClasses(problem, methodOf({ aggregation: "raw" }), radius);
      // An edge without blur falls between two points: half of a step of 0.03 times the density, 0.4 at most, on each side.
      expect(Math.abs(group!.survival - normalCdf(norm - radius) - normalCdf(-norm - radius))).toBeLessThan(
        0.012,
      );
      expect(group!.classes.reduce((sum, g) => sum + g.share, 0)).toBeCloseTo(group!.survival, 12);
      for (const { noise } of group!.classes) expect(noise).toBe(0);
    }
  });

  it("filters nothing at a radius that vanishes, also of columns whose length is nearly all along their mean", () => {
    for (const norm of [0.1, 3]) {
      const problem = problemOf({ dimension: 2, labeled: 1, signal: [{ share: 1, norm }] });
      const [group] = columnClasses(problem, methodOf(), 1e-9);
      expect(group!.survival).toBeCloseTo(1, 4);
    }
  });

  it("has no survivors and no classes at a radius that no column reaches, in any number of dimensions", () => {
    for (const dimension of [1, 2, 400]) {
      const problem = problemOf({ dimension, rank: 1, labeled: 1 });
      for (const radius of [50, 1e6]) {
        expect(columnClasses(problem, methodOf(), radius)).toEqual([{ share: 1, survival: 0, classes: [] }]);
      }
    }
  });

  it("makes one class of the one point that survives", () => {
    // The last of the points of the noise along the mean, 6, gives the length 7.
    const problem = problemOf({ dimension: 1, rank: 1, labeled: 1 });
    const [group] = columnClasses(problem, methodOf({ aggregation: "raw" }), 6.98);
    expect(group!.classes).toHaveLength(1);
    expect(group!.classes[0]!.signal).toBeCloseTo((7 - 6.98) ** 2, 10);
    expect(group!.classes[0]!.share).toBe(group!.survival);
  });

  it("gives a column of no length no weight", () => {
    // In two dimensions the lowest of three points of the length off the mean is 0, and this norm cancels a point of the noise along it.
    const norm = -gaussHermite(12).nodes[5]!;
    const problem = problemOf({ dimension: 2, labeled: 1, signal: [{ share: 1, norm }] });
    const [group] = columnClasses(problem, methodOf(), 0);
    const [only] = group!.classes;
    for (const value of Object.values(only!)) expect(Number.isFinite(value)).toBe(true);
    // Signal and noise add up to length 1 of every column but that one.
    expect(only!.signal + 2 * only!.noise).toBeGreaterThan(0.9);
    expect(only!.signal + 2 * only!.noise).toBeLessThan(1);
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
    // Each holds a twelfth of them, up to one point of the quadrature.
    for (const { share } of group!.classes) {
      expect(Math.abs((12 * share) / group!.survival - 1)).toBeLessThan(0.25);
    }
    const noises = group!.classes.map((g) => g.noise);
    expect([...noises].sort((a, b) => a - b)).toEqual(noises);
  });
});
