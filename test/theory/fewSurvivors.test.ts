import { describe, expect, it } from "vitest";
import { runReplication } from "../../src/study/replication.js";
import { predict } from "../../src/theory/predict.js";
import type { Method } from "../../src/training/method.js";
import type { METRIC_NAMES } from "../../src/transfer/metricNames.js";
import { methodOf, problemOf } from "../helpers/problems.js";

const problem = problemOf({
  dimension: 100,
  rank: 2,
  tasks: 100,
  labeled: 100,
  target: { samples: 30, norm: 1, attack: null },
});
const filter = (radius: number): Method => methodOf({ name: "filter", attack: { norm: 2, radius } });
const REPLICATIONS = 300;

/** Means and standard errors of `filter(radius)` over simulated replications. */
function simulated(radius: number): Record<string, { mean: number; error: number }> {
  const cell = { cell: 0, varied: {}, problem, methods: [filter(radius)], sampling: "auto" as const };
  const rows = Array.from({ length: REPLICATIONS }, (_, k) => {
    const row = runReplication({ seed: 11 }, cell, k);
    if ("error" in row) throw new Error(row.error);
    return row.methods.filter!;
  });
  return Object.fromEntries(
    (["sinTheta2", "sinThetaMax", "excessRisk", "errorRate", "survivingTasks"] as const).map((metric) => {
      const values = rows.map((row) => row[metric]!);
      const mean = values.reduce((a, b) => a + b, 0) / REPLICATIONS;
      const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (REPLICATIONS - 1);
      return [metric, { mean, error: Math.sqrt(square / REPLICATIONS) }];
    }),
  );
}

describe("few survivors of a filter", () => {
  it.each([
    ["about half a task survives", 1.64],
    ["about four tasks survive", 1.56],
  ])("predictions are those of a simulation where %s", (_, radius) => {
    const predicted = predict(problem, filter(radius)).metrics;
    const seen = simulated(radius);
    expect(seen.survivingTasks!.mean).toBeLessThan(6);
    for (const [metric, { mean, error }] of Object.entries(seen)) {
      // 5.5 standard errors (false alarm 4e-8 each) and 2 % for what the theory leaves out.
      const value = predicted[metric as (typeof METRIC_NAMES)[number]]!;
      expect(Math.abs(value - mean), metric).toBeLessThan(5.5 * error + 0.02 * mean);
    }
  });

  it("a representation that nobody survives for is worth nothing", () => {
    const { metrics } = predict(problem, filter(50));
    expect(metrics.survivingTasks).toBeCloseTo(0, 9);
    expect(metrics.sinTheta2).toBeCloseTo(problem.rank, 9);
    expect(metrics.sinThetaMax).toBeCloseTo(1, 9);
    expect(metrics.excessRisk).toBeCloseTo(1, 9);
    expect(metrics.errorRate).toBeCloseTo(0.5, 9);
  });

  it("the average over the number of survivors joins the limit of many where it begins", () => {
    const survivors = (radius: number): number => predict(problem, filter(radius)).metrics.survivingTasks!;
    let [few, many] = [1.64, 1.3];
    for (let k = 0; k < 40; k++) {
      const middle = (few + many) / 2;
      if (survivors(middle) < 6 * problem.rank) few = middle;
      else many = middle;
    }
    const [a, b] = [predict(problem, filter(few)).metrics, predict(problem, filter(many)).metrics];
    for (const metric of ["sinTheta2", "excessRisk", "errorRate"] as const) {
      expect(Math.abs(a[metric]! / b[metric]! - 1), metric).toBeLessThan(0.03);
    }
  });
});
