import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addScaled, dot, norm2, scaled } from "../../../src/numerics/products.js";
import { normalVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { projectOntoBall } from "../../../src/training/ballProjection.js";
import { type LossName, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { type PgdOptions, pgdAttack } from "../../../src/training/gradient/pgdAttack.js";
import { pointInBall } from "../../../src/training/gradient/pointInBall.js";
import { steepestDirection } from "../../../src/training/gradient/steepestDirection.js";
import { dualExponent, lqNorm } from "../../../src/training/lqNorm.js";
import { law } from "../../helpers/law.js";

const EXPONENTS = [1, 1.2, 1.5, 2, 3, 10, Infinity];
const exponent = fc.constantFrom(...EXPONENTS);
const vector = fc
  .array(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(0)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((entries) => Float64Array.from(entries));

describe("steepestDirection", () => {
  test("is a unit vector that no other beats: <g, d> = ||g||_{q*}", () => {
    law(fc.tuple(vector, vector, exponent), ([g, other, q]) => {
      const d = steepestDirection(g, q);
      const best = lqNorm(g, dualExponent(q));
      expect(Math.abs(dot(g, d) - best)).toBeLessThanOrEqual(1e-12 * best);
      if (best > 0) expect(lqNorm(d, q)).toBeCloseTo(1, 12);
      const rival = Float64Array.from(g, (_, j) => other[j % other.length]!);
      expect(dot(g, rival)).toBeLessThanOrEqual(best * lqNorm(rival, q) * (1 + 1e-12) + 1e-300);
    });
  });

  test("is the gradient of ||.||_{q*} where there is one", () => {
    for (const q of EXPONENTS) {
      const g = Float64Array.of(3, -1.5, 0.7, 2);
      const norm = (x: Float64Array): number => lqNorm(x, dualExponent(q));
      steepestDirection(g, q).forEach((slope, j) => {
        const moved = (h: number): Float64Array => g.map((value, i) => (i === j ? value + h : value));
        expect((norm(moved(1e-5)) - norm(moved(-1e-5))) / 2e-5).toBeCloseTo(slope, 8);
      });
    }
  });

  test("by hand, and 0 at 0", () => {
    const g = Float64Array.of(3, -4, 0);
    expect([...steepestDirection(g, 1)]).toEqual([0, -1, 0]);
    expect([...steepestDirection(g, Infinity)]).toEqual([1, -1, 0]);
    expect([...steepestDirection(g, 2)]).toEqual([0.6, -0.8, 0].map((x) => expect.closeTo(x, 15)));
    for (const q of EXPONENTS) expect([...steepestDirection(new Float64Array(2), q)]).toEqual([0, 0]);
  });
});

describe("pointInBall", () => {
  test.each([1, 1.5, 2, 4, Infinity])(
    "q = %d: the share of points within t of the centre is t^p, coordinates are symmetric and alike",
    (q) => {
      const [p, draws] = [3, 4000];
      const rng = keyedStream(["point in ball", q]);
      const points = Array.from({ length: draws }, () => pointInBall(rng, p, { norm: q, radius: 2 }));
      const radii = points.map((v) => lqNorm(v, q) / 2);
      expect(Math.max(...radii)).toBeLessThanOrEqual(1 + 1e-12);
      // Five and a half standard errors of a share, sqrt(1/4/4000) at most: false alarm 4e-8 each.
      for (const t of [0.5, 0.8, 0.95]) {
        const share = radii.filter((radius) => radius <= t).length / draws;
        expect(Math.abs(share - t ** p)).toBeLessThan(5.5 * Math.sqrt(0.25 / draws));
      }
      for (let j = 0; j < p; j++) {
        const positive = points.filter((v) => v[j]! > 0).length / draws;
        const largest = points.filter((v) => Math.abs(v[j]!) === lqNorm(v, Infinity)).length / draws;
        expect(Math.abs(positive - 0.5)).toBeLessThan(5.5 * Math.sqrt(0.25 / draws));
        expect(Math.abs(largest - 1 / 3)).toBeLessThan(5.5 * Math.sqrt(0.25 / draws));
      }
      // The direction is uniform for its norm: for q = 1 the first barycentric share is uniform in two dimensions.
      const plane = Array.from({ length: draws }, () => pointInBall(rng, 2, { norm: q, radius: 1 }));
      const inSquare = plane.filter((v) => lqNorm(v, Infinity) <= 0.5).length / draws;
      // The area of the square of side 1 over that of the ball, 4 Gamma(1 + 1/q)^2 / Gamma(1 + 2/q).
      const areas: Record<number, number> = {
        1: 2,
        1.5: 2.7379,
        2: Math.PI,
        4: 3.7081,
        [Infinity]: 4,
      };
      expect(Math.abs(inSquare - 1 / areas[q]!)).toBeLessThan(5.5 * Math.sqrt(0.25 / draws));
    },
  );
});

/** A classifier, a ball and the options of an attack. */
const attacks = fc.record({
  beta: vector,
  q: exponent,
  radius: fc.constantFrom(0, 1e-9, 0.3, 1, 1e9),
  steps: fc.integer({ min: 1, max: 25 }),
  starts: fc.integer({ min: 0, max: 2 }),
});

describe("pgdAttack", () => {
  test("the budget is never exceeded, not by one rounding, and the dual norm bounds the damage", () => {
    law(
      attacks,
      ({ beta, q, radius, steps, starts }) => {
        const rng = keyedStream(["budget", steps]);
        const { perturbation, shift } = pgdAttack(beta, { norm: q, radius }, { steps, starts }, rng);
        expect(lqNorm(perturbation, q)).toBeLessThanOrEqual(radius);
        expect(shift).toBe(dot(beta, perturbation));
        const exact = radius * lqNorm(beta, dualExponent(q));
        expect(shift).toBeGreaterThanOrEqual(-exact * (1 + 1e-12) - 1e-300);
        expect(shift).toBeLessThanOrEqual(0);
      },
      400,
    );
  });

  test.each([1, 1.02, 1.1, 1.2, 1.5, 2, 3, 10, 50, Infinity])(
    "q = %d: 20 steps come within 1 %% of the exact inner maximum of every loss",
    (q) => {
      const losses: readonly LossName[] = ["linear", "logistic", "squared-hinge"];
      for (let seed = 0; seed < 20; seed++) {
        for (const p of [1, 3, 40]) {
          for (const starts of [0, 1]) {
            const rng = keyedStream(["within one percent", q, seed, p]);
            const beta = scaled(normalVector(rng, p), 2 ** (seed % 5));
            const { shift } = pgdAttack(beta, { norm: q, radius: 0.4 }, { steps: 20, starts }, rng);
            const exact = 0.4 * lqNorm(beta, dualExponent(q));
            for (const loss of losses.map(marginLoss)) {
              // From a margin that the attack carries across the steep part of each loss.
              const clean = 0.5;
              const gain = loss.value(clean + shift) - loss.value(clean);
              const most = loss.value(clean - exact) - loss.value(clean);
              expect(gain).toBeGreaterThanOrEqual(0.99 * most);
              expect(gain).toBeLessThanOrEqual(most * (1 + 1e-12));
            }
          }
        }
      }
    },
  );

  test("from the input itself it is exact once the steps are long enough, for every q", () => {
    law(fc.tuple(vector, exponent), ([beta, q]) => {
      const { shift } = pgdAttack(beta, { norm: q, radius: 0.7 }, { steps: 4, step: 0.25 });
      const exact = 0.7 * lqNorm(beta, dualExponent(q));
      expect(Math.abs(shift + exact)).toBeLessThanOrEqual(1e-12 * exact + 1e-300);
      // One step less leaves a quarter of the ball unused.
      const short = pgdAttack(beta, { norm: q, radius: 0.7 }, { steps: 3, step: 0.25 }).shift;
      expect(Math.abs(short + 0.75 * exact)).toBeLessThanOrEqual(1e-12 * exact + 1e-300);
    });
  });

  test("the damage grows with the number of steps of one length, and with the number of starts", () => {
    law(attacks, ({ beta, q, radius, steps }) => {
      const run = (k: number, starts: number): number =>
        pgdAttack(beta, { norm: q, radius }, { steps: k, step: 0.1, starts }, keyedStream(["grows"])).shift;
      expect(run(steps + 1, 1)).toBeLessThanOrEqual(run(steps, 1));
      expect(run(steps, 3)).toBeLessThanOrEqual(run(steps, 2));
    });
  });

  test("several starts do better than one where the steps are few", () => {
    const beta = Float64Array.of(2, -1, 0.5);
    const run = (starts: number): number =>
      pgdAttack(beta, { norm: 2, radius: 1 }, { steps: 1, step: 0.5, starts }, keyedStream(["several"]))
        .shift;
    expect(run(8)).toBeLessThan(run(1));
  });

  test("under the step rule more steps do no harm beyond 3 %", () => {
    law(fc.tuple(vector, exponent, fc.integer({ min: 10, max: 40 })), ([beta, q, steps]) => {
      const run = (k: number): number =>
        pgdAttack(beta, { norm: q, radius: 1 }, { steps: k, starts: 1 }, keyedStream(["rule"])).shift;
      expect(run(steps + 5)).toBeLessThanOrEqual(0.97 * run(steps));
    });
  });

  test("for q other than 1, 2 and Infinity ten steps do, and steps half as long leave 2 % at q = 1.1", () => {
    const short = (q: number, options: PgdOptions): number => {
      let most = 0;
      for (let seed = 0; seed < 20; seed++) {
        for (const p of [2, 40, 200]) {
          const rng = keyedStream(["ten steps", q, seed, p]);
          const beta = normalVector(rng, p);
          const { shift } = pgdAttack(beta, { norm: q, radius: 1 }, { starts: 1, ...options }, rng);
          most = Math.max(most, 1 + shift / lqNorm(beta, dualExponent(q)));
        }
      }
      return most;
    };
    for (const q of [1.02, 1.1, 1.5, 3, 10, 50]) {
      expect(short(q, { steps: 10 })).toBeLessThan(0.01);
      expect(short(q, { steps: 20 })).toBeLessThan(0.003);
    }
    expect(short(1.1, { steps: 20, step: 4 / 20 })).toBeGreaterThan(0.02);
    // The others keep the shorter steps: the rule is the option's default, bit for bit.
    for (const q of [1, 2, Infinity])
      expect(short(q, { steps: 7 })).toBe(short(q, { steps: 7, step: 4 / 7 }));
    for (const q of [1.1, 3]) expect(short(q, { steps: 7 })).toBe(short(q, { steps: 7, step: 8 / 7 }));
  });

  test("the damage grows in proportion to the radius", () => {
    law(attacks, ({ beta, q, steps, starts }) => {
      const run = (radius: number): number =>
        pgdAttack(beta, { norm: q, radius }, { steps, starts }, keyedStream(["radius"])).shift;
      const unit = run(1);
      for (const radius of [0.1, 3, 1e6]) {
        expect(Math.abs(run(radius) / radius - unit)).toBeLessThanOrEqual(1e-9 * Math.abs(unit) + 1e-300);
      }
    });
  });

  test("with the Euclidean projection steepest steps rest off the maximum at q = 4: why it is not used there", () => {
    const [q, radius] = [4, 1];
    const beta = Float64Array.of(3, 1, 0.2);
    const d = steepestDirection(beta, q);
    let v = new Float64Array(3);
    for (let k = 0; k < 2000; k++) {
      addScaled(v, 0.05, d);
      v = Float64Array.from(projectOntoBall(v, q, radius).projection);
    }
    const exact = lqNorm(beta, dualExponent(q));
    expect(dot(beta, v) / exact).toBeLessThan(0.99);
    const predicted = beta.map((b) => b ** ((dualExponent(q) - 1) ** 2));
    const cosine = dot(v, predicted) / (norm2(v) * norm2(predicted));
    expect(cosine).toBeGreaterThan(1 - 1e-6);
    const own = pgdAttack(beta, { norm: q, radius }, { steps: 80, step: 0.05, starts: 1 }, keyedStream([1]));
    expect(-own.shift / exact).toBeGreaterThan(0.999);
  });

  test("a zero classifier is not attacked; bad options and bad numbers are refused", () => {
    const zero = pgdAttack(
      new Float64Array(3),
      { norm: 2, radius: 1 },
      { steps: 5, starts: 1 },
      keyedStream([1]),
    );
    expect(zero.shift).toBe(0);
    const beta = Float64Array.of(1, 2);
    const ball = { norm: 2, radius: 1 };
    expect(() => pgdAttack(beta, ball, { steps: 0 })).toThrow("steps must be an integer >= 1");
    expect(() => pgdAttack(beta, ball, { steps: 5, step: Number.NaN })).toThrow("step must be");
    expect(() => pgdAttack(beta, ball, { steps: 5, starts: 1 })).toThrow("rng must be");
    expect(() => pgdAttack(beta, { norm: 0.5, radius: 1 }, { steps: 5 })).toThrow("q must be");
    expect(() => pgdAttack(beta, { norm: 2, radius: -1 }, { steps: 5 })).toThrow("radius must be");
    expect(() => pgdAttack(Float64Array.of(Number.NaN), ball, { steps: 5 })).toThrow("finite");
  });
});
