import fc from "fast-check";
import { expect, test } from "vitest";
import { findRoot } from "../../src/numerics/roots.js";
import { law } from "../helpers/law.js";

test("known roots come back to the last digits, from either end of the bracket", () => {
  const cases: [(x: number) => number, number, number, number][] = [
    [(x) => x * x - 2, 0, 2, Math.SQRT2],
    [(x) => Math.exp(x) - 3, -5, 5, Math.log(3)],
    [(x) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    [(x) => x ** 3 - 2 * x - 5, 2, 3, 2.0945514815423265],
    [(x) => 1e-200 * (x - 0.1), -3, 7, 0.1],
    [(x) => (x - 1.25) ** 9, 0, 3, 1.25],
    [(x) => Math.log(x) - 690, 1, 1e301, Math.exp(690)],
  ];
  for (const [f, low, high, root] of cases) {
    for (const [a, b] of [
      [low, high],
      [high, low],
    ] as const) {
      const found = findRoot(f, a, b);
      expect(found.converged).toBe(true);
      // The ninth power is flat: f is 0 in floating point within 1e-36 of the root, so the root is sharp there too.
      expect(Math.abs(found.x - root)).toBeLessThanOrEqual(root * 1e-13);
    }
  }
});

test("a smooth root costs about ten evaluations, never more than a few times bisection", () => {
  let most = 0;
  const counted = findRoot((x) => Math.exp(x) - 3, -1, 3);
  expect(counted.evaluations).toBeLessThanOrEqual(15);
  law(
    fc.tuple(fc.double({ min: -0.99, max: 0.99, noNaN: true }), fc.constantFrom(1, 3, 9, 21)),
    ([root, power]) => {
      let calls = 0;
      const found = findRoot(
        (x) => {
          calls++;
          return (x - root) ** power;
        },
        -1,
        1,
        { tolerance: 1e-12 },
      );
      expect(found.evaluations).toBe(calls);
      most = Math.max(most, calls);
      // (x - root)^21 is 0 in floating point within 4e-16 of the root.
      if (found.converged)
        expect(Math.abs(found.x - root)).toBeLessThanOrEqual(1e-12 * Math.abs(root) + 1e-15);
    },
  );
  expect(most).toBeLessThanOrEqual(200);
});

test("the root of any line in any bracket is found", () => {
  const end = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  law(fc.tuple(end, end, end), ([root, below, above]) => {
    const found = findRoot((x) => 3 * (x - root), root - below, root + above);
    expect(found.converged).toBe(true);
    expect(Math.abs(found.x - root)).toBeLessThanOrEqual(8 * Number.EPSILON * root);
  });
});

test("a root at an end of the bracket is returned at once", () => {
  expect(findRoot((x) => x, 0, 1)).toEqual({ x: 0, converged: true, evaluations: 2 });
  expect(findRoot((x) => x - 1, 0, 1)).toEqual({ x: 1, converged: true, evaluations: 2 });
});

test("a jump over zero is located like a root", () => {
  const found = findRoot((x) => (x < 0.3 ? -1 : 2), 0, 1);
  expect(found.converged).toBe(true);
  expect(Math.abs(found.x - 0.3)).toBeLessThanOrEqual(4 * Number.EPSILON);
  // Infinite values carry a sign, and that is enough.
  expect(findRoot((x) => (x < 0.3 ? -Infinity : Infinity), 0, 1).x).toBeCloseTo(0.3, 14);
});

test("too few evaluations are reported, never passed for a root", () => {
  const found = findRoot((x) => x * x - 2, 0, 2, { maxEvaluations: 4 });
  expect(found.converged).toBe(false);
  expect(found.evaluations).toBe(4);
  // A jump at 0 can be approached for ever on the relative scale.
  expect(findRoot((x) => (x > 0 ? 1 : -1), -1, 2).converged).toBe(false);
});

test("a tolerance is honoured: the bracket is no longer than asked", () => {
  const rough = findRoot((x) => Math.exp(x) - 3, -1, 3, { tolerance: 1e-3 });
  expect(Math.abs(rough.x - Math.log(3))).toBeLessThanOrEqual(1e-3 * Math.log(3));
  expect(rough.evaluations).toBeLessThan(findRoot((x) => Math.exp(x) - 3, -1, 3).evaluations);
});

test("no sign change, NaN values and infinite ends are errors", () => {
  expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(/no sign change over \[-1, 1\]: f is 2 and 2/);
  expect(() => findRoot(() => Number.NaN, 0, 1)).toThrow(/NaN at 1/);
  expect(() => findRoot((x) => (x === 0 || x === 1 ? x - 0.5 : Number.NaN), 0, 1)).toThrow(/NaN at 0.5/);
  expect(() => findRoot((x) => x, -1, Infinity)).toThrow(/finite bracket, received \[-1, Infinity\]/);
  expect(() => findRoot((x) => x, Number.NaN, 1)).toThrow(/finite bracket/);
});
