import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { dot, norm2 } from "../../src/numerics/products.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { projectOntoBall } from "../../src/training/ballProjection.js";
import { adversarialObjective, closedForm } from "../../src/training/closedForm.js";
import { dualExponent, lqNorm } from "../../src/training/lqNorm.js";

const EXPONENTS = [1, 1.5, 2, 3, Infinity];
const exponent = fc.constantFrom(1, 1.2, 1.5, 2, 3, 10, Infinity);
const vector = fc
  .array(fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constantFrom(0, 1, -1)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((x) => Float64Array.from(x));

/** The objective by the definition of the attack's dual norm, sharing nothing with the code under test. */
function objective(beta: ArrayLike<number>, muhat: Float64Array, q: number, eps: number): number {
  const sizes = Array.from(beta, Math.abs);
  let dual = Math.max(...sizes);
  if (q === Infinity) dual = sizes.reduce((a, b) => a + b, 0);
  else if (q > 1) dual = sizes.reduce((a, b) => a + b ** (q / (q - 1)), 0) ** ((q - 1) / q);
  return muhat.reduce((sum, x, i) => sum + x * beta[i]!, 0) - eps * dual;
}

/** Brute force in the plane: the best of 720 directions, then golden section around it (the objective is unimodal there). */
function bestAngle(muhat: Float64Array, q: number, eps: number): number {
  const value = (angle: number): number => objective([Math.cos(angle), Math.sin(angle)], muhat, q, eps);
  const grid = Array.from({ length: 720 }, (_, i) => (i * Math.PI) / 360);
  const start = grid.reduce((best, angle) => (value(angle) > value(best) ? angle : best));
  let [low, high] = [start - Math.PI / 360, start + Math.PI / 360];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 80; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (value(a) > value(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The maximum of a concave function of one variable by golden section. */
function goldenMaximum(value: (x: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 30; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (value(a) > value(b)) high = b;
    else low = a;
  }
  return value((low + high) / 2);
}

/** Brute force in R^3: the objective is concave, so its maximum over the ball is a maximum of maxima over one coordinate each, kinks or not. */
function bestInBall(muhat: Float64Array, q: number, eps: number): number {
  const beta = [0, 0, 0];
  const over = (k: number, room: number): number => {
    if (k === 3) return objective(beta, muhat, q, eps);
    const reach = Math.sqrt(Math.max(0, room));
    const inner = (x: number): number => {
      beta[k] = x;
      return over(k + 1, room - x * x);
    };
    return goldenMaximum(inner, -reach, reach);
  };
  return over(0, 1);
}

describe.each(EXPONENTS)("closedForm against brute force, l_%d attack", (q) => {
  test("in the plane: the same direction and value to 1e-6", () => {
    const rng = keyedStream(["plane", q]);
    for (let trial = 0; trial < 40; trial++) {
      const muhat = normalVector(rng, 2);
      const eps = 0.9 * rng.uniform() * lqNorm(muhat, q);
      const { direction, value } = closedForm(muhat, { norm: q, radius: eps });
      const angle = bestAngle(muhat, q, eps);
      expect(Math.abs(objective([Math.cos(angle), Math.sin(angle)], muhat, q, eps) - value)).toBeLessThan(
        1e-9,
      );
      expect(Math.hypot(direction[0]! - Math.cos(angle), direction[1]! - Math.sin(angle))).toBeLessThan(1e-6);
    }
  });

  test("in R^3: the same value to 1e-6, and none above it", () => {
    const rng = keyedStream(["ball", q]);
    for (let trial = 0; trial < 2; trial++) {
      const muhat = normalVector(rng, 3);
      const eps = 0.8 * rng.uniform() * lqNorm(muhat, q);
      const { value } = closedForm(muhat, { norm: q, radius: eps });
      const found = bestInBall(muhat, q, eps);
      expect(found).toBeLessThanOrEqual(value + 1e-12);
      expect(found).toBeGreaterThan(value - 1e-6);
    }
  });
});

describe("closedForm", () => {
  test("the minimax identity: the value is the objective at betahat and the distance to the ball", () => {
    fc.assert(
      fc.property(vector, exponent, fc.constantFrom(0, 1e-3, 0.3, 1, 2), (muhat, q, eps) => {
        const { direction, value } = closedForm(muhat, { norm: q, radius: eps });
        const reached = adversarialObjective(direction, muhat, eps, dualExponent(q));
        const size = 1e-12 * (norm2(muhat) + eps * muhat.length);
        expect(Math.abs(reached - value)).toBeLessThanOrEqual(size);
        expect(Math.abs(reached - objective(direction, muhat, q, eps))).toBeLessThanOrEqual(size);
        expect(Math.abs(norm2(projectOntoBall(muhat, q, eps).residual) - value)).toBeLessThanOrEqual(size);
        if (value > 0) expect(norm2(direction)).toBeCloseTo(1, 14);
      }),
      { numRuns: 500 },
    );
  });

  test("no feasible point beats it", () => {
    fc.assert(
      fc.property(vector, exponent, fc.constantFrom(0, 0.3, 1, 2), vector, (muhat, q, eps, raw) => {
        const { direction, value } = closedForm(muhat, { norm: q, radius: eps });
        const rival = Float64Array.from(muhat, (_, i) => raw[i % raw.length]!);
        const near = direction.map((x, i) => x + 1e-3 * rival[i]!);
        for (const candidate of [rival, near, muhat]) {
          const length = Math.max(1, norm2(candidate));
          const feasible = candidate.map((x) => x / length);
          expect(objective(feasible, muhat, q, eps)).toBeLessThanOrEqual(value + 1e-12 * (1 + norm2(muhat)));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a task is filtered exactly when ||muhat||_q <= eps", () => {
    const filtered = { direction: new Float64Array(2), value: 0 };
    const muhat = Float64Array.of(3, -4);
    for (const [q, norm] of [
      [1, 7],
      [2, 5],
      [Infinity, 4],
    ] as const) {
      expect(closedForm(muhat, { norm: q, radius: norm })).toEqual(filtered);
      expect(closedForm(muhat, { norm: q, radius: norm * (1 + 1e-15) })).toEqual(filtered);
      expect(closedForm(muhat, { norm: q, radius: norm * (1 - 1e-15) }).value).toBeGreaterThan(0);
    }
    fc.assert(
      fc.property(vector, exponent, fc.double({ min: 0, max: 3, noNaN: true }), (x, q, eps) => {
        const { direction, value } = closedForm(x, { norm: q, radius: eps });
        const out = lqNorm(x, q) <= eps;
        expect(value === 0).toBe(out);
        expect(direction.every((entry) => entry === 0)).toBe(out);
      }),
    );
    expect(closedForm(new Float64Array(2), null)).toEqual(filtered);
  });

  test("q = 2 only filters: bit for bit the direction of standard training, however large the radius below the norm", () => {
    fc.assert(
      fc.property(vector, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (muhat, share) => {
        fc.pre(norm2(muhat) > 1e-6);
        const { direction, value } = closedForm(muhat, { norm: 2, radius: share * norm2(muhat) });
        expect(direction).toEqual(closedForm(muhat, null).direction);
        expect(value).toBeCloseTo((1 - share) * norm2(muhat), 12);
      }),
    );
  });

  test("radius 0 is standard training bit for bit, for every q", () => {
    fc.assert(
      fc.property(vector, exponent, (muhat, q) => {
        expect(closedForm(muhat, { norm: q, radius: 0 })).toEqual(closedForm(muhat, null));
      }),
    );
  });

  test("q = infinity is the soft threshold, by hand", () => {
    const { direction, value } = closedForm(Float64Array.of(5, -6, 1, -0.5), { norm: Infinity, radius: 2 });
    expect([...direction]).toEqual([0.6, -0.8, 0, -0].map((x) => expect.closeTo(x, 15)));
    expect(value).toBe(5);
  });

  test("q = 1 takes the excess off the largest, by hand: residual (3, 1, -3) of (5, 1, -4) at radius 3", () => {
    const { direction, value } = closedForm(Float64Array.of(5, 1, -4), { norm: 1, radius: 3 });
    expect(value).toBeCloseTo(Math.sqrt(19), 14);
    expect([...direction]).toEqual([3, 1, -3].map((x) => expect.closeTo(x / Math.sqrt(19), 14)));
  });

  test("is scale-equivariant, and with q = 2 rotation-equivariant", () => {
    fc.assert(
      fc.property(vector, exponent, fc.constantFrom(1e-140, 1e-5, 30, 1e140), (muhat, q, c) => {
        fc.pre(norm2(muhat) > 1e-6);
        const eps = 0.5 * lqNorm(muhat, q);
        const small = closedForm(muhat, { norm: q, radius: eps });
        const large = closedForm(
          muhat.map((x) => c * x),
          { norm: q, radius: c * eps },
        );
        expect(1 - dot(small.direction, large.direction)).toBeLessThan(small.value > 0 ? 1e-12 : 1.1);
        expect(Math.abs(large.value / c - small.value)).toBeLessThanOrEqual(1e-12 * norm2(muhat));
        // A rotation of the first two coordinates.
        const turn = (x: Float64Array): Float64Array =>
          x.length < 2
            ? x
            : Float64Array.of(0.6 * x[0]! - 0.8 * x[1]!, 0.8 * x[0]! + 0.6 * x[1]!, ...x.slice(2));
        const turned = closedForm(turn(muhat), { norm: 2, radius: eps }).direction;
        const expected = turn(closedForm(muhat, { norm: 2, radius: eps }).direction);
        if (norm2(muhat) > eps * (1 + 1e-9))
          expect(norm2(turned.map((x, i) => x - expected[i]!))).toBeLessThan(1e-14);
      }),
    );
  });

  test("numbers that hardly fit a double have a direction too", () => {
    for (const scale of [1e-323, 1e-310, 1e-300, 1e300, 1e308]) {
      const x = Float64Array.of(scale, -scale);
      for (const attack of [null, { norm: 2, radius: scale }, { norm: Infinity, radius: scale / 2 }]) {
        const { direction } = closedForm(x, attack);
        expect([...direction]).toEqual([expect.closeTo(Math.SQRT1_2, 14), expect.closeTo(-Math.SQRT1_2, 14)]);
      }
    }
  });

  test("refuses NaN instead of filtering it, and radii that cannot be", () => {
    const nan = Float64Array.of(1, Number.NaN);
    for (const attack of [null, { norm: 2, radius: 1 }, { norm: 3, radius: 1 }]) {
      expect(() => closedForm(nan, attack)).toThrow("must be finite");
    }
    for (const norm of [1, 2, 3, Infinity]) {
      for (const radius of [Number.NaN, -1, Infinity]) {
        expect(() => closedForm(Float64Array.of(1), { norm, radius })).toThrow("radius must be");
      }
    }
  });
});
