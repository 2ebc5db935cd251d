import { describe, expect, it } from "vitest";
import { columnClasses } from "../../../src/theory/columnClasses.js";
import { transitionLabeled, transitionTasks } from "../../../src/theory/consequences/phaseTransition.js";
import { predict } from "../../../src/theory/predict.js";
import { spikeOverlap } from "../../../src/theory/weightedSpike.js";
import type { Method } from "../../../src/training/method.js";
import { methodOf, problemOf } from "../../helpers/problems.js";

const standard = methodOf();
const lInf = (radius: number): Method => methodOf({ attack: { norm: Infinity, radius } });

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

  it("is c (p - r) at the c where the overlap of a method's columns leaves zero, each direction with its share", () => {
    // Few dimensions: the columns' lengths vary, and with them the terms of their covariance.
    for (const [rank, dimension] of [
      [3, 12],
      [2, 30],
    ] as const) {
      const problem = problemOf({ rank, dimension, labeled: 20, tasks: 50 });
      for (const aggregation of ["normalized", "raw"] as const) {
        const method = methodOf({ aggregation });
        const classes = columnClasses(problem, method, 0).flatMap((group) => group.classes);
        const c = transitionTasks(problem, method)! / (dimension - rank);
        expect(spikeOverlap(classes, c * (1 - 1e-9), 1 / rank)).toBe(0);
        expect(spikeOverlap(classes, c * (1 + 1e-9), 1 / rank)).toBeGreaterThan(0);
      }
    }
  });

  it("separates nothing from something", () => {
    const problem = problemOf({ dimension: 3000, labeled: 5, tasks: 50 });
    const tasks = transitionTasks(problem, standard)!;
    const error = (count: number): number =>
      predict({ ...problem, tasks: count }, standard).metrics.sinTheta2!;
    expect(error(Math.ceil(1.3 * tasks))).toBeLessThan(1.9);
    expect(error(Math.floor(0.6 * tasks))).toBe(2);
  });

  it("takes twice the tasks of the strong group alone where an l2 attack filters the other half out", () => {
    const problem = problemOf({
      tasks: 50,
      signal: [
        { share: 0.5, norm: 8 },
        { share: 0.5, norm: 1 },
      ],
    });
    const filtered = transitionTasks(problem, methodOf({ attack: { norm: 2, radius: 4 } }))!;
    const alone = transitionTasks({ ...problem, signal: [{ share: 1, norm: 8 }] }, standard)!;
    expect(filtered / alone).toBeCloseTo(2, 9);
  });

  it("does not exist when everything is filtered, nor under an l_inf attack unless its radius is 0", () => {
    const problem = problemOf();
    expect(transitionTasks(problem, methodOf({ attack: { norm: 2, radius: 100 } }))).toBeNull();
    expect(transitionTasks(problem, lInf(0.1))).toBeNull();
    expect(transitionTasks(problem, lInf(0))).toBe(transitionTasks(problem, standard));
  });
});

describe("transitionLabeled", () => {
  it("is the first n whose transition the tasks pass", () => {
    for (const [dimension, tasks] of [
      [3000, 100],
      [300, 3],
    ] as const) {
      const problem = problemOf({ dimension, tasks });
      const at = (labeled: number): number => transitionTasks({ ...problem, labeled }, standard)!;
      const labeled = transitionLabeled(problem, standard)!;
      expect(labeled).toBeGreaterThan(1);
      expect(at(labeled)).toBeLessThanOrEqual(tasks);
      expect(at(labeled - 1)).toBeGreaterThan(tasks);
    }
  });

  it("is 1 where one sample is enough", () => {
    const problem = problemOf({ tasks: 1000, signal: [{ share: 1, norm: 5 }] });
    expect(transitionLabeled(problem, standard)).toBe(1);
  });

  it("is null where no n is enough, or only one beyond 1e9", () => {
    expect(transitionLabeled(problemOf(), methodOf({ attack: { norm: 2, radius: 100 } }))).toBeNull();
    expect(transitionLabeled(problemOf(), lInf(0.1))).toBeNull();
    const loud = problemOf({ noise: { sd: 1e6 } });
    expect(transitionTasks({ ...loud, labeled: 1e13 }, standard)!).toBeLessThan(12);
    expect(transitionLabeled(loud, standard)).toBeNull();
  });
});
