import { expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import { ballQuadratic } from "../../../src/training/joint/ballQuadratic.js";
import { diagonal } from "../../helpers/matrices.js";

test("a curvature below 1e-14 of the largest is none: what is pulled there goes to the radius", () => {
  // With the curvature 1e-15 counted, the second entry would rest at 0.1.
  const y = ballQuadratic(diagonal([1, 1e-15]), Float64Array.of(0, 1e-16), 1);
  expect([...y]).toEqual([0, expect.closeTo(1, 14)]);
  const counted = ballQuadratic(diagonal([1, 1e-13]), Float64Array.of(0, 1e-14), 1);
  expect([...counted]).toEqual([0, expect.closeTo(0.1, 14)]);
});

test("the share is one of the largest eigenvalue, not of the largest entry", () => {
  // All ones in 40 dimensions: one eigenvalue 40, and 3e-13 in another direction is below 1e-14 of it.
  const h = fromRows(Array.from({ length: 40 }, () => new Array<number>(40).fill(1)));
  const direction = Float64Array.from({ length: 40 }, (_, i) =>
    i === 0 ? Math.SQRT1_2 : i === 1 ? -Math.SQRT1_2 : 0,
  );
  for (const i of [0, 1])
    for (const j of [0, 1]) h.data[40 * i + j]! += 3e-13 * direction[i]! * direction[j]!;
  const y = ballQuadratic(h, direction.map((x) => 3e-14 * x), 1); // biome-ignore format: one line
  expect(y[0]).toBeCloseTo(Math.SQRT1_2, 2);
});

test("on the sphere the multiplier is the root of the secular equation, by hand for two curvatures", () => {
  // (1 + lambda) y_1 = 3.6, (2 + lambda) y_2 = 5.6 - 0.8... with y = (0.6, 0.8): lambda = 5.
  const y = ballQuadratic(diagonal([1, 2]), Float64Array.of(6 * 0.6, 7 * 0.8), 1);
  expect([...y]).toEqual([expect.closeTo(0.6, 15), expect.closeTo(0.8, 15)]);
  // One coordinate alone pulls: lambda = |b| / radius - its curvature, at once.
  expect([...ballQuadratic(diagonal([1, 100]), Float64Array.of(3, 0), 1)]).toEqual([1, 0]);
});

test("a coordinate with neither pull nor curvature is no part of the search", () => {
  // Alone each coordinate would be inside the ball, together they are not: the search starts at lambda = 0.
  const y = ballQuadratic(diagonal([1, 10, 0]), Float64Array.of(0.8, 8, 0), 1);
  expect(Math.hypot(...y)).toBeCloseTo(1, 14);
  expect(y[2]).toBe(0);
  const [one, other] = [0.8 / y[0]! - 1, 8 / y[1]! - 10];
  expect(one).toBeGreaterThan(0.1);
  expect(other).toBeCloseTo(one, 12);
});
