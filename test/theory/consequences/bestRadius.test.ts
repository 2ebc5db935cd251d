import { describe, expect, it } from "vitest";
import { bestRadius } from "../../../src/theory/consequences/bestRadius.js";
import { predict } from "../../../src/theory/predict.js";
import { resolveAttack } from "../../../src/training/resolveRadius.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const standard = methodOf();
/** Half of the means have the squared length 9 + p tau^2, half 1 + p tau^2. */
const mixed = problemOf({
  dimension: 20,
  tasks: 60,
  labeled: 40,
  signal: [
    { share: 0.5, norm: 3 },
    { share: 0.5, norm: 1 },
  ],
});
const sparse = problemOf({ rank: 1, dimension: 40, tasks: 60, support: 2 });

describe("bestRadius", () => {
  it.each([
    ["an l2 attack on equal norms", 2, null],
    ["an l_inf attack on a dense B", Infinity, 0],
  ] as const)("is 0 for the negative control of %s", (_, norm, logThreshold) => {
    const best = bestRadius(problemOf({ dimension: 200, tasks: 60 }), standard, norm)!;
    expect([best.radius, best.value, best.logThreshold]).toEqual([0, best.withoutAttack, logThreshold]);
  });

  it("filters the weak tasks out where that helps, at a radius between the groups", () => {
    const strong = { ...mixed, signal: [{ share: 0.5, norm: 8 }, mixed.signal[1]!] };
    const best = bestRadius(strong, standard, 2)!;
    expect(best.withoutAttack).toBe(predict(strong, standard).metrics.sinTheta2);
    expect(best.value).toBeLessThan(0.3 * best.withoutAttack);
    expect(best.radius).toBeGreaterThan(Math.sqrt(1.5));
    expect(best.radius).toBeLessThan(8);
    expect(best.logThreshold).toBeNull();
    const at = (radius: number): number =>
      predict(strong, methodOf({ attack: { norm: 2, radius } })).metrics.sinTheta2!;
    expect(at(best.radius)).toBe(best.value);
    for (const radius of [0.1 * best.radius, Math.sqrt(64.5)]) {
      expect(at(radius)).toBeGreaterThan(1.1 * best.value);
    }
  });

  it("finds an inner optimum for a sparse B, below the full log threshold and better than its neighbours", () => {
    const best = bestRadius(sparse, standard, Infinity)!;
    const at = (factor: number): number =>
      predict(sparse, methodOf({ attack: { norm: Infinity, radius: factor * best.radius } })).metrics
        .sinTheta2!;
    expect(best.logThreshold!).toBeGreaterThan(0.15);
    expect(best.logThreshold!).toBeLessThan(0.7);
    expect(best.value).toBeLessThan(0.7 * best.withoutAttack);
    expect(at(1)).toBe(best.value);
    for (const factor of [0.5, 0.9, 1.1, 2]) expect(at(factor)).toBeGreaterThan(best.value);
  });

  it("sees a valley a twentieth of the l2 range wide", () => {
    // Two tasks of norm 20 stretch the range; it helps to filter the weakest group, below the length 2.3.
    const valley = problemOf({
      rank: 1,
      tasks: 400,
      labeled: 2000,
      signal: [
        { share: 0.3, norm: 1.4 },
        { share: 0.695, norm: 2.3 },
        { share: 0.005, norm: 20 },
      ],
    });
    const best = bestRadius(valley, standard, 2)!;
    expect(best.radius).toBeGreaterThan(1.4);
    expect(best.radius).toBeLessThan(2.3);
    expect(best.value).toBeLessThan(0.95 * best.withoutAttack);
  });

  it.each([
    ["counts", "above", 1.36],
    ["does not count", "below", 1.39],
  ])("%s a gain %s a millionth: one weak task of norm %f in 100,000", (_, side, norm) => {
    const many = problemOf({
      rank: 1,
      tasks: 1e5,
      labeled: 1000,
      signal: [
        { share: 1 - 1e-5, norm: 2 },
        { share: 1e-5, norm },
      ],
    });
    const best = bestRadius(many, standard, 2)!;
    const filtered = predict(many, methodOf({ attack: { norm: 2, radius: 1.55 } })).metrics.sinTheta2!;
    const gain = 1 - filtered / best.withoutAttack;
    expect(gain).toBeGreaterThan(1e-7);
    expect(gain > 1e-6).toBe(side === "above");
    if (side === "above") expect(best.radius).toBeGreaterThan(norm);
    else expect([best.radius, best.value]).toEqual([0, best.withoutAttack]);
  });
});

describe("the range of bestRadius", () => {
  // Any attack lowers the number of survivors, so the end of the range is the minimum.
  it("ends at the root mean square length of the strongest means that there are", () => {
    const stray = { ...mixed, signal: [...mixed.signal, { share: 0, norm: 1e6 }] };
    const best = bestRadius(stray, standard, 2, "survivingTasks")!;
    expect(best.radius).toBeCloseTo(Math.sqrt(9 + 20 / 40), 12);
  });

  it("ends at the length of the means that pseudo-labels make", () => {
    const problem = { ...mixed, unlabeled: 20, signal: [{ share: 1, norm: 3 }] };
    const pseudoLabels = labelsOf({ weight: 0.4 });
    const end = methodOf({ pseudoLabels, attack: { norm: 2, radius: { filterBelow: 3 } } });
    const best = bestRadius(problem, methodOf({ pseudoLabels }), 2, "survivingTasks")!;
    expect(best.radius).toBeCloseTo(resolveAttack(problem, end)!.radius, 12);
  });

  it("ends at tau sqrt(2 ln p) in the sup norm: the log threshold 1", () => {
    const noisy = { ...sparse, labeled: 1, noise: { ...sparse.noise, sd: 2 } };
    const best = bestRadius(noisy, standard, Infinity, "survivingTasks")!;
    expect(best.radius).toBeCloseTo(2 * Math.sqrt(2 * Math.log(40)), 12);
    expect(best.logThreshold).toBeCloseTo(1, 12);
  });

  it("has no candidate where nothing is predicted, however small the metric could be", () => {
    const uneven = problemOf({ dimension: 100, tasks: 3000, diversity: [2, 1] });
    const attack = { norm: Infinity, radius: 0.5 };
    expect(predict(uneven, methodOf({ attack })).metrics.survivingTasks).toBeNull();
    for (const metric of ["sinTheta2", "survivingTasks"] as const) {
      const best = bestRadius(uneven, standard, Infinity, metric)!;
      expect([best.radius, best.value]).toEqual([0, best.withoutAttack]);
    }
  });

  it("is null where nothing is predicted at all, and refuses other norms", () => {
    expect(bestRadius(problemOf({ noise: { family: "student-t" } }), standard, 2)).toBeNull();
    // Without an attack there is no robust error rate to compare with.
    expect(bestRadius(mixed, standard, 2, "robustErrorRate")).toBeNull();
    for (const norm of [1, 3, 0, Number.NaN]) expect(() => bestRadius(mixed, standard, norm)).toThrow(/norm/);
  });
});

describe("the log threshold of bestRadius", () => {
  it("is the best radius as an attack of that threshold, also on pseudo-labels and unequal norms", () => {
    const problem = {
      ...sparse,
      unlabeled: 10,
      signal: [
        { share: 0.3, norm: 2 },
        { share: 0.7, norm: 1 },
      ],
    };
    const pseudoLabels = labelsOf();
    const { logThreshold, value } = bestRadius(problem, methodOf({ pseudoLabels }), Infinity)!;
    const attack = { norm: Infinity, radius: { logThreshold: logThreshold! } };
    expect(logThreshold!).toBeGreaterThan(0.1);
    expect(predict(problem, methodOf({ pseudoLabels, attack })).metrics.sinTheta2!).toBeCloseTo(value, 10);
  });
});
