import { describe, expect, it } from "vitest";
import { cell600Lines } from "../../src/theory/cell600.js";

describe("cell600Lines", () => {
  const { rows, cols, data } = cell600Lines();
  const lines = Array.from({ length: rows }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);

  it("are 60 lines of R^4 through 120 points of the unit sphere, all different", () => {
    expect([rows, cols, data.length]).toEqual([60, 4, 240]);
    for (const x of lines) expect(Math.hypot(...x)).toBeCloseTo(1, 14);
    lines.forEach((x, i) => {
      for (const y of lines.slice(0, i)) {
        const inner = Math.abs(x.reduce((sum, value, k) => sum + value * y[k]!, 0));
        // Angles between vertices of the 600-cell: multiples of 36 degrees, 60 and 90.
        const allowed = [0, 0.5, (Math.sqrt(5) + 1) / 4, (Math.sqrt(5) - 1) / 4];
        expect(Math.min(...allowed.map((a) => Math.abs(a - inner)))).toBeLessThan(1e-12);
      }
    });
  });

  it("integrate even polynomials to degree 10 exactly: E u_1^k = (k - 1)!! / (4 6 .. (k + 2))", () => {
    for (const v of [
      [1, 0, 0, 0],
      [0.1, 0.7, -0.5, 0.5],
      [0.3, -0.2, 0.9, 0.1],
    ]) {
      const length = Math.hypot(...v);
      let expected = 1;
      for (const k of [2, 4, 6, 8, 10]) {
        expected *= (k - 1) / (k + 2);
        const mean = lines.reduce(
          (sum, x) => sum + (x.reduce((inner, value, a) => inner + value * v[a]!, 0) / length) ** k / 60,
          0,
        );
        expect(mean).toBeCloseTo(expected, 12);
      }
    }
  });
});
