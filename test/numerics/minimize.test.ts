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

  /** Every point and value that f is asked for. */
  function watched(f: (x: number) => number): { f: (x: number) => number; seen: [number, number][] } {
    const seen: [number, number][] = [];
    return {
      f: (x) => {
        seen.push([x, f(x)]);
        return f(x);
      },
      seen,
    };
  }

  it("takes the scan, two points, and one for each factor 0.618 from two cells down to the tolerance", () => {
    for (const [low, high] of [
      [0, 1],
      [2, 5],
      [-7, 3],
      [-1e-3, 0],
    ] as const) {
      for (const [tolerance, scan] of [
        [1e-6, 32],
        [1e-2, 8],
        [1e-9, 5],
      ] as const) {
        const { f, seen } = watched((x) => (x - low - 0.37 * (high - low)) ** 2);
        const { evaluations, converged } = minimize(f, low, high, { tolerance, scan });
        const sections = Math.ceil(Math.log(tolerance / (2 / scan)) / Math.log((Math.sqrt(5) - 1) / 2));
        expect(evaluations).toBe(scan + 1 + 2 + sections);
        expect(seen.length).toBe(evaluations);
        expect(converged).toBe(true);
      }
    }
  });

  it("returns the best of all points that it has seen, however rough the tolerance", () => {
    for (let i = 1; i < 40; i++) {
      for (const tolerance of [0.06, 0.03, 1e-3]) {
        const { f, seen } = watched((x) => Math.abs(x - i / 41.3) ** 1.5);
        const { x, value } = minimize(f, 0, 1, { tolerance });
        expect(value).toBe(Math.min(...seen.map(([, y]) => y)));
        expect(f(x)).toBe(value);
      }
    }
  });

  it("returns the first point of a plateau", () => {
    expect(minimize(() => 3, -1, 1)).toMatchObject({ x: -1, value: 3, converged: true });
  });

  it("is content with a cell that is exactly as long as the tolerance", () => {
    // Two cells of 1/32.
    const found = minimize((x) => (x - 0.5) ** 2, 0, 1, { tolerance: 1 / 16 });
    expect(found).toEqual({ x: 0.5, value: 0, converged: true, evaluations: 35 });
  });

  it("gives up after 500 evaluations, and says so", () => {
    const found = minimize((x) => (x - 0.3) ** 2, 0, 1, { tolerance: 0 });
    expect([found.converged, found.evaluations]).toEqual([false, 500]);
    expect(found.x).toBeCloseTo(0.3, 7);
  });
});
