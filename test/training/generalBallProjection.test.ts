import { expect, test } from "vitest";
import { generalBallProjection } from "../../src/training/generalBallProjection.js";
import { dualExponent, lqNorm } from "../../src/training/lqNorm.js";

test("a point that rounding has put on the sphere, or within, is its own projection, as a copy", () => {
  for (const x of [Float64Array.of(0, -2, 0), Float64Array.of(1.9, 0, 0), Float64Array.of(-1, 1, 0)]) {
    for (const q of [1.5, 3]) {
      const { projection, residual } = generalBallProjection(x, q, 2);
      expect(projection).toEqual(x);
      expect(projection).not.toBe(x);
      expect([...residual]).toEqual([0, 0, 0]);
    }
  }
});

test.each([1.01, 1.5, 2.5, 40])(
  "q = %d: coordinates at 0 stay there, and the two parts meet the optimality conditions",
  (q) => {
    const x = Float64Array.of(3, 0, -1, 0.2, 0);
    const { projection, residual } = generalBallProjection(x, q, 1.5);
    expect([projection[1], projection[4], residual[1], residual[4]]).toEqual([0, 0, 0, 0]);
    expect(lqNorm(projection, q)).toBeCloseTo(1.5, 12);
    x.forEach((value, j) => {
      expect(projection[j]! + residual[j]!).toBeCloseTo(value, 12);
    });
    // The residual is normal to the ball at the projection: <r, v> = ||r||_{q*} ||v||_q.
    const inner = residual.reduce((sum, r, j) => sum + r * projection[j]!, 0);
    expect(inner / (lqNorm(residual, dualExponent(q)) * 1.5)).toBeCloseTo(1, 12);
  },
);
