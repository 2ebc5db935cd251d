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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A search and the points it asked for, in order: first the two ends. */
function watched(
  f: (x: number) => number,
  a: number,
  b: number,
  options?: { tolerance?: number; maxEvaluations?: number },
): { points: Point[]; found: ReturnType<typeof findRoot> } {
  const points: Point[] = [];
  const found = findRoot(
    (x) => {
      const y = f(x);
      points.push({ x, y });
      return y;
    },
    a,
    b,
    options,
  );
  return { points, found };
}

/** The value at 0 of the parabola x(y) through three points, in Lagrange's form. */
function inverseParabola(p: Point, q: Point, s: Point): number {
  const term = (a: Point, b: Point, c: Point): number => (a.x * b.y * c.y) / ((a.y - b.y) * (a.y - c.y));
  return term(p, q, s) + term(q, p, s) + term(s, p, q);
}

const HARD: ((x: number) => number)[] = [
  (x) => Math.exp(x) - 3,
  (x) => x ** 3 - 2 * x - 5,
  (x) => (x - 1.7) ** 5,
  (x) => Math.atan(20 * (x - 0.4)),
  (x) => Math.sign(x - 2.2) * Math.sqrt(Math.abs(x - 2.2)),
  (x) => 1 / (x + 4.01) - 5,
  (x) => x * Math.exp(-x * x) + 0.01 - 0.02 * (x < 1 ? 1 : 0),
  (x) => 1e9 * (x > 3 ? 1 : x - 2.9),
];

test("every point is the middle of the bracket or, inside Chandrupatla's region, the root of the inverse parabola through the last three", () => {
  let parabolas = 0;
  let middles = 0;
  for (const f of HARD) {
    for (const [a, b] of [
      [-4, 5],
      [5, -4],
    ] as const) {
      const { points } = watched(f, a, b, { tolerance: 1e-6 });
      expect(points[0]!.x).toBe(b);
      let [best, other] = [points[0]!, points[1]!];
      let old: Point | null = null;
      for (const point of points.slice(2)) {
        const width = Math.abs(other.x - best.x);
        const middle = (best.x + other.x) / 2;
        let expected = middle;
        if (old !== null) {
          const xi = (best.x - other.x) / (old.x - other.x);
          const phi = (best.y - other.y) / (old.y - other.y);
          if (phi > 1 - Math.sqrt(1 - xi) && phi < Math.sqrt(xi))
            expected = inverseParabola(best, other, old);
        }
        if (expected === middle) middles++;
        else parabolas++;
        // No closer to an end than half the length that the bracket may have at its end.
        const closest = Math.abs(best.y) < Math.abs(other.y) ? best.x : other.x;
        const margin = Math.min(width / 2, (1e-6 * Math.abs(closest)) / 2);
        const [left, right] = [Math.min(best.x, other.x) + margin, Math.max(best.x, other.x) - margin];
        const clamped = Math.min(right, Math.max(left, expected));
        if (old !== null || expected === middle)
          expect(Math.abs(point.x - clamped)).toBeLessThan(1e-9 * width);
        const same = Math.sign(point.y) === Math.sign(best.y);
        old = same ? best : other;
        if (!same) other = best;
        best = point;
      }
    }
  }
  expect(parabolas).toBeGreaterThan(50);
  expect(middles).toBeGreaterThan(50);
});

test("what is returned is the better end of the bracket, whether the search ended or was cut short", () => {
  for (const f of HARD) {
    for (const options of [{ tolerance: 0.05 }, { maxEvaluations: 5 }, { maxEvaluations: 8 }]) {
      const { points, found } = watched(f, -4, 5, options);
      const below = points.filter(({ y }) => y < 0);
      const above = points.filter(({ y }) => y >= 0);
      // The points of the bracket are the last ones on either side of the root.
      const ends = [below.at(-1)!, above.at(-1)!];
      const better = Math.abs(ends[0]!.y) < Math.abs(ends[1]!.y) ? ends[0]! : ends[1]!;
      if (Math.abs(ends[0]!.y) !== Math.abs(ends[1]!.y)) expect(found.x).toBe(better.x);
    }
  }
});

test("a point where the function is exactly zero ends the search", () => {
  const { points, found } = watched((x) => x - 0.5, 0, 1);
  expect(found).toEqual({ x: 0.5, converged: true, evaluations: 3 });
  expect(points.length).toBe(3);
});

test("a bracket that is exactly as long as it may be ends the search", () => {
  // After the middle the bracket is [0, 2], its better end 2, and 2 is allowed.
  expect(findRoot((x) => (x < 1 ? -2 : 1), 0, 4, { tolerance: 1 })).toEqual({ x: 2, converged: true, evaluations: 3 }); // biome-ignore format: one line
});

test("a jump at 0 is found to the smallest numbers there are, when that many evaluations are allowed", () => {
  const { x, converged } = findRoot((t) => (t > 0 ? 1 : -1), -1, 2, { maxEvaluations: 5000 });
  expect(converged).toBe(true);
  expect(Math.abs(x)).toBeLessThanOrEqual(4 * Number.MIN_VALUE);
});
