import { describe, expect, test } from "vitest";
import type { RadiusSpec } from "../../src/training/method.js";
import { labeledNoise, trainingMeanLaw } from "../../src/training/problemLaw.js";
import { labelMoments, sslLaw } from "../../src/training/pseudoLabelLaw.js";
import { resolveAttack } from "../../src/training/resolveRadius.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

const problem = problemOf({
  dimension: 64,
  labeled: 25,
  unlabeled: 300,
  noise: { sd: 2 },
  signal: [
    { share: 0.25, norm: 3 },
    { share: 0.75, norm: 1 },
  ],
});
const attacked = (radius: RadiusSpec, labels: boolean = false) =>
  resolveAttack(problem, methodOf({ attack: { norm: 3, radius }, pseudoLabels: labels ? labelsOf() : null }));

/** S and V from theory 5.2 written out for pooled hard labels. */
function lawOf(norm: number) {
  const h = Math.sqrt(norm ** 2 + 0.16 * 64);
  return sslLaw(
    labelMoments(norm ** 2 / h, 2, labelsOf()),
    { h, sigma: 2, labeled: 25, unlabeled: 300 },
    "pooled",
  );
}

describe("resolveAttack", () => {
  test("no attack is none, and a number stands for itself with or without pseudo-labels", () => {
    expect(resolveAttack(problem, methodOf())).toBeNull();
    expect(attacked(0.7)).toEqual({ norm: 3, radius: 0.7 });
    expect(attacked(0, true)).toEqual({ norm: 3, radius: 0 });
  });

  test("logThreshold k is k tau sqrt(2 ln p), tau = sigma/sqrt(n) = 0.4", () => {
    expect(attacked({ logThreshold: 0.5 })?.radius).toBeCloseTo(0.5 * 0.4 * Math.sqrt(2 * Math.log(64)), 14);
  });

  test("filterBelow a is sqrt(a^2 + tau^2 p)", () => {
    expect(attacked({ filterBelow: 1.5 })?.radius).toBeCloseTo(Math.sqrt(1.5 ** 2 + 0.16 * 64), 14);
    expect(attacked({ filterBelow: 0 })?.radius).toBeCloseTo(3.2, 14);
  });

  test("with pseudo-labels the noise is V, averaged over the groups by share, and the signal is S a", () => {
    const variance = 0.25 * lawOf(3).noiseVariance + 0.75 * lawOf(1).noiseVariance;
    expect(attacked({ logThreshold: 2 }, true)?.radius).toBeCloseTo(
      2 * Math.sqrt(variance * 2 * Math.log(64)),
      13,
    );
    const { signalFactor, noiseVariance } = lawOf(1.5);
    const expected = Math.sqrt((signalFactor * 1.5) ** 2 + 64 * noiseVariance);
    expect(attacked({ filterBelow: 1.5 }, true)?.radius).toBeCloseTo(expected, 13);
    expect(variance).toBeLessThan(0.16);
  });

  test("pseudo-labels without unlabelled samples are labelled training", () => {
    const method = methodOf({ pseudoLabels: labelsOf(), attack: { norm: 2, radius: { filterBelow: 1 } } });
    const bare = { ...problem, unlabeled: 0 };
    expect(resolveAttack(bare, method)).toEqual(resolveAttack(bare, { ...method, pseudoLabels: null }));
  });
});

describe("trainingMeanLaw", () => {
  test("labelled means have S = 1, V = sigma^2/n", () => {
    expect(labeledNoise(problem)).toBe(0.4);
    const law = trainingMeanLaw(problem, null, 1);
    expect(law).toEqual({ labeledWeight: 1, signalFactor: 1, noiseVariance: expect.closeTo(0.16, 15) });
  });

  test("is theory 5.2 at h^2 = norm^2 + tau^2 p, also for a task without signal", () => {
    for (const norm of [0, 0.5, 3]) {
      const law = trainingMeanLaw(problem, labelsOf(), norm);
      expect(law.signalFactor).toBeCloseTo(lawOf(norm).signalFactor, 13);
      expect(law.noiseVariance).toBeCloseTo(lawOf(norm).noiseVariance, 13);
    }
    expect(trainingMeanLaw(problem, labelsOf({ weight: "optimal", soft: true }), 0).labeledWeight).toBe(1);
  });
});
