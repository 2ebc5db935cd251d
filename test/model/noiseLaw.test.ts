import { describe, expect, test } from "vitest";
import { noiseLaw } from "../../src/model/noiseLaw.js";
import type { Noise, NoiseFamily } from "../../src/model/problem.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { FAR, meanOf, zScore } from "../helpers/statistics.js";

const FAMILIES: NoiseFamily[] = ["gaussian", "rademacher", "uniform", "student-t", "anisotropic"];
const noise = (family: NoiseFamily, changes: Partial<Noise> = {}): Noise => ({
  sd: 2,
  family,
  degreesOfFreedom: 9,
  condition: 100,
  ...changes,
});

function unitDraws(family: NoiseFamily, count: number): number[] {
  const unit = noiseLaw(noise(family), 3).unit(keyedStream(["noise", family]));
  return Array.from({ length: count }, unit);
}

describe("noiseLaw", () => {
  // E x^4 where it tells the families apart; Student-t with 9 degrees of freedom: 3 (k - 2)/(k - 4) = 4.2.
  const FOURTH = { gaussian: 3, rademacher: 1, uniform: 9 / 5, "student-t": 4.2, anisotropic: 3 };

  test.each(FAMILIES)("%s: a coordinate has mean 0, variance 1, no skew and its fourth moment", (family) => {
    // 40,000 draws and four statistics beyond 5.8 standard errors: 3e-8 in all a family (Student-t's fourth power has heavy tails: within 25 %, without a probability).
    const x = unitDraws(family, 40_000);
    expect(Math.abs(zScore(x, 0))).toBeLessThan(FAR);
    if (family === "rademacher") expect(x.every((v) => v * v === 1)).toBe(true);
    else
      expect(
        Math.abs(
          zScore(
            x.map((v) => v * v),
            1,
          ),
        ),
      ).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          x.map((v) => v ** 3),
          0,
        ),
      ),
    ).toBeLessThan(FAR);
    if (family === "student-t") expect(Math.abs(meanOf(x.map((v) => v ** 4)) / 4.2 - 1)).toBeLessThan(0.25);
    else if (family !== "rademacher")
      expect(
        Math.abs(
          zScore(
            x.map((v) => v ** 4),
            FOURTH[family],
          ),
        ),
      ).toBeLessThan(FAR);
  });

  test("a Student-t that is not divided by its standard deviation would be seen", () => {
    const x = unitDraws("student-t", 40_000).map((v) => v * Math.sqrt(9 / 7));
    expect(
      Math.abs(
        zScore(
          x.map((v) => v * v),
          1,
        ),
      ),
    ).toBeGreaterThan(FAR);
  });

  test("uniform noise fills [-sqrt 3, sqrt 3] and no more", () => {
    const x = unitDraws("uniform", 10_000);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3));
    expect(Math.max(...x)).toBeGreaterThan(1.72);
    expect(Math.min(...x)).toBeLessThan(-1.72);
  });

  test("isotropic families have the same standard deviation everywhere", () => {
    for (const family of FAMILIES.filter((name) => name !== "anisotropic")) {
      expect([...noiseLaw(noise(family), 3).scales]).toEqual([2, 2, 2]);
    }
  });

  test("anisotropic variances are geometric, fall, have mean sd^2 and the condition number asked for", () => {
    for (const p of [2, 3, 50]) {
      const variances = [...noiseLaw(noise("anisotropic"), p).scales].map((s) => s * s);
      expect(meanOf(variances)).toBeCloseTo(4, 12);
      expect(variances[0]! / variances[p - 1]!).toBeCloseTo(100, 9);
      const ratio = variances[1]! / variances[0]!;
      for (let j = 1; j < p; j++) expect(variances[j]! / variances[j - 1]!).toBeCloseTo(ratio, 12);
    }
    // By hand: condition 4 in R^3 is 4 : 2 : 1, mean 7/3.
    const [a, b, c] = noiseLaw(noise("anisotropic", { sd: 1, condition: 4 }), 3).scales;
    expect([a! ** 2, b! ** 2, c! ** 2]).toEqual([12 / 7, 6 / 7, 3 / 7].map((v) => expect.closeTo(v, 14)));
    expect([...noiseLaw(noise("anisotropic"), 1).scales]).toEqual([2]);
    expect([...noiseLaw(noise("anisotropic", { condition: 1 }), 3).scales]).toEqual([2, 2, 2]);
  });

  test("only Gaussian laws say that means can be drawn without samples", () => {
    const gaussian = FAMILIES.filter((family) => noiseLaw(noise(family), 3).gaussian);
    expect(gaussian).toEqual(["gaussian", "anisotropic"]);
  });
});
