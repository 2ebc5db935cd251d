import { describe, expect, it } from "vitest";
import { minimize } from "../../src/numerics/minimize.js";

describe("minimize", () => {
  it("finds the minimum of a parabola wherever it is", () => {
    for (const centre of [0.001, 0.3, 0.77, 0.9999]) {
      const { x, value, converged } = minimize((t) => (t - centre) ** 2, 0, 1);
      expect(Math.abs(x - centre)).toBeLessThan(1e-5);
      expect(value).toBeLessThan(1e-10);
      expect(converged).toBe(true);
    }
  });

  it("finds the deeper of two valleys and a minimum at an end", () => {
    const two = (t: number): number => Math.min((t - 0.2) ** 2 + 0.1, (t - 0.8) ** 2);
    expect(minimize(two, 0, 1).x).toBeCloseTo(0.8, 4);
    expect(minimize((t) => t, 2, 5).x).toBe(2);
    expect(minimize((t) => -t, 2, 5).x).toBe(5);
  });

  it("stops on NaN instead of returning a number", () => {
    expect(() => minimize(() => Number.NaN, 0, 1)).toThrow(/NaN/);
  });
});
