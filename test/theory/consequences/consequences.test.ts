import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/numerics/minimize.js";
import { bestRadius } from "../../../src/theory/consequences/bestRadius.js";
import { optimalColumnWeight, weightGain } from "../../../src/theory/consequences/columnWeights.js";
import { filterBoundary, filterGain } from "../../../src/theory/consequences/filterBoundary.js";
import { marginalValue } from "../../../src/theory/consequences/marginalValue.js";
import { transitionLabeled, transitionTasks } from "../../../src/theory/consequences/phaseTransition.js";
import { smallestReaching } from "../../../src/theory/consequences/reach.js";
import {
  equivalentLabeled,
  pseudoLabelValue,
  unlabeledFloor,
} from "../../../src/theory/consequences/unlabeledValue.js";
import { predict } from "../../../src/theory/predict.js";
import { spikeOverlap } from "../../../src/theory/weightedSpike.js";
import { trainingMeanLaw } from "../../../src/training/problemLaw.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const standard = methodOf();
const base = problemOf({ dimension: 400, tasks: 100, labeled: 20 });
const mixed = problemOf({
  dimension: 200,
  tasks: 400,
  labeled: 50,
  signal: [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ],
});

describe("smallestReaching", () => {
  it("is the first amount that reaches the level: one unit less does not", () => {
    for (const resource of ["tasks", "labeled"] as const) {
      const { amount, value } = smallestReaching(base, standard, resource, "sinTheta2", 0.1);
      const at = (x: number): number => predict({ ...base, [resource]: x }, standard).metrics.sinTheta2!;
      expect(at(amount!)).toBe(value);
      expect(at(amount!)).toBeLessThanOrEqual(0.1);
      expect(at(amount! - 1)).toBeGreaterThan(0.1);
    }
  });

  it("is null where no amount is enough: below the floor of unlabelled data", () => {
    const method = methodOf({ pseudoLabels: labelsOf() });
    const floor = unlabeledFloor({ ...base, unlabeled: 10 }, method).metrics.sinTheta2!;
    expect(floor).toBeGreaterThan(0.01);
    const below = smallestReaching(base, method, "unlabeled", "sinTheta2", 0.9 * floor);
    expect(below.amount).toBeNull();
    const above = smallestReaching(base, method, "unlabeled", "sinTheta2", 1.1 * floor);
    expect(above.amount).toBeGreaterThan(100);
  });
});

describe("transitionTasks", () => {
  it("is (p - r)(r tau^2 / norm^2)^2 for raw columns of one norm", () => {
    for (const [p, n, norm] of [
      [2000, 5, 1],
      [4000, 20, 0.7],
    ] as const) {
      const problem = problemOf({ dimension: p, labeled: n, tasks: 50, signal: [{ share: 1, norm }] });
      const expected = (p - 2) * (2 / (n * norm * norm)) ** 2;
      expect(transitionTasks(problem, methodOf({ aggregation: "raw" }))! / expected).toBeCloseTo(1, 1);
    }
  });

  it("separates nothing from something", () => {
    const problem = problemOf({ dimension: 3000, labeled: 5, tasks: 50 });
    const tasks = transitionTasks(problem, standard)!;
    expect(predict({ ...problem, tasks: Math.ceil(1.3 * tasks) }, standard).metrics.sinTheta2!).toBeLessThan(
      1.9,
    );
    expect(predict({ ...problem, tasks: Math.floor(0.6 * tasks) }, standard).metrics.sinTheta2!).toBe(2);
    const labeled = transitionLabeled({ ...problem, tasks: 100 }, standard)!;
    expect(transitionTasks({ ...problem, labeled }, standard)!).toBeLessThanOrEqual(100);
    expect(transitionTasks({ ...problem, labeled: labeled - 1 }, standard)!).toBeGreaterThan(100);
  });

  it("does not exist when everything is filtered", () => {
    expect(transitionTasks(base, methodOf({ attack: { norm: 2, radius: 100 } }))).toBeNull();
  });
});

describe("bestRadius", () => {
  it("is 0 for the negative controls: an l2 attack on equal norms, an l_inf attack on a dense B", () => {
    expect(bestRadius(base, standard, 2)!.radius).toBe(0);
    expect(bestRadius(base, standard, Infinity)!.radius).toBe(0);
  });

  it("filters the weak tasks out where that helps, at a radius between the groups", () => {
    const strong = { ...mixed, labeled: 500, signal: [{ share: 0.5, norm: 8 }, mixed.signal[1]!] };
    const best = bestRadius(strong, standard, 2)!;
    expect(best.value).toBeLessThan(0.3 * best.withoutAttack);
    expect(best.radius).toBeGreaterThan(Math.sqrt(1 + 200 / 500));
    expect(best.radius).toBeLessThan(8);
    const attack = { norm: 2, radius: best.radius };
    expect(predict(strong, methodOf({ attack })).metrics.sinTheta2).toBe(best.value);
    for (const radius of [0.1 * best.radius, Math.sqrt(64 + 200 / 500)]) {
      const other = { norm: 2, radius };
      expect(predict(strong, methodOf({ attack: other })).metrics.sinTheta2!).toBeGreaterThan(
        1.1 * best.value,
      );
    }
  });

  it("finds an inner optimum for a sparse B, well below the full log threshold", () => {
    const best = bestRadius({ ...base, support: 6 }, standard, Infinity)!;
    expect(best.logThreshold!).toBeGreaterThan(0.15);
    expect(best.logThreshold!).toBeLessThan(0.7);
    expect(best.value).toBeLessThan(0.7 * best.withoutAttack);
  });
});

describe("filterBoundary", () => {
  it("lies where filtering neither helps nor hurts, with help on the strong side", () => {
    const alpha = filterBoundary(mixed, standard, "alpha", 1.1, 20)!;
    const at = (norm: number): number =>
      filterGain({ ...mixed, signal: [{ share: 0.5, norm }, mixed.signal[1]!] }, standard)!;
    expect(Math.abs(at(alpha))).toBeLessThan(1e-4);
    expect(at(0.8 * alpha)).toBeLessThan(-0.01);
    expect(at(1.3 * alpha)).toBeGreaterThan(0.01);
    const labeled = filterBoundary(mixed, standard, "labeled", 5, 5000)!;
    expect(filterGain({ ...mixed, labeled: Math.round(labeled / 3) }, standard)!).toBeLessThan(0);
    expect(filterGain({ ...mixed, labeled: Math.round(labeled * 3) }, standard)!).toBeGreaterThan(0);
  });

  it("is null without a second group or a change of sign", () => {
    expect(filterGain(base, standard)).toBeNull();
    expect(filterBoundary(mixed, standard, "alpha", 10, 20)).toBeNull();
  });
});

describe("the value of unlabelled data", () => {
  const problem = problemOf({ dimension: 500, tasks: 200, labeled: 20, unlabeled: 160 });
  const ratio = (weight: "pooled" | "optimal" | number, unlabeled = 160): number => {
    const law = trainingMeanLaw({ ...problem, unlabeled }, labelsOf({ weight }), 1);
    return law.signalFactor ** 2 / law.noiseVariance;
  };

  it("is n + (1 - 2e)^2 u at the best weight, and no weight does better", () => {
    const { effectiveSamples, bestLabeledWeight, error } = pseudoLabelValue(problem, 1);
    expect(effectiveSamples).toBeCloseTo(20 + (1 - 2 * error) ** 2 * 160, 12);
    expect(ratio("optimal")).toBeCloseTo(effectiveSamples, 8);
    const best = minimize((omega) => -ratio(1 - omega), 0, 1, { tolerance: 1e-8 });
    expect(-best.value).toBeCloseTo(effectiveSamples, 6);
    expect(best.x).toBeCloseTo(bestLabeledWeight, 3);
    expect(
      equivalentLabeled(problem, methodOf({ pseudoLabels: labelsOf({ weight: "optimal" }) }), 1),
    ).toBeCloseTo(effectiveSamples, 8);
  });

  it("starts with 1 - 4e per pooled sample: the 25 % rule", () => {
    for (const labeled of [20, 200, 4000]) {
      const many = { ...problem, labeled, dimension: 500 };
      const { firstGain } = pseudoLabelValue(many, 1);
      const law = (unlabeled: number): number => {
        const { signalFactor, noiseVariance } = trainingMeanLaw({ ...many, unlabeled }, labelsOf(), 1);
        return signalFactor ** 2 / noiseVariance / labeled;
      };
      const step = 1e-4 * labeled;
      expect((law(step) - 1) / (step / labeled)).toBeCloseTo(firstGain, 2);
    }
    expect(pseudoLabelValue(problem, 1).firstGain).toBeLessThan(0);
    expect(pseudoLabelValue({ ...problem, labeled: 4000 }, 2).firstGain).toBeGreaterThan(0.5);
  });

  it("carries over to the attacks: the same relative threshold on equivalentLabeled samples learns the same", () => {
    const sparse = { ...problem, support: 8, unlabeled: 400, signal: [{ share: 1, norm: 1.5 }] };
    const attack = { norm: Infinity, radius: { logThreshold: 0.4 } };
    const method = methodOf({ attack, pseudoLabels: labelsOf({ weight: "optimal" }) });
    const labeled = Math.round(equivalentLabeled(sparse, method, 1.5));
    const semi = predict(sparse, method).metrics.sinTheta2!;
    const supervised = predict({ ...sparse, labeled, unlabeled: 0 }, methodOf({ attack })).metrics.sinTheta2!;
    expect(Math.abs(semi / supervised - 1)).toBeLessThan(0.05);
  });
});

describe("optimalColumnWeight", () => {
  it("maximises the overlap over all weights, also where noise differs, which norm^2/(norm^2/r + v) does not", () => {
    const [signal, noise] = [
      [2, 0.3],
      [1, 0.4],
    ] as const;
    const error = (logWeight: number): number => {
      const weights = [1, Math.exp(logWeight)];
      const classes = weights.map((w, i) => ({
        share: 0.5,
        signal: w * signal[i]!,
        noise: w * noise[i]!,
        covariance: 0,
        noiseVariance: 0,
      }));
      return 1 - spikeOverlap(classes, 0.8);
    };
    const best = minimize(error, -5, 5, { tolerance: 1e-8 });
    const formula = optimalColumnWeight(0.3, 0.4) / optimalColumnWeight(2, 1);
    expect(Math.exp(best.x)).toBeCloseTo(formula, 4);
    const withoutNoise = 0.3 / 0.7 / (2 / 3);
    expect(error(Math.log(withoutNoise))).toBeGreaterThan(best.value + 1e-3);
  });

  it("bounds what normalised and raw columns reach", () => {
    for (const method of [standard, methodOf({ pseudoLabels: labelsOf() })]) {
      const gain = weightGain({ ...mixed, unlabeled: 100 }, method);
      expect(gain.optimal).toBeLessThan(gain.normalized);
      expect(gain.optimal).toBeLessThanOrEqual(gain.raw);
    }
    const equal = weightGain(base, standard);
    expect(equal.normalized).toBeCloseTo(equal.optimal, 10);
  });
});

describe("marginalValue", () => {
  it("is the fall of the predicted risk per unit, and names the scarce resource", () => {
    const value = marginalValue(mixed, standard);
    const there = predict({ ...mixed, labeled: 55 }, standard).metrics.excessRisk!;
    const here = predict(mixed, standard).metrics.excessRisk!;
    expect(value.labeled).toBeCloseTo((here - there) / 5, 14);
    expect(value.task).toBeGreaterThan(0);
    expect(value.unlabeled).toBe(0);
    const rich = marginalValue({ ...mixed, target: { samples: 100_000, norm: 1, attack: null } }, standard);
    expect(rich.targetSample!).toBeLessThan(1e-4 * value.targetSample!);
    const poor = marginalValue(problemOf({ noise: { family: "student-t" } }), standard);
    expect(poor).toEqual({ task: null, labeled: null, unlabeled: null, targetSample: null });
  });
});
