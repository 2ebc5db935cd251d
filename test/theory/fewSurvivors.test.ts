import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { runReplication } from "../../src/study/replication.js";
import { directionShares } from "../../src/theory/directionShares.js";
import { fewSurvivors } from "../../src/theory/fewSurvivors.js";
import { manyColumns } from "../../src/theory/manyColumns.js";
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

/** P(N = k), k = 0 .. tasks, task by task. */
function binomial(tasks: number, q: number): number[] {
  let law = [1];
  for (let t = 0; t < tasks; t++) {
    law = [...law, 0].map((p, k) => p * (1 - q) + (k > 0 ? law[k - 1]! * q : 0));
  }
  return law;
}

/** The numbers of survivors in turn, `width` of them together from r on, up to all but a millionth of the law. */
function bins(law: readonly number[], r: number, width: number): { count: number; weight: number }[] {
  const result: { count: number; weight: number }[] = [];
  let mass = 0;
  for (let k = 0; mass < 1 - 1e-6; ) {
    let [sum, weight] = [0, 0];
    for (let size = k < r ? 1 : width; size > 0 && mass + weight < 1 - 1e-6; size--, k++) {
      sum += k * law[k]!;
      weight += law[k]!;
    }
    mass += weight;
    if (weight > 1e-6) result.push({ count: sum / weight, weight });
  }
  const total = result.reduce((all, { weight }) => all + weight, 0);
  return result.map(({ count, weight }) => ({ count, weight: weight / total }));
}

describe("few survivors of a filter", () => {
  it.each([
    [20, 0.2, 2, 1],
    [60, 0.4, 3, 3],
    [60, 0.3, 12, 3],
    [3, 0.5, 4, 1],
  ])(
    "averages over Binomial(%d, %d) survivors at r = %d, %d of their numbers together",
    (tasks, q, r, width) => {
      const p = 50;
      const classes = [
        { share: 0.25 * q, signal: 3, noise: 0.2, covariance: 0, noiseVariance: 0 },
        { share: 0.75 * q, signal: 1, noise: 0.1, covariance: 0, noiseVariance: 0 },
      ];
      const directions = directionShares(new Array<number>(r).fill(1));
      const columns = { classes, directions, rank: r, dimension: p, tasks, countSpread: 0.3 };
      const kappa2 = (0.25 * (3 + r * 0.2)) / (3 + p * 0.2) + (0.75 * (1 + r * 0.1)) / (1 + p * 0.1);
      let [missed, sine] = [0, 0];
      const expected = bins(binomial(tasks, q), r, width).map(({ count, weight }) => {
        const stack = { ...columns, tasks: count, countSpread: 0 };
        const many = manyColumns({ ...stack, classes: classes.map((g) => ({ ...g, share: g.share / q })) });
        missed += weight * (count < r ? r - count * kappa2 : many.sinTheta2);
        sine += weight * (count < r ? 1 : many.sinThetaMax!);
        const few = [
          [count, kappa2],
          [r - count, 0],
        ];
        return [weight, count < r ? few : many.overlaps.map((o) => [o.count, o.cos2])];
      });
      const { mixture, overlaps, sinTheta2, sinThetaMax } = fewSurvivors(columns, q);
      const close = (x: unknown): unknown =>
        Array.isArray(x) ? x.map(close) : expect.closeTo(x as number, 9);
      expect(mixture.map(({ weight, overlaps: own }) => [weight, own.map((o) => [o.count, o.cos2])])).toEqual(
        close(expected),
      );
      expect(mixture.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(overlaps.reduce((sum, o) => sum + o.count, 0)).toBeCloseTo(r, 9);
      expect(sinTheta2).toBeCloseTo(missed, 9);
      if (r > 10) expect(sinThetaMax).toBeNull();
      else expect(sinThetaMax).toBeCloseTo(sine, 9);
    },
  );

  it("is the Poisson law of the number of survivors for any number of tasks", () => {
    const classes = [{ share: 5e-12, signal: 1, noise: 0.05, covariance: 0, noiseVariance: 0 }];
    const shape = { directions: directionShares([1]), rank: 1, dimension: 100, countSpread: 0 };
    const { mixture } = fewSurvivors({ ...shape, classes, tasks: 1e12 }, 5e-12);
    const poisson = [1, 5 + 25 / 2, 125 / 6 + 625 / 24].map((x) => x * Math.exp(-5));
    poisson.forEach((weight, i) => {
      expect(mixture[i]!.weight).toBeCloseTo(weight, 5);
    });
  });

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
