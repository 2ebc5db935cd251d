import { describe, expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import type { Problem } from "../../src/model/problem.js";
import { runReplication } from "../../src/study/replication.js";
import type { Method } from "../../src/training/method.js";
import { resolveAttack } from "../../src/training/resolveRadius.js";
import { sourceMeans } from "../../src/training/sourceMeans.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "../../src/transfer/evaluate.js";
import type { Metrics } from "../../src/transfer/metricNames.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

const problem = problemOf({ unlabeled: 25, noise: { sd: 0.8 } });
const METHODS: Method[] = [
  methodOf(),
  methodOf({ name: "adversarial", attack: { norm: Infinity, radius: { logThreshold: 0.5 } } }),
  methodOf({ name: "ssl", pseudoLabels: labelsOf({ rounds: 2 }) }),
  methodOf({
    name: "both",
    pseudoLabels: labelsOf({ rounds: 2 }),
    attack: { norm: 2, radius: { filterBelow: 1 } },
  }),
  methodOf({ name: "soft", pseudoLabels: labelsOf({ soft: true }), aggregation: "raw" }),
];

function run(methods: readonly Method[], of: Problem = problem, seed: number = 7, replication: number = 2) {
  return runReplication(
    { seed },
    { cell: 4, varied: {}, problem: of, methods, sampling: "auto" },
    replication,
  );
}
function metricsOf(row: ReturnType<typeof run>): Readonly<Record<string, Metrics>> {
  if ("error" in row) throw new Error(row.error);
  return row.methods;
}

describe("runReplication", () => {
  const row = run(METHODS);
  const methods = metricsOf(row);

  test("is the draw, the training and the evaluation put together, method by method, then the baselines", () => {
    const draw = drawReplication(problem, 7, 2, "auto");
    expect([row.cell, row.replication]).toEqual([4, 2]);
    expect(Object.keys(methods)).toEqual([...METHODS.map(({ name }) => name), "no-transfer", "oracle"]);
    for (const method of METHODS) {
      const means = sourceMeans(problem, draw, method.pseudoLabels);
      const trained = trainRepresentation(problem, means, draw.norms, method);
      const expected = evaluateRepresentation(problem, draw, trained, resolveAttack(problem, method));
      expect(methods[method.name]).toEqual(expected);
    }
    expect(methods["no-transfer"]).toEqual(evaluateNoTransfer(problem, draw));
    expect(methods.oracle).toEqual(evaluateOracle(problem, draw));
  });

  test("the same input gives the same row, another seed or replication another", () => {
    expect(run(METHODS)).toEqual(row);
    expect(metricsOf(run(METHODS, problem, 8)).standard).not.toEqual(methods.standard);
    expect(metricsOf(run(METHODS, problem, 7, 3)).standard).not.toEqual(methods.standard);
  });

  test("adding, leaving out or reordering methods changes no other method's numbers", () => {
    for (const list of [METHODS.toReversed(), METHODS.slice(2, 4), [METHODS[3]!], []]) {
      const found = metricsOf(run(list));
      for (const name of [...list.map((method) => method.name), "no-transfer", "oracle"])
        expect(found[name]).toEqual(methods[name]);
    }
  });

  test("methods that differ have different numbers, and the attacked ones alone a robust error", () => {
    const risks = METHODS.map(({ name }) => methods[name]!.excessRisk);
    expect(new Set(risks).size).toBe(5);
    const robust = Object.entries(methods).filter(([, metrics]) => metrics.robustErrorRate !== null);
    expect(robust.map(([name]) => name)).toEqual(["adversarial", "both"]);
  });

  test("everything filtered is a result, not a failure", () => {
    const { all } = metricsOf(run([methodOf({ name: "all", attack: { norm: 2, radius: 1e6 } })]));
    expect(all).toMatchObject({ sinTheta2: 2, sinThetaMax: 1, errorRate: 0.5, survivingTasks: 0 });
    expect(all!.excessRisk).toBeCloseTo(1, 13);
  });

  test("a failure of the numerics becomes a row with its reason and no numbers", () => {
    const overflowing = problemOf({ labeled: 1, noise: { sd: 1.7e308 } });
    const failed = run([methodOf()], overflowing);
    expect(failed).toEqual({ cell: 4, replication: 2, error: expect.stringContaining("finite") });
  });

  test("a mistake of the caller is thrown, not recorded", () => {
    expect(() => run([methodOf({ attack: { norm: 0.5, radius: 1 } })])).toThrow("q must be");
  });
});
