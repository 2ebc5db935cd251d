import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/model/problem.js";
import { predict } from "../../src/theory/predict.js";
import type { Attack, Method } from "../../src/training/method.js";
import { law } from "../helpers/law.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

const log10 = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: low, max: high, noNaN: true }).map((x) => 10 ** x);
const size = (low: number, high: number): fc.Arbitrary<number> =>
  log10(low, high).map((x) => Math.max(1, Math.round(x)));

const problems: fc.Arbitrary<Problem> = fc
  .record({
    rank: fc.integer({ min: 1, max: 6 }),
    extra: size(1.3, 6),
    tasks: size(0.5, 5),
    labeled: size(0, 5),
    unlabeled: size(0, 5),
    sd: log10(-1, 1),
    strong: log10(-1, 1),
    weak: log10(-1, 1),
    share: fc.constantFrom(0, 0.25, 0.5, 1),
    samples: size(0, 3),
    norm: log10(-1, 1),
  })
  .map((x) =>
    problemOf({
      rank: x.rank,
      dimension: x.rank + x.extra,
      tasks: x.tasks,
      labeled: x.labeled,
      unlabeled: x.unlabeled,
      noise: { sd: x.sd },
      signal: [
        { share: x.share, norm: x.strong },
        { share: 1 - x.share, norm: x.weak },
      ],
      target: { samples: x.samples, norm: x.norm },
    }),
  );

const methods: fc.Arbitrary<Method> = fc.record({
  name: fc.constant("any"),
  attack: fc.constantFrom<Attack | null>(
    null,
    { norm: 2, radius: { filterBelow: 1 } },
    { norm: 2, radius: 0.5 },
  ),
  pseudoLabels: fc.constantFrom(
    null,
    labelsOf(),
    labelsOf({ weight: "optimal" }),
    labelsOf({ weight: 0.4, threshold: 0.5 }),
    labelsOf({ soft: true }),
  ),
  aggregation: fc.constantFrom(
    "normalized" as const,
    "raw" as const,
    "joint" as const,
    "oracle-weights" as const,
  ),
});

/** Every metric finite and in its range, or none, with a reason, where an attack leaves the reach of the theory. */
function expectInRange(problem: Problem, method: Method): void {
  const { metrics, reasons } = predict(problem, method);
  for (const value of Object.values(metrics)) if (value !== null) expect(Number.isFinite(value)).toBe(true);
  if (metrics.sinTheta2 === null) {
    expect(method.aggregation === "joint" || method.attack?.norm === Infinity).toBe(true);
    expect(method.attack !== null || problem.tasks < problem.rank).toBe(true);
    expect(reasons.length).toBeGreaterThan(0);
    return;
  }
  expect(reasons.filter((reason) => !reason.startsWith("sinThetaMax"))).toEqual([]);
  const within = (value: number | null, high: number): void => {
    expect(value).not.toBeNull();
    expect(value!).toBeGreaterThanOrEqual(0);
    expect(value!).toBeLessThanOrEqual(high * (1 + 1e-9));
  };
  within(metrics.sinTheta2, problem.rank);
  within(metrics.sinThetaMax, 1);
  within(metrics.excessRisk, problem.target.norm);
  within(metrics.errorRate, 1);
  within(metrics.survivingTasks, problem.tasks);
}

describe("predict, as laws", () => {
  it("never leaves [0, r], [0, T], [0, 2 norm], [0, 1], and is never NaN", () => {
    law(fc.tuple(problems, methods), ([problem, method]) => expectInRange(problem, method), 250);
  });

  it("stays in these ranges under l_inf attacks, on sparse and dense representations", () => {
    const sparse = fc
      .tuple(problems, fc.constantFrom(1, 2, 3), fc.boolean())
      .map(([problem, rank, dense]) => {
        const dimension = Math.max(problem.dimension, 12);
        return {
          ...problem,
          rank,
          dimension,
          diversity: new Array<number>(rank).fill(1),
          support: dense ? null : 10,
        };
      });
    const radius = fc.double({ min: 0, max: 1.2, noNaN: true }).map((logThreshold) => ({ logThreshold }));
    law(
      fc.tuple(sparse, methods, radius),
      ([problem, method, r]) => expectInRange(problem, { ...method, attack: { norm: Infinity, radius: r } }),
      60,
    );
  });

  it("keeps counterexamples: a risk below 0 for few survivors, an average over none, an eigenproblem that did not end", () => {
    const few = problemOf({
      dimension: 22,
      tasks: 23,
      labeled: 1,
      unlabeled: 1,
      noise: { sd: 0.11466043132879432 },
      target: { samples: 1 },
    });
    expectInRange(
      few,
      methodOf({
        attack: { norm: 2, radius: { filterBelow: 1 } },
        pseudoLabels: labelsOf({ threshold: 0.5, weight: 0.4 }),
        aggregation: "raw",
      }),
    );
    const barely = problemOf({
      rank: 1,
      dimension: 10,
      tasks: 20,
      labeled: 3,
      signal: [{ share: 1, norm: 0.1 }],
      noise: { sd: 0.1 },
      target: { samples: 1 },
    });
    // Of twenty tasks 2e-11 survive, and no point of the quadrature over their lengths.
    expectInRange(barely, methodOf({ attack: { norm: 2, radius: { filterBelow: 0.5295908128049429 } } }));
    const many = problemOf({ dimension: 34, tasks: 3, labeled: 99395, target: { samples: 1 } });
    expectInRange(many, methodOf({ attack: { norm: Infinity, radius: { logThreshold: 2.96e-322 } } }));
  });

  it("falls with n and T and rises with p for standard training", () => {
    law(
      problems.map((problem) => ({ ...problem, tasks: problem.tasks + 60 })),
      (problem) => {
        const at = (changes: Partial<Problem>): number =>
          predict({ ...problem, ...changes }, methodOf()).metrics.sinTheta2!;
        const equal: Partial<Problem> = { signal: [{ share: 1, norm: problem.signal[1]!.norm }] };
        const here = at(equal);
        // Finite-T quadrature points cross the transition one by one: slack of 1e-3 of the value there.
        const slack = 1e-3 * here + 1e-12;
        expect(at({ ...equal, labeled: 2 * problem.labeled })).toBeLessThanOrEqual(here + slack);
        expect(at({ ...equal, tasks: 2 * problem.tasks })).toBeLessThanOrEqual(here + slack);
        expect(at({ ...equal, dimension: 2 * problem.dimension })).toBeGreaterThanOrEqual(here - slack);
      },
      250,
    );
  });

  it("reduces exactly: no unlabelled samples is the supervised method, radius 0 is no attack", () => {
    law(
      fc.tuple(problems, methods),
      ([problem, method]) => {
        const supervised = { ...problem, unlabeled: 0 };
        expect(predict(supervised, { ...method, attack: null }).metrics).toEqual(
          predict(supervised, { ...method, attack: null, pseudoLabels: null }).metrics,
        );
        for (const norm of [2, Infinity]) {
          const { robustErrorRate, ...rest } = predict(problem, {
            ...method,
            attack: { norm, radius: 0 },
          }).metrics;
          const { robustErrorRate: none, ...plain } = predict(problem, { ...method, attack: null }).metrics;
          expect(rest).toEqual(plain);
          expect([robustErrorRate, none]).toEqual([expect.closeTo(plain.errorRate!, 9), null]);
        }
      },
      40,
    );
  });

  it("tends to 0 with n, is r below the transition and when everything is filtered", () => {
    const rich = predict(problemOf({ dimension: 100, tasks: 50, labeled: 1e12 }), methodOf()).metrics;
    expect(rich.sinTheta2!).toBeLessThan(1e-9);
    const poor = predict(problemOf({ dimension: 1e6, tasks: 50, labeled: 1 }), methodOf()).metrics;
    expect(poor.sinTheta2).toBe(2);
    const far = { norm: 2, radius: 1e3 };
    const filtered = predict(problemOf({ dimension: 100, tasks: 50 }), methodOf({ attack: far })).metrics;
    expect(filtered.sinTheta2).toBe(2);
    expect(filtered.survivingTasks).toBe(0);
    expect(filtered.excessRisk).toBe(1);
    expect(filtered.errorRate).toBeCloseTo(0.5, 12);
  });

  it("sees tasks without any signal as noise, the limit of weak ones", () => {
    for (const aggregation of ["normalized", "raw"] as const) {
      const at = (norm: number): number => {
        const signal = [
          { share: 0.5, norm: 2 },
          { share: 0.5, norm },
        ];
        const problem = problemOf({ dimension: 100, tasks: 100, labeled: 50, signal });
        return predict(problem, methodOf({ aggregation })).metrics.sinTheta2!;
      };
      expect(Math.abs(at(0) / at(0.01) - 1)).toBeLessThan(1e-3);
      expect(at(0)).toBeGreaterThan(at(1.5));
    }
  });

  it("knows the negative controls: an l2 attack below all norms changes nothing, an l_inf attack on a dense B hurts", () => {
    const problem = problemOf({ dimension: 200, tasks: 100, labeled: 50 });
    const plain = predict(problem, methodOf()).metrics;
    const weak = predict(problem, methodOf({ attack: { norm: 2, radius: 0.5 } })).metrics;
    expect(weak.sinTheta2).toBeCloseTo(plain.sinTheta2!, 12);
    const attack = { norm: Infinity, radius: { logThreshold: 0.2 } };
    expect(predict(problem, methodOf({ attack })).metrics.sinTheta2!).toBeGreaterThan(plain.sinTheta2!);
    const sparse = { ...problem, support: 8 };
    expect(predict(sparse, methodOf({ attack })).metrics.sinTheta2!).toBeLessThan(plain.sinTheta2!);
    const missing = predict({ ...problem, diversity: [1, 0] }, methodOf()).metrics;
    expect(missing.sinTheta2!).toBeGreaterThan(1);
  });

  it("keeps the counterexample of pooled pseudo-labels: a few of them hurt where their error exceeds 1/4, the best weight never does", () => {
    const problem = problemOf({ dimension: 500, tasks: 200, labeled: 20 });
    const at = (unlabeled: number, weight: "pooled" | "optimal"): number =>
      predict({ ...problem, unlabeled }, methodOf({ pseudoLabels: labelsOf({ weight }) })).metrics.sinTheta2!;
    expect(at(40, "pooled")).toBeGreaterThan(1.2 * at(0, "pooled"));
    expect(at(1000, "pooled")).toBeLessThan(0.6 * at(0, "pooled"));
    for (const [few, more] of [
      [0, 10],
      [10, 40],
      [40, 160],
      [160, 1000],
    ] as const) {
      expect(at(more, "optimal")).toBeLessThan(at(few, "optimal"));
    }
  });

  it("says why it predicts nothing", () => {
    const problem = problemOf();
    const reasonOf = (p: Problem, method: Method): string => predict(p, method).reasons.join();
    const tails = problemOf({ noise: { family: "student-t" } });
    expect(reasonOf(tails, methodOf())).toMatch(/heavy-tailed/);
    expect(reasonOf(problemOf({ noise: { family: "anisotropic" } }), methodOf())).toMatch(/anisotropic/);
    expect(reasonOf(problem, methodOf({ attack: { norm: 3, radius: 1 } }))).toMatch(/l_3/);
    expect(
      reasonOf(problem, methodOf({ aggregation: "joint", attack: { norm: Infinity, radius: 1 } })),
    ).toMatch(/joint training/);
    const rounds = methodOf({ pseudoLabels: labelsOf({ rounds: 2 }) });
    expect(reasonOf(problemOf({ unlabeled: 5 }), rounds)).toMatch(/2 rounds/);
    expect(predict(tails, methodOf()).metrics.sinTheta2).toBeNull();
    const uniform = predict(problemOf({ noise: { family: "uniform" } }), methodOf());
    expect(uniform.metrics.errorRate).toBeNull();
    expect(uniform.metrics.sinTheta2).not.toBeNull();
    expect(uniform.reasons.join()).toMatch(/error rates/);
  });
});
