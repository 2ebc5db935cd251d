import { describe, expect, it } from "vitest";
import { type Condition, pValues, replicationsToDecide } from "../../../src/claims/statistics/conditions.js";
import { holm } from "../../../src/claims/statistics/holm.js";
import { Looks } from "../../../src/claims/statistics/looks.js";
import { meanEstimate, sumEstimates } from "../../../src/claims/statistics/meanEstimate.js";
import { weightedFit } from "../../../src/claims/statistics/weightedFit.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

const condition = (values: readonly number[], label = "x"): Condition => ({
  label,
  theta: meanEstimate(values),
});

describe("Holm's test", () => {
  it("steps down: each rejection leaves a larger level for the next", () => {
    expect(holm([0.01, 0.04, 0.03], 0.05)).toEqual([true, false, false]);
    expect(holm([0.01, 0.02, 0.04], 0.05)).toEqual([true, true, true]);
    expect(holm([0.02, 0.02, 0.02], 0.05)).toEqual([false, false, false]);
    expect(holm([1, Number.NaN], 0.05)).toEqual([false, false]);
  });

  it("never takes a rejection back when p-values fall", () => {
    const rng = keyedStream(["holm"]);
    for (let run = 0; run < 500; run++) {
      const before = Array.from({ length: 8 }, () => rng.uniform() ** 3);
      const after = before.map((p) => p * rng.uniform());
      const first = holm(before, 0.1);
      const second = holm(after, 0.1);
      expect(first.every((rejected, i) => !rejected || second[i])).toBe(true);
    }
  });
});

describe("conjunctions of conditions", () => {
  it("hold only as well as their weakest part, and are violated by any part at J times its p-value", () => {
    const sure = condition([5, 5.1, 4.9, 5]);
    const unsure = condition([1, -1, 2, -1.5]);
    const reversed = condition([-5, -5.1, -4.9, -5]);
    expect(pValues([sure]).holds).toBeLessThan(1e-4);
    expect(pValues([sure, unsure]).holds).toBe(pValues([unsure]).holds);
    expect(pValues([sure, reversed]).violated).toBeCloseTo(2 * pValues([reversed]).violated, 15);
    expect(pValues([sure, reversed]).holds).toBeGreaterThan(0.99);
  });

  it("decide nothing without data, and by the sign without spread", () => {
    expect(pValues([])).toEqual({ holds: 1, violated: 1 });
    expect(pValues([condition([3])])).toEqual({ holds: 1, violated: 1 });
    expect(pValues([condition([])])).toEqual({ holds: 1, violated: 1 });
    expect(pValues([condition([2, 2, 2])])).toEqual({ holds: 0, violated: 1 });
    expect(pValues([condition([-2, -2])])).toEqual({ holds: 1, violated: 0 });
    expect(pValues([condition([0, 0])])).toEqual({ holds: 1, violated: 1 });
  });

  it("say how many replications decide: four times as many for half the effect", () => {
    const levels = { holds: 1e-3, violated: 1e-4 };
    const theta = { mean: 1, se: 0.5, dof: 1e7, n: 10 };
    const needed = replicationsToDecide([{ label: "a", theta }], levels)!;
    // q = 3.09 at 1e-3, t = 2: n' = 10 (3.09 / 2)^2.
    expect(needed).toBe(24);
    const half = replicationsToDecide([{ label: "a", theta: { ...theta, mean: 0.5 } }], levels)!;
    expect(half / needed).toBeCloseTo(4, 0);
    expect(replicationsToDecide([{ label: "a", theta: { ...theta, mean: 0 } }], levels)).toBeNull();
  });
});

describe("looks", () => {
  it("keep the smallest p-value, each divided by the share of its look", () => {
    const looks = new Looks();
    expect(looks.add({ holds: 0.01, violated: 0.9 })).toEqual({ holds: 0.02, violated: 1 });
    expect(looks.add({ holds: 0.5, violated: 0.001 })).toEqual({ holds: 0.02, violated: 0.004 });
    expect(looks.looks).toBe(2);
  });
});

describe("sums of estimates", () => {
  it("add means and variances; equal parts double the degrees of freedom", () => {
    const a = meanEstimate([1, 2, 3, 4]);
    const sum = sumEstimates([a, a], 10);
    expect(sum.mean).toBe(15);
    expect(sum.se).toBeCloseTo(a.se * Math.SQRT2, 14);
    expect(sum.dof).toBeCloseTo(6, 12);
  });

  it("a part without spread leaves the others' degrees of freedom", () => {
    const a = meanEstimate([1, 2, 3, 4]);
    expect(sumEstimates([a, meanEstimate([7, 7, 7])]).dof).toBeCloseTo(3, 12);
  });
});

describe("fits", () => {
  const x = [0, 0.7, 1.1, 2.5, 3.1];
  const weights = [1, 3, 0.5, 2, 7];

  it("find the slope of a line and the bend of a parabola, whatever the weights", () => {
    const fitOf = (y: (v: number) => number) => weightedFit(x, x.map(y), weights);
    expect(fitOf((v) => 4 - 0.5 * v).slope).toBeCloseTo(-0.5, 13);
    expect(fitOf((v) => 4 - 0.5 * v + 0.3 * v * v).bend).toBeCloseTo(0.3, 13);
    expect(fitOf((v) => 4 - 0.5 * v).bend).toBeCloseTo(0, 13);
  });

  it("minimise the weighted squares", () => {
    const y = [1, -0.4, 2, 0.2, 1.7];
    const total = weights.reduce((sum, w) => sum + w, 0);
    const mean = (values: readonly number[]) =>
      values.reduce((sum, v, i) => sum + weights[i]! * v, 0) / total;
    const squares = (slope: number) => {
      const rest = y.map((v, i) => v - slope * x[i]!);
      return rest.reduce((sum, v, i) => sum + weights[i]! * (v - mean(rest)) ** 2, 0);
    };
    const slope = weightedFit(x, y, weights).slope;
    expect(squares(slope)).toBeLessThan(squares(slope + 1e-3));
    expect(squares(slope)).toBeLessThan(squares(slope - 1e-3));
  });
});
