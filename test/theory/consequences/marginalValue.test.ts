import { describe, expect, it } from "vitest";
import type { Problem } from "../../../src/model/problem.js";
import { marginalValue } from "../../../src/theory/consequences/marginalValue.js";
import { predict } from "../../../src/theory/predict.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const pseudo = methodOf({ pseudoLabels: labelsOf() });
const mixed = problemOf({
  tasks: 40,
  labeled: 50,
  unlabeled: 34,
  target: { samples: 77 },
  signal: [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ],
});

describe("marginalValue", () => {
  it("is the fall of the metric per unit, over a tenth of what there is", () => {
    const risk = (changes: Partial<Problem>): number =>
      predict({ ...mixed, ...changes }, pseudo).metrics.excessRisk!;
    const here = risk({});
    const value = marginalValue(mixed, pseudo);
    expect(value.task).toBeCloseTo((here - risk({ tasks: 44 })) / 4, 15);
    expect(value.labeled).toBeCloseTo((here - risk({ labeled: 55 })) / 5, 15);
    expect(value.unlabeled).toBeCloseTo((here - risk({ unlabeled: 37 })) / 3, 15);
    const target = { ...mixed.target, samples: 85 };
    expect(value.targetSample).toBeCloseTo((here - risk({ target })) / 8, 15);
    expect(value.task).toBeGreaterThan(0);
    expect(value.unlabeled).not.toBe(0);
  });

  it("is that of any metric: the representation has no use for target samples", () => {
    const value = marginalValue(mixed, methodOf(), "sinTheta2");
    const at = (labeled: number): number => predict({ ...mixed, labeled }, methodOf()).metrics.sinTheta2!;
    expect(value.labeled).toBeCloseTo((at(50) - at(55)) / 5, 15);
    expect([value.unlabeled, value.targetSample]).toEqual([0, 0]);
  });

  it("moves by at least one unit", () => {
    const few = problemOf({ labeled: 3, unlabeled: 0 });
    const risk = (changes: Partial<Problem>): number =>
      predict({ ...few, ...changes }, pseudo).metrics.excessRisk!;
    const value = marginalValue(few, pseudo);
    expect(value.labeled).toBeCloseTo(risk({}) - risk({ labeled: 4 }), 15);
    expect(value.unlabeled).toBeCloseTo(risk({}) - risk({ unlabeled: 1 }), 15);
  });

  it("names the scarce resource", () => {
    const rich = { ...mixed, target: { ...mixed.target, samples: 100_000 } };
    const scarce = marginalValue(mixed, methodOf()).targetSample!;
    expect(marginalValue(rich, methodOf()).targetSample!).toBeLessThan(1e-4 * scarce);
  });

  it("is null where nothing is predicted, here or there", () => {
    const poor = marginalValue(problemOf({ noise: { family: "student-t" } }), methodOf());
    expect(poor).toEqual({ task: null, labeled: null, unlabeled: null, targetSample: null });
    // The first unlabelled sample brings two rounds of self-training, of which nothing is known.
    const rounds = marginalValue(problemOf(), methodOf({ pseudoLabels: labelsOf({ rounds: 2 }) }));
    expect(rounds.unlabeled).toBeNull();
    expect(rounds.labeled).toBeGreaterThan(0);
    // With seven samples the attack cuts through the heads of joint training, with eight it does not.
    const cut = methodOf({ aggregation: "joint", attack: { norm: 2, radius: 0.8215 } });
    const joint = problemOf({ tasks: 100, labeled: 7 });
    expect(predict({ ...joint, labeled: 8 }, cut).metrics.excessRisk).toBeGreaterThan(0);
    expect(marginalValue(joint, cut).labeled).toBeNull();
  });
});

describe("the value of a task", () => {
  /** The step for T tasks in two groups, the smaller a share 1/q of them. */
  const cases: readonly (readonly [tasks: number, q: number, step: number, why: string])[] = [
    [12, 2, 2, "14 is even, 13 is not"],
    [100, 2, 10, "a tenth divides"],
    [100, 4, 12, "112 is the first multiple of 4 from 110 on"],
    [20, 3, 4, "24 is the first multiple of 3 from 22 on"],
    [5, 7, 2, "7 tasks"],
    [5, 13, 8, "a step of ten is always allowed"],
    [5, 15, 10, "ten included"],
    [30, 45, 15, "half of T is allowed"],
    [30, 55, 15, "and no more: 45 of 55 is the nearest"],
    [31, 47, 16, "half of T, rounded up"],
  ];

  it.each(cases)("of T = %i with a group of one in %i is over %i tasks: %s", (tasks, q, step) => {
    const problem = problemOf({
      tasks,
      signal: [
        { share: 1 / q, norm: 2 },
        { share: 1 - 1 / q, norm: 1 },
      ],
    });
    const error = (more: number): number =>
      predict({ ...problem, tasks: tasks + more }, methodOf()).metrics.sinTheta2!;
    const { task } = marginalValue(problem, methodOf(), "sinTheta2");
    expect(task).toBeCloseTo((error(0) - error(step)) / step, 14);
  });

  it("is over the first of the steps that divide alike", () => {
    for (const [tasks, step] of [
      [12, 1],
      [40, 4],
      [3, 1],
    ] as const) {
      const error = (count: number): number =>
        predict(problemOf({ tasks: count }), methodOf()).metrics.sinTheta2!;
      const { task } = marginalValue(problemOf({ tasks }), methodOf(), "sinTheta2");
      expect(task).toBeCloseTo((error(tasks) - error(tasks + step)) / step, 14);
    }
  });
});
