import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { dot, norm2 } from "../../src/numerics/products.js";
import { projectOntoBall } from "../../src/training/ballProjection.js";
import { lqNorm } from "../../src/training/lqNorm.js";

const EXPONENTS = [1, 1.0001, 1.2, 1.5, 2, 3, 10, 1000, Infinity];
/** Relative error of the projection: powers with exponent q - 1 or 1/(q - 1) lose that many units in the last place. */
const slackOf = (q: number): number =>
  1e-13 + (q < 2 ? 4e-16 / Math.max(1e-4, q - 1) : 4e-16 * Math.min(q, 1e3));

const entry = fc.oneof(
  fc.double({ min: -4, max: 4, noNaN: true }),
  fc.constantFrom(0, 1, -1, 2, 1e-9, -1e-9),
);
const vector = fc.array(entry, { minLength: 1, maxLength: 7 }).map((x) => Float64Array.from(x));
const radius = fc.constantFrom(0, 1e-8, 0.1, 0.7, 1, 2.5, 1e6);
const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);

describe.each(EXPONENTS)("projection onto the l_%d ball", (q) => {
  const slack = slackOf(q);

  test("is feasible, splits x, and says whether x was inside", () => {
    fc.assert(
      fc.property(vector, radius, (x, eps) => {
        const { projection, residual, inside } = projectOntoBall(x, q, eps);
        expect(lqNorm(projection, q)).toBeLessThanOrEqual(eps * (1 + slack));
        expect(inside).toBe(lqNorm(x, q) <= eps);
        if (inside) expect([projection, residual]).toEqual([x, new Float64Array(x.length)]);
        else expect(lqNorm(projection, q)).toBeGreaterThanOrEqual(eps * (1 - slack));
        x.forEach((value, i) => {
          expect(Math.abs(projection[i]! + residual[i]! - value)).toBeLessThanOrEqual(
            slack * lqNorm(x, Infinity),
          );
          // Both parts point where x points: no coordinate is overshot.
          expect(projection[i]! * value >= 0 && residual[i]! * value >= 0).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("satisfies the obtuse-angle condition <x - P(x), v - P(x)> <= 0 for every v in the ball", () => {
    fc.assert(
      fc.property(vector, vector, fc.constantFrom(0.1, 0.7, 1, 2.5), (x, raw, eps) => {
        const { projection, residual } = projectOntoBall(x, q, eps);
        const other = Float64Array.from(x, (_, i) => raw[i % raw.length]!);
        const norm = lqNorm(other, q);
        const v = norm === 0 ? other : other.map((value) => (value * eps) / norm);
        const scale = (eps + norm2(x)) ** 2;
        expect(dot(residual, minus(v, projection))).toBeLessThanOrEqual(10 * slack * scale);
        // The residual's own dual vector is the tightest v: its corners too.
        for (let i = 0; i < x.length; i++) {
          const corner = new Float64Array(x.length);
          corner[i] = eps * Math.sign(residual[i]! || 1);
          expect(dot(residual, minus(corner, projection))).toBeLessThanOrEqual(10 * slack * scale);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("is idempotent and non-expansive", () => {
    fc.assert(
      fc.property(vector, vector, fc.constantFrom(0.1, 1, 2.5), (x, raw, eps) => {
        const y = Float64Array.from(x, (_, i) => raw[i % raw.length]!);
        const px = projectOntoBall(x, q, eps).projection;
        const py = projectOntoBall(y, q, eps).projection;
        const size = norm2(x) + norm2(y);
        expect(norm2(minus(px, py))).toBeLessThanOrEqual(norm2(minus(x, y)) + 10 * slack * size);
        expect(norm2(minus(projectOntoBall(px, q, eps).projection, px))).toBeLessThanOrEqual(
          10 * slack * eps,
        );
      }),
      { numRuns: 200 },
    );
  });

  test("commutes with signs, permutations and scaling", () => {
    fc.assert(
      fc.property(vector, fc.constantFrom(0.3, 1), fc.constantFrom(1e-150, 1e-5, 7, 1e150), (x, eps, c) => {
        const { projection } = projectOntoBall(x, q, eps);
        const close = (a: Float64Array, b: Float64Array, size: number): void =>
          expect(norm2(minus(a, b))).toBeLessThanOrEqual(10 * slack * size);
        const signs = x.map((value, i) => (i % 2 === 0 ? -value : value));
        const flipped = projectOntoBall(signs, q, eps).projection.map((v, i) => (i % 2 === 0 ? -v : v));
        expect(flipped.map(Math.abs)).toEqual(projection.map(Math.abs));
        close(flipped, projection, eps);
        close(projectOntoBall(x.toReversed(), q, eps).projection.toReversed(), projection, eps);
        const big = projectOntoBall(
          x.map((v) => c * v),
          q,
          c * eps,
        ).projection;
        close(
          big.map((v) => v / c),
          projection,
          eps,
        );
      }),
      { numRuns: 100 },
    );
  });

  test("radius 0 gives 0, a huge radius gives x, zero stays zero", () => {
    const x = Float64Array.of(1, -2, 0);
    expect(projectOntoBall(x, q, 0)).toEqual({ projection: new Float64Array(3), residual: x, inside: false });
    expect(projectOntoBall(x, q, 1e300)).toEqual({
      projection: x,
      residual: new Float64Array(3),
      inside: true,
    });
    expect(projectOntoBall(new Float64Array(3), q, 0).inside).toBe(true);
  });

  test("a radius that is tiny beside x, or just below its norm, loses no digits", () => {
    const x = Float64Array.of(1, -2, 0, 1.7, 2);
    for (const share of [1e-250, 1e-17, 1e-12, 1e-6, 0.9, 1 - 1e-9, 1 - 1e-15, 1 - 2 ** -53]) {
      const eps = share * lqNorm(x, q);
      const { projection, residual } = projectOntoBall(x, q, eps);
      expect(Math.abs(lqNorm(projection, q) / eps - 1)).toBeLessThan(slack);
      expect(Math.abs(projection[1]! / projection[4]! + 1)).toBeLessThan(slack);
      expect(norm2(minus(minus(x, residual), projection))).toBeLessThan(slack * norm2(x));
    }
    // On the sphere and a few units in the last place around it: no failure, and next to no residual.
    for (let trial = 1; trial <= 40; trial++) {
      const y = Float64Array.from({ length: 4 }, (_, i) => Math.sin(trial * (i + 1)));
      for (let k = -2; k <= 2; k++) {
        const eps = lqNorm(y, q) * (1 + k * Number.EPSILON);
        expect(norm2(projectOntoBall(y, q, eps).residual)).toBeLessThan(1e-11);
      }
    }
  });

  test("projection + residual is x to a few units in the last place of its largest coordinate", () => {
    fc.assert(
      fc.property(vector, fc.constantFrom(1e-8, 0.1, 0.7, 1, 2.5), (x, eps) => {
        const { projection, residual } = projectOntoBall(x, q, eps);
        x.forEach((value, i) => {
          const gap = Math.abs(projection[i]! + residual[i]! - value);
          expect(gap).toBeLessThanOrEqual(8 * Number.EPSILON * lqNorm(x, Infinity));
        });
      }),
      { numRuns: 200 },
    );
  });

  test("what comes back is the caller's own: to write into it never changes x", () => {
    for (const eps of [0, 1e-310, 0.5, 1e9]) {
      const x = Float64Array.of(1, -2, 0.5);
      const { projection, residual } = projectOntoBall(x, q, eps);
      projection.fill(7);
      residual.fill(7);
      expect([...x]).toEqual([1, -2, 0.5]);
    }
  });

  test("refuses radii and numbers that cannot be", () => {
    const x = Float64Array.of(1, 2);
    for (const bad of [-1, Number.NaN, Infinity])
      expect(() => projectOntoBall(x, q, bad)).toThrow("radius must be");
    expect(() => projectOntoBall(Float64Array.of(1, Number.NaN), q, 1)).toThrow("x must be finite");
    expect(() => projectOntoBall(x, 0.9, 1)).toThrow("q must be");
  });
});

describe("projections by hand", () => {
  test("l_1 clips the excess of the largest, l_2 rescales, l_inf clips", () => {
    expect([...projectOntoBall(Float64Array.of(5, 1, -4), 1, 3).projection]).toEqual([2, 0, -1]);
    expect([...projectOntoBall(Float64Array.of(5, 1, -4), 1, 3).residual]).toEqual([3, 1, -3]);
    expect([...projectOntoBall(Float64Array.of(3, -4), 2, 1).projection]).toEqual([0.6000000000000001, -0.8]);
    expect([...projectOntoBall(Float64Array.of(3, -1), Infinity, 2).residual]).toEqual([1, 0]);
    expect([...projectOntoBall(Float64Array.of(2, -2, 2, 0), 1, 3).projection]).toEqual([1, -1, 1, 0]);
  });

  test("l_3 satisfies t + lambda t^2 = x, built backwards from t and lambda", () => {
    const t = Float64Array.of(0.5, -0.25, 0.8, 0);
    const eps = lqNorm(t, 3);
    const x = t.map((v) => v + 1.7 * Math.sign(v) * v * v);
    projectOntoBall(x, 3, eps).projection.forEach((v, i) => {
      expect(v).toBeCloseTo(t[i]!, 13);
    });
  });

  test("q near 1, 2 and infinity is close to 1, 2 and infinity", () => {
    const x = Float64Array.of(1.3, -0.4, 0.9, 0, 2);
    for (const [near, limit, tolerance] of [
      [1 + 1e-6, 1, 1e-4],
      [2 - 1e-9, 2, 1e-8],
      [2 + 1e-9, 2, 1e-8],
      [1e5, Infinity, 2e-4],
    ] as const) {
      const difference = minus(
        projectOntoBall(x, near, 1).projection,
        projectOntoBall(x, limit, 1).projection,
      );
      expect(norm2(difference)).toBeLessThan(tolerance);
      expect(norm2(difference)).toBeGreaterThan(0);
    }
  });
});

test.each([1.2, 3, 10])(
  "q = %d: the residual of a small coordinate keeps its digits, being lambda t^(q-1)",
  (q) => {
    for (const small of [1e-2, 1e-3]) {
      const { projection, residual } = projectOntoBall(Float64Array.of(2, small), q, 1);
      const ratio = (residual[1]! / residual[0]!) * (projection[0]! / projection[1]!) ** (q - 1);
      expect(Math.abs(ratio - 1)).toBeLessThan(1e-13);
    }
  },
);
