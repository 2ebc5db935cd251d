import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { implicitUnlabeled } from "../../src/model/implicitUnlabeled.js";
import { type NoiseLaw, noiseLaw } from "../../src/model/noiseLaw.js";
import type { Noise, NoiseFamily } from "../../src/model/problem.js";
import { rawUnlabeled, type UnlabeledSample } from "../../src/model/unlabeledSample.js";
import { dot, norm2, scaled } from "../../src/numerics/products.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream, type Rng, streamFromWords } from "../../src/random/keyedStream.js";
import { FAR, ksDistance, ksLimit, zScore } from "../helpers/statistics.js";

const lawOf = (family: NoiseFamily, p: number, sd: number = 1): NoiseLaw => {
  const noise: Noise = { sd, family, degreesOfFreedom: 5, condition: 30 };
  return noiseLaw(noise, p);
};

type Maker = (seed: number, mu: Float64Array, u: number, law: NoiseLaw) => UnlabeledSample;
const implicit: Maker = (seed, mu, u, law) =>
  implicitUnlabeled(
    streamFromWords(Uint32Array.of(1, seed)),
    () => streamFromWords(Uint32Array.of(2, seed)),
    mu,
    u,
    law,
  );
const raw: Maker = (seed, mu, u, law) =>
  rawUnlabeled(() => streamFromWords(Uint32Array.of(3, seed)), mu, u, law);

describe.each([
  ["implicitUnlabeled", implicit, ["gaussian", "anisotropic"]],
  ["rawUnlabeled", raw, ["gaussian", "anisotropic", "rademacher", "uniform", "student-t"]],
] as const)("%s", (_, make, families) => {
  test("sum_i f_i <beta, x_i> = <beta, sum_i f_i x_i> to rounding, for every pair of a sequence of questions", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(fc.nat(), sizes, fc.constantFrom(...families), (seed, [u, p], family) => {
        const rng = streamFromWords(Uint32Array.of(9, seed));
        const sample = make(seed, normalVector(rng, p), u, lawOf(family, p));
        let beta = normalVector(rng, p);
        const betas: { v: Float64Array; answer: Float64Array }[] = [];
        const labels: { v: Float64Array; answer: Float64Array }[] = [];
        for (let round = 0; round < 3; round++) {
          betas.push({ v: beta, answer: sample.project(beta) });
          const f = betas[round]!.answer.map((s) => (s > 0 ? 1 : -0.5));
          labels.push({ v: f, answer: sample.weightedSum(f) });
          beta = labels[round]!.answer.slice();
        }
        for (const b of betas) {
          for (const f of labels) {
            const size = norm2(b.v) * norm2(f.v) + Math.abs(dot(f.v, b.answer));
            expect(Math.abs(dot(f.v, b.answer) - dot(b.v, f.answer))).toBeLessThan(1e-12 * size * (u + p));
          }
        }
      }),
    );
  });

  test("knows its size, and answers a question again as before", () => {
    const sample = make(5, Float64Array.of(1, 2, 3), 4, lawOf("gaussian", 3));
    const beta = Float64Array.of(0, 1, 0);
    const first = sample.project(beta);
    sample.weightedSum(Float64Array.of(1, -1, 1, 1));
    const again = sample.project(beta);
    expect(sample.count).toBe(4);
    again.forEach((value, i) => {
      expect(value).toBeCloseTo(first[i]!, 13);
    });
  });

  test("without noise to speak of, samples are plus or minus the mean, both equally often", () => {
    const u = 4000;
    const sample = make(6, Float64Array.of(3, 4), u, lawOf("gaussian", 2, 1e-9));
    const y = sample.project(Float64Array.of(0.6, 0.8));
    const signs = [...y].map(Math.sign);
    expect(Math.max(...y.map((s) => Math.abs(Math.abs(s) - 5)))).toBeLessThan(1e-7);
    expect(Math.abs(zScore(signs, 0))).toBeLessThan(FAR); // false alarm 7e-9
    // Labelled rightly, they sum to u mu.
    const sum = sample.weightedSum(Float64Array.from(signs));
    expect(sum[0]! / u).toBeCloseTo(3, 7);
    expect(sum[1]! / u).toBeCloseTo(4, 7);
  });
});

describe("implicitUnlabeled against raw samples", () => {
  const COUNT = 1500;
  const U = 6;

  /** Two rounds of self-training with a threshold in the first, seen through every coordinate and product. */
  function statistics(sample: UnlabeledSample): number[] {
    const beta = Float64Array.of(0.8, 0, 0, 0.6);
    const s = sample.project(beta);
    const f = s.map((x) => (Math.abs(x) > 0.2 ? Math.sign(x) : 0));
    const sum = sample.weightedSum(f);
    const beta2 = scaled(sum, 1 / (1e-9 + norm2(sum)));
    const s2 = sample.project(beta2);
    const f2 = s2.map(Math.tanh);
    const sum2 = sample.weightedSum(f2);
    return [
      ...[norm2(s), s[0]!, dot(f, s), ...sum, norm2(sum), dot(sum, beta)],
      ...[norm2(s2), dot(s, s2), dot(f2, s2), ...sum2, norm2(sum2), dot(sum, sum2), dot(sum2, beta)],
    ];
  }

  const columns = (make: (i: number) => UnlabeledSample): number[][] => {
    const rows = Array.from({ length: COUNT }, (_, i) => statistics(make(i)));
    return rows[0]!.map((_, k) => rows.map((row) => row[k]!));
  };
  const farthest = (a: number[][], b: number[][]): number =>
    Math.max(...a.map((column, k) => ksDistance(column, b[k]!)));

  test.each(["gaussian", "anisotropic"] as const)(
    "%s: equal in law, 19 statistics, false alarm 1e-8 each",
    (family) => {
      const mu = Float64Array.of(1, 0.5, -0.5, 0.2);
      const law = lawOf(family, 4);
      const truth = columns((i) => raw(i, mu, U, law));
      expect(
        farthest(
          columns((i) => implicit(i, mu, U, law)),
          truth,
        ),
      ).toBeLessThan(ksLimit(COUNT));
      // Power: a sum of samples that forgets the noise that the labels picked, u p numbers drawn anew.
      const forgetful = (i: number): UnlabeledSample => ({
        ...raw(i, mu, U, law),
        weightedSum: raw(i + COUNT, mu, U, law).weightedSum,
      });
      expect(farthest(columns(forgetful), truth)).toBeGreaterThan(ksLimit(COUNT));
      // Power: the right mean and the other noise law.
      const other = lawOf(family === "gaussian" ? "anisotropic" : "gaussian", 4);
      expect(
        farthest(
          columns((i) => implicit(i, mu, U, other)),
          truth,
        ),
      ).toBeGreaterThan(ksLimit(COUNT));
    },
  );

  test("all later questions draw from one stream, made when the first of them comes", () => {
    let made = 0;
    const later = (): Rng => {
      made++;
      return keyedStream(["later"]);
    };
    const sample = implicitUnlabeled(
      keyedStream(["first"]),
      later,
      Float64Array.of(1, 0, 2),
      5,
      lawOf("gaussian", 3),
    );
    sample.weightedSum(sample.project(Float64Array.of(1, 0, 0)));
    expect(made).toBe(0);
    sample.weightedSum(sample.project(Float64Array.of(0, 1, 0)).map((x) => x * x));
    sample.weightedSum(sample.project(Float64Array.of(0, 0, 1)).map(Math.abs));
    expect(made).toBe(1);
  });

  test("what is asked later never changes what the stream draws for the next task", () => {
    const drawnAfter = (ask: (sample: UnlabeledSample) => void): number => {
      const rng: Rng = keyedStream(["shared"]);
      ask(implicitUnlabeled(rng, () => keyedStream(["own"]), Float64Array.of(1, 0), 3, lawOf("gaussian", 2)));
      return rng.normal();
    };
    const quiet = drawnAfter(() => {});
    const asked = drawnAfter((sample) => {
      for (const beta of [Float64Array.of(1, 0), Float64Array.of(0, 1)])
        sample.weightedSum(sample.project(beta));
    });
    expect(asked).toBe(quiet);
  });
});
