import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../src/numerics/small.js";
import { unitVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { taskPoints } from "../../src/theory/finiteTasks.js";

/** Mean of delta^k over the points. */
function moment(points: ReturnType<typeof taskPoints>, k: number): number {
  return points.reduce((sum, point) => sum + point.weight * (point.signalFactor - 1) ** k, 0);
}

describe("taskPoints", () => {
  it("have the mean 1, the variance (r - 1) kappa / T and the fourth moment 2 (variance)^2 of the eigenvalues of A A^T", () => {
    for (const [r, tasks, kappa] of [
      [2, 100, 1],
      [4, 300, 1.7],
    ] as const) {
      const points = taskPoints(r, tasks, kappa, 0);
      const variance = ((r - 1) * kappa) / tasks;
      expect(moment(points, 0)).toBeCloseTo(1, 12);
      expect(moment(points, 1)).toBeCloseTo(0, 12);
      expect(moment(points, 2)).toBeCloseTo(variance, 12);
      expect(moment(points, 4)).toBeCloseTo(2 * variance ** 2, 12);
    }
  });

  it("are those of drawn task vectors", () => {
    const [r, tasks, n] = [3, 100, 1500];
    const rng = keyedStream(["taskPoints"]);
    let second = 0;
    for (let i = 0; i < n; i++) {
      const data = new Float64Array(r * r);
      for (let t = 0; t < tasks; t++) {
        const u = unitVector(rng, r);
        for (let a = 0; a < r; a++)
          for (let b = 0; b < r; b++) data[a * r + b]! += (r * u[a]! * u[b]!) / tasks;
      }
      for (const value of symmetricEigen({ rows: r, cols: r, data }).values)
        second += (value - 1) ** 2 / (n * r);
    }
    // tr E^2 is a sum of five squares, relative standard deviation sqrt(2/5): five standard errors are 8 %, false alarm below 1e-6.
    expect(Math.abs(second / moment(taskPoints(r, tasks, 1, 0), 2) - 1)).toBeLessThan(0.08);
  });

  it("are one point for r = 1, and spread the number of columns by its standard deviation", () => {
    expect(taskPoints(1, 50, 2, 0)).toEqual([{ weight: 1, signalFactor: 1, countFactor: 1 }]);
    const points = taskPoints(2, 50, 1, 0.2);
    const mean = points.reduce((sum, point) => sum + point.weight * point.countFactor, 0);
    const square = points.reduce((sum, point) => sum + point.weight * (point.countFactor - mean) ** 2, 0);
    expect(mean).toBeCloseTo(1, 12);
    expect(Math.sqrt(square)).toBeCloseTo(0.2, 12);
  });
});
