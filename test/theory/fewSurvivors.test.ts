import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { runReplication } from "../../src/study/replication.js";
import { directionShares } from "../../src/theory/directionShares.js";
import { fewSurvivors } from "../../src/theory/fewSurvivors.js";
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
  it("one column alone captures the share r (lambda + v) / (r lambda + p v) of range(B), as drawn columns do", () => {
    const [r, p, v] = [2, 400, 0.05];
    const classes = [{ share: 1, signal: 1, noise: v, covariance: 0, noiseVariance: 0 }];
    const columns = {
      classes,
      directions: directionShares([1, 1]),
      rank: r,
      dimension: p,
      tasks: 1,
      countSpread: 0,
    };
    const { overlaps, mixture, sinTheta2 } = fewSurvivors(columns, 1);
    expect(mixture).toHaveLength(1);
    const rng = keyedStream(["fewSurvivors"]);
    const n = 40_000;
    let captured = 0;
    for (let i = 0; i < n; i++) {
      let on = 0;
      let off = 0;
      for (let j = 0; j < p; j++) {
        const x = (j === 0 ? 1 : 0) + Math.sqrt(v) * rng.normal();
        if (j < r) on += x * x;
        else off += x * x;
      }
      captured += on / (on + off) / n;
    }
    const predicted = overlaps.find((o) => o.count === 1 && o.cos2 > 0)!.cos2;
    // Relative standard deviation of a share below 0.5: five standard errors are 1.3 % (false alarm below 1e-6), and 0.7 % for the ratio of means.
    expect(Math.abs(predicted / captured - 1)).toBeLessThan(0.02);
    expect(sinTheta2).toBeCloseTo(2 - overlaps[0]!.cos2, 12);
  });

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
