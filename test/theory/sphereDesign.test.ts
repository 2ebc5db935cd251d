import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/numerics/matrix.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { cell600Lines } from "../../src/theory/cell600.js";
import { sphereDesign } from "../../src/theory/sphereDesign.js";

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

  it("has unit rows, few of them, the same each time", () => {
    for (const [r, rows] of [
      [1, 1],
      [2, 10],
      [3, 40],
      [4, 60],
      [5, 512],
    ] as const) {
      const design = sphereDesign(new Array<number>(r).fill(0.7));
      expect([design.rows, design.cols]).toEqual([rows, r]);
      for (let i = 0; i < rows; i++) {
        const row = design.data.subarray(i * r, (i + 1) * r);
        expect(Math.hypot(...row)).toBeCloseTo(1, 12);
      }
      expect(sphereDesign(new Array<number>(r).fill(1)).data).toEqual(design.data);
    }
    const heights = Array.from({ length: 40 }, (_, i) => sphereDesign([1, 1, 1]).data[3 * i + 2]!);
    // A spiral from the pole to the equator: heights fall all the way, evenly.
    heights.forEach((z, i) => {
      expect(Math.abs(z - (1 - (i + 0.5) / 40))).toBeLessThan(0.04);
    });
  });

  it("turns every u into D u / ||D u|| where the diversity weights differ", () => {
    const plain = sphereDesign([1, 1, 1]);
    const turned = sphereDesign([4, 1, 0]);
    for (let i = 0; i < plain.rows; i++) {
      const [x, y] = [2 * plain.data[3 * i]!, plain.data[3 * i + 1]!];
      const length = Math.hypot(x, y);
      expect(turned.data[3 * i]).toBeCloseTo(x / length, 12);
      expect(turned.data[3 * i + 1]).toBeCloseTo(y / length, 12);
      expect(turned.data[3 * i + 2]).toBe(0);
    }
    // The plain design is not changed by it, and one weight that differs is enough.
    expect(sphereDesign([1, 1, 1]).data).toEqual(plain.data);
    expect(sphereDesign([1, 1, 2]).data).not.toEqual(plain.data);
    // Directions along which no task ever points have length 0, not NaN.
    expect([...sphereDesign([0, 1]).data].every(Number.isFinite)).toBe(true);
  });
});
