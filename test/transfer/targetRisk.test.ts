import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { noiseLaw } from "../../src/model/noiseLaw.js";
import type { NoiseFamily } from "../../src/model/problem.js";
import { dot, norm2, scaled } from "../../src/numerics/products.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { normalVector, unitVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { dualExponent, lqNorm } from "../../src/training/lqNorm.js";
import { errorRate, excessRisk } from "../../src/transfer/targetRisk.js";
import { FAR } from "../helpers/statistics.js";

const lawOf = (family: NoiseFamily, p: number, sd: number = 1) =>
  noiseLaw({ sd, family, degreesOfFreedom: 5, condition: 30 }, p);
const seeds = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 }));

describe("excessRisk", () => {
  test("is ||mu|| - <v, mu>, in [0, 2 ||mu||]", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1e-100, 0.3, 1, 1e100), ([seed, p], norm) => {
        const rng = keyedStream(["excess", seed]);
        const mu = scaled(unitVector(rng, p), norm);
        const v = unitVector(rng, p);
        const risk = excessRisk(v, mu);
        expect(Math.abs(risk - (norm2(mu) - dot(v, mu)))).toBeLessThanOrEqual(1e-14 * norm);
        expect(risk >= 0 && risk <= 2 * norm2(mu)).toBe(true);
      }),
    );
  });

  test("0 at the best predictor, 2 ||mu|| at its opposite, ||mu|| at no predictor", () => {
    const mu = Float64Array.of(3, -4);
    expect(excessRisk(Float64Array.of(0.6, -0.8), mu)).toBe(0);
    expect(excessRisk(Float64Array.of(-0.6, 0.8), mu)).toBe(10);
    expect(excessRisk(new Float64Array(2), mu)).toBe(5);
    expect(excessRisk(Float64Array.of(1, 0), new Float64Array(2))).toBe(0);
  });

  test("tiny risks keep their digits: 1 - cos theta = theta^2/2 at theta = 1e-7, where subtraction has none", () => {
    const theta = 1e-7;
    const v = Float64Array.of(Math.cos(theta), Math.sin(theta));
    expect(excessRisk(v, Float64Array.of(2, 0)) / theta ** 2).toBeCloseTo(1, 12);
  });
});

describe("errorRate", () => {
  test("by hand: Phi(-<v, mu>/sigma)", () => {
    const rate = errorRate(Float64Array.of(1, 0), Float64Array.of(3, 7), lawOf("gaussian", 2, 2));
    expect(rate).toBeCloseTo(0.06680720126885807, 15);
  });

  // 40,000 samples against a probability: 5.8 standard errors, false alarm 7e-9 each.
  test.each(["gaussian", "anisotropic"] as const)(
    "%s: the share of new samples that v labels wrongly, attacked or not",
    (family) => {
      const p = 5;
      const law = lawOf(family, p, 1.3);
      const rng = keyedStream(["error rate", family]);
      const mu = Float64Array.of(0.8, 0.1, 0, -0.3, 0.9);
      const v = unitVector(rng, p);
      if (dot(v, mu) < 0) v.forEach((x, j) => { v[j] = -x; }); // biome-ignore format: one line
      const wrong = { none: 0, 1: 0, 2: 0, Infinity: 0 };
      const count = 40_000;
      for (let i = 0; i < count; i++) {
        const y = rng.uniform() < 0.5 ? -1 : 1;
        const x = normalVector(rng, p).map((z, j) => y * mu[j]! + law.scales[j]! * z);
        const margin = y * dot(v, x);
        if (margin < 0) wrong.none++;
        // The worst input of each ball, made explicitly: against the sign of v, along v, and at its largest coordinate.
        const worst = (delta: Float64Array): number => margin + y * dot(v, delta);
        const largest = lqNorm(v, Infinity);
        if (worst(v.map((w) => -y * 0.2 * Math.sign(w))) < 0) wrong.Infinity++;
        if (worst(v.map((w) => -y * 0.2 * w)) < 0) wrong[2]++;
        if (worst(v.map((w) => (Math.abs(w) === largest ? -y * 0.2 * Math.sign(w) : 0))) < 0) wrong[1]++;
      }
      const close = (hits: number, expected: number | null): void => {
        const error = Math.sqrt((expected! * (1 - expected!)) / count);
        expect(Math.abs(hits / count - expected!)).toBeLessThan(FAR * error);
      };
      close(wrong.none, errorRate(v, mu, law));
      for (const norm of [1, 2, Infinity] as const)
        close(wrong[norm as 1 | 2], errorRate(v, mu, law, { norm, radius: 0.2 }));
      // Power: the attack of one ball is not another's.
      const [one, two, inf] = [1, 2, Infinity].map((norm) => errorRate(v, mu, law, { norm, radius: 0.2 })!);
      expect(two! - one!).toBeGreaterThan(0.01);
      expect(inf! - two!).toBeGreaterThan(0.01);
    },
  );

  test("no attack within the ball does more harm than the robust error says: random and gradient steps on the margin", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1, 1.5, 2, 3, Infinity), ([seed, p], q) => {
        const rng = keyedStream(["attack", seed]);
        const v = unitVector(rng, p);
        const eps = 0.5;
        const bound = eps * lqNorm(v, dualExponent(q));
        const drop = (delta: Float64Array): number => -dot(v, scaled(delta, eps / lqNorm(delta, q)));
        for (let k = 0; k < 20; k++)
          expect(drop(normalVector(rng, p))).toBeLessThanOrEqual(bound * (1 + 1e-12));
        // Attained: delta_j proportional to -sign(v_j) |v_j|^(q* - 1).
        if (q > 1) {
          const best = v.map((x) => -Math.sign(x) * Math.abs(x) ** (dualExponent(q) - 1));
          expect(drop(best)).toBeCloseTo(bound, 12);
        }
        // Radius and robust error move together, and the attack never helps.
        const law = lawOf("gaussian", p);
        const mu = normalVector(rng, p);
        const rates = [0, 0.1, 0.5, 3].map((radius) => errorRate(v, mu, law, { norm: q, radius })!);
        expect(rates).toEqual(rates.toSorted((a, b) => a - b));
        expect(rates[0]).toBe(errorRate(v, mu, law));
        expect(rates[2]).toBeCloseTo(normalCdf(bound - dot(v, mu)), 12);
      }),
    );
  });

  test("the zero predictor is a coin, attacked or not; noise of any size has a rate", () => {
    const mu = Float64Array.of(1, 2);
    expect(errorRate(new Float64Array(2), mu, lawOf("gaussian", 2))).toBe(0.5);
    expect(errorRate(new Float64Array(2), mu, lawOf("gaussian", 2), { norm: 2, radius: 1 })).toBe(0.5);
    const v = Float64Array.of(0, 1);
    expect(errorRate(v, scaled(mu, 1e-200), lawOf("gaussian", 2, 2e-200))).toBeCloseTo(normalCdf(-1), 14);
    expect(errorRate(v, mu, lawOf("gaussian", 2, 1e-200))).toBe(0);
  });

  test("is null where it has no closed form", () => {
    for (const family of ["rademacher", "uniform", "student-t"] as const)
      expect(errorRate(Float64Array.of(1), Float64Array.of(1), lawOf(family, 1))).toBeNull();
  });
});
