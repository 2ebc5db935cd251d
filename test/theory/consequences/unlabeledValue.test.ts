import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/numerics/minimize.js";
import { normalCdf, normalPdf } from "../../../src/numerics/special/normal.js";
import {
  equivalentLabeled,
  pseudoLabelValue,
  unlabeledFloor,
} from "../../../src/theory/consequences/unlabeledValue.js";
import { predict } from "../../../src/theory/predict.js";
import { trainingMeanLaw } from "../../../src/training/problemLaw.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({ dimension: 500, tasks: 200, labeled: 20, unlabeled: 160 });
const ratio = (weight: "pooled" | "optimal" | number, changed = problem, norm = 1): number => {
  const law = trainingMeanLaw(changed, labelsOf({ weight }), norm);
  return law.signalFactor ** 2 / law.noiseVariance;
};

describe("pseudoLabelValue", () => {
  it("is n + (1 - 2e)^2 u at the best weight, and no weight does better", () => {
    const { effectiveSamples, bestLabeledWeight, error } = pseudoLabelValue(problem, 1);
    expect(effectiveSamples).toBeCloseTo(20 + (1 - 2 * error) ** 2 * 160, 11);
    const best = minimize((omega) => -ratio(1 - omega), 0, 1, { tolerance: 1e-8 });
    expect(-best.value).toBeCloseTo(effectiveSamples, 6);
    expect(best.x).toBeCloseTo(bestLabeledWeight, 3);
    const optimal = methodOf({ pseudoLabels: labelsOf({ weight: "optimal" }) });
    expect(equivalentLabeled(problem, optimal, 1)).toBeCloseTo(effectiveSamples, 8);
  });

  it("has the error Phi(-k/sigma) and the weight n / ((1 - 2e) u) - 2 sigma phi(k/sigma) / h over one more", () => {
    for (const [norm, sd, unlabeled] of [
      [2, 1, 40],
      [3, 2, 15],
      [0.7, 0.25, 100],
    ] as const) {
      const changed = problemOf({ dimension: 80, labeled: 10, unlabeled, noise: { sd } });
      const h = Math.sqrt(norm ** 2 + 8 * sd ** 2);
      const k = norm ** 2 / h;
      const value = pseudoLabelValue(changed, norm);
      const error = normalCdf(-k / sd);
      expect(value.error).toBeCloseTo(error, 14);
      expect(value.firstGain).toBeCloseTo(1 - 4 * error, 14);
      const odds = 10 / ((1 - 2 * error) * unlabeled) - (2 * sd * normalPdf(k / sd)) / h;
      expect(value.bestLabeledWeight).toBeCloseTo(odds / (1 + odds), 13);
      expect(value.effectiveSamples).toBeCloseTo(10 + (1 - 2 * error) ** 2 * unlabeled, 11);
    }
  });

  it("gives the labelled mean the weight 0 where the formula is negative, and counts what that reaches", () => {
    // The second is so weak that the formula for the odds falls below -1.
    for (const [changed, norm] of [
      [{ ...problem, unlabeled: 1e5 }, 1],
      [problemOf({ labeled: 1000, unlabeled: 1e6 }), 0.1],
    ] as const) {
      const { bestLabeledWeight, effectiveSamples, error } = pseudoLabelValue(changed, norm);
      expect(bestLabeledWeight).toBe(0);
      const best = minimize((omega) => -ratio(1 - omega, changed, norm), 0, 1, { tolerance: 1e-8 });
      expect(best.x).toBe(0);
      expect(effectiveSamples / -best.value).toBeCloseTo(1, 12);
      expect(effectiveSamples).toBeLessThan(changed.labeled + (1 - 2 * error) ** 2 * changed.unlabeled);
    }
  });

  it("is n, all weight on the labelled mean, without unlabelled samples or without a signal", () => {
    for (const [changed, norm] of [
      [{ ...problem, unlabeled: 0 }, 1],
      [problem, 0],
    ] as const) {
      const { bestLabeledWeight, effectiveSamples } = pseudoLabelValue(changed, norm);
      expect(bestLabeledWeight).toBe(1);
      expect(effectiveSamples).toBeCloseTo(20, 12);
    }
    expect(pseudoLabelValue(problem, 0).error).toBe(0.5);
  });

  it("starts with 1 - 4e per pooled sample: the 25 % rule", () => {
    for (const labeled of [20, 200, 4000]) {
      const many = { ...problem, labeled };
      const { firstGain } = pseudoLabelValue(many, 1);
      const step = 1e-4 * labeled;
      const gain = ratio("pooled", { ...many, unlabeled: step }) / labeled - 1;
      expect(gain / (step / labeled)).toBeCloseTo(firstGain, 2);
    }
    expect(pseudoLabelValue(problem, 1).firstGain).toBeLessThan(0);
    expect(pseudoLabelValue({ ...problem, labeled: 4000 }, 2).firstGain).toBeGreaterThan(0.5);
  });
});

describe("equivalentLabeled", () => {
  it("is n without pseudo-labels, at any noise", () => {
    for (const sd of [0.5, 1, 3]) {
      const changed = { ...problem, noise: { ...problem.noise, sd } };
      expect(equivalentLabeled(changed, methodOf(), 1)).toBeCloseTo(20, 10);
    }
  });

  it("is the n at which a labelled mean has the ratio S^2 / V", () => {
    const changed = { ...problem, noise: { ...problem.noise, sd: 2 } };
    const labeled = equivalentLabeled(changed, methodOf({ pseudoLabels: labelsOf() }), 1.5);
    const { noiseVariance } = trainingMeanLaw({ ...changed, labeled }, null, 1.5);
    expect(1 / noiseVariance).toBeCloseTo(ratio("pooled", changed, 1.5), 10);
  });

  it("carries over to the attacks: the same relative threshold on that many samples learns the same", () => {
    const sparse = problemOf({
      dimension: 300,
      rank: 1,
      tasks: 100,
      labeled: 20,
      unlabeled: 200,
      support: 2,
      signal: [{ share: 1, norm: 1.5 }],
    });
    const attack = { norm: Infinity, radius: { logThreshold: 0.4 } };
    const method = methodOf({ attack, pseudoLabels: labelsOf({ weight: "optimal" }) });
    const labeled = Math.round(equivalentLabeled(sparse, method, 1.5));
    const semi = predict(sparse, method).metrics.sinTheta2!;
    const supervised = predict({ ...sparse, labeled, unlabeled: 0 }, methodOf({ attack })).metrics.sinTheta2!;
    expect(labeled).toBeGreaterThan(25);
    expect(Math.abs(semi / supervised - 1)).toBeLessThan(0.05);
  });
});

describe("unlabeledFloor", () => {
  it("is the limit of many unlabelled samples, above zero", () => {
    const method = methodOf({ pseudoLabels: labelsOf() });
    const small = problemOf({ tasks: 40, unlabeled: 3 });
    const floor = unlabeledFloor(small, method).metrics.sinTheta2!;
    const at = (unlabeled: number): number =>
      predict({ ...small, unlabeled }, method).metrics.sinTheta2! / floor - 1;
    expect(floor).toBeGreaterThan(0.01);
    expect(at(1e4)).toBeGreaterThan(0);
    expect(at(1e6)).toBeLessThan(0.02 * at(1e4));
    expect(Math.abs(at(1e12))).toBeLessThan(1e-6);
  });
});
