import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/numerics/matrix.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { cell600Lines } from "../../src/theory/cell600.js";
import { shapeStatistics } from "../../src/theory/shapeStatistics.js";
import { sphereDesign } from "../../src/theory/sphereDesign.js";
import { supportDesign } from "../../src/theory/supportDesign.js";

/** E u_1^k of a unit vector of R^r: (k-1)!! / (r (r+2) .. (r+k-2)). */
function moment(r: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i += 2) value *= (i + 1) / (r + i);
  return value;
}

/** The mean of <u, v>^k over the rows u. */
function average(m: Matrix, v: ArrayLike<number>, k: number): number {
  let sum = 0;
  for (let i = 0; i < m.rows; i++) {
    let inner = 0;
    for (let a = 0; a < m.cols; a++) inner += m.data[i * m.cols + a]! * v[a]!;
    sum += inner ** k / m.rows;
  }
  return sum;
}

function directions(r: number): Float64Array[] {
  const rng = keyedStream(["lInfDesigns", r]);
  return Array.from({ length: 5 }, () => {
    const x = normalVector(rng, r);
    const length = Math.hypot(...x);
    return x.map((value) => value / length);
  });
}

describe("sphereDesign", () => {
  it("integrates even polynomials: to degree 18 on the circle, 10 on the 600-cell, 2 everywhere", () => {
    for (const v of directions(2)) {
      for (const k of [2, 10, 18]) expect(average(sphereDesign([1, 1]), v, k)).toBeCloseTo(moment(2, k), 12);
    }
    for (const v of directions(4)) {
      for (const k of [2, 4, 6, 8, 10]) {
        expect(average(sphereDesign([1, 1, 1, 1]), v, k)).toBeCloseTo(moment(4, k), 12);
      }
    }
    for (const r of [1, 2, 3, 4, 5, 7]) {
      const design = sphereDesign(new Array<number>(r).fill(1));
      for (const v of directions(r)) {
        expect(average(design, v, 2)).toBeCloseTo(1 / r, 9);
        expect(Math.abs(average(design, v, 4) / moment(r, 4) - 1)).toBeLessThan(0.1);
      }
    }
    expect(cell600Lines().rows).toBe(60);
  });
});

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

describe("supportDesign", () => {
  it("makes a support design whose frames are orthonormal, with weights near 1/K that sum to 1 and exact means of statistics", () => {
    for (const [s, r] of [
      [10, 2],
      [5, 1],
      [30, 3],
      [4, 4],
    ] as const) {
      const { frames, weights } = supportDesign(s, r, 12);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      weights.forEach((w) => {
        expect(w).toBeGreaterThan(0.2 / 12);
        expect(w).toBeLessThan(2.5 / 12);
      });
      const length = frames[3]!.data.reduce((sum, x) => sum + x * x, 0);
      expect(length).toBeCloseTo(r, 12);
      // Sum of beta_j^4 of Haar rows: s (r/s) ((r + 2)/(s + 2)), to the error of 1500 frames.
      const fourth = frames.reduce((sum, frame, i) => {
        let here = 0;
        for (let j = 0; j < s; j++) {
          let beta2 = 0;
          for (let a = 0; a < r; a++) beta2 += frame.data[j * r + a]! ** 2;
          here += beta2 ** 2;
        }
        return sum + weights[i]! * here;
      }, 0);
      if (s > r) expect(Math.abs(fourth / ((r * (r + 2)) / (s + 2)) - 1)).toBeLessThan(0.03);
    }
  });
});
