import { describe, expect, it } from "vitest";
import { shapeStatistics } from "../../src/theory/shapeStatistics.js";

describe("shapeStatistics", () => {
  it("sees no bias and unit strength on a frame with rows of one length", () => {
    const n = 6;
    const data = new Float64Array(2 * n);
    for (let j = 0; j < n; j++) {
      data[2 * j] = Math.sqrt(2 / n) * Math.cos((Math.PI * j) / n);
      data[2 * j + 1] = Math.sqrt(2 / n) * Math.sin((Math.PI * j) / n);
    }
    const expected = [0, 2, 2, 0, 0, 2, 2, 0, 0, 2, 2, 0, n, n];
    shapeStatistics({ rows: n, cols: 2, data }).forEach((x, k) => {
      expect(x).toBeCloseTo(expected[k]!, 12);
    });
  });

  it("is the bias of a shrunk vector for r = 1: 1 - (sum b^(2+k))^2 / sum b^(2+2k), rows scaled to mean square 1", () => {
    const b = [0.6, 0.8 * 0.6, 0.8 * 0.8];
    const statistics = shapeStatistics({ rows: 3, cols: 1, data: Float64Array.from(b) });
    [1, 2, 4].forEach((power, k) => {
      const d = b.map((x) => (x * Math.sqrt(3)) ** power);
      const g = b.reduce((sum, x, j) => sum + x * x * d[j]!, 0);
      const p = b.reduce((sum, x, j) => sum + (x * d[j]!) ** 2, 0);
      expect(statistics[4 * k]).toBeCloseTo(1 - (g * g) / p, 12);
      expect(statistics[4 * k + 1]).toBeCloseTo(p, 12);
      expect(statistics[4 * k + 2]).toBeCloseTo(1 / p, 12);
      expect(statistics[4 * k + 3]).toBeCloseTo(statistics[4 * k]!, 12);
    });
  });
});
