import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/model/problem.js";
import { predict } from "../../src/theory/predict.js";
import { predictBaseline } from "../../src/theory/predictBaseline.js";
import type { Method } from "../../src/training/method.js";
import { methodOf, problemOf } from "../helpers/problems.js";

const warned = (problem: Problem, method: Method): string => predict(problem, method).warnings.join();
const problem = problemOf({ dimension: 100, tasks: 100, labeled: 100 });

describe("where predict is rough, or silent, what it finds itself", () => {
  it("warns below two survivors a direction, and says how many there are", () => {
    const filter = (radius: number): Method => methodOf({ attack: { norm: 2, radius } });
    // 4.4, 2.7 and 0.5 tasks survive.
    expect(warned(problem, filter(1.56))).toBe("");
    expect(warned(problem, filter(1.58))).toMatch(/^2\.68 surviving tasks for rank 2:/);
    expect(warned(problem, filter(1.64))).toMatch(/^0\.46 surviving tasks/);
    expect(warned(problem, methodOf())).toBe("");
  });

  it("has the largest angle up to rank 10, and says so beyond", () => {
    const of = (rank: number) => predict({ ...problemOf({ rank }), dimension: 100, tasks: 100 }, methodOf());
    expect(of(10).metrics.sinThetaMax).not.toBeNull();
    expect(of(10).reasons).toEqual([]);
    expect(of(11).metrics.sinThetaMax).toBeNull();
    expect(of(11).reasons).toEqual(["sinThetaMax: predicted for r <= 10 only"]);
  });

  it("warns where an l2 attack cuts through a group of heads that are trained jointly, and gives up in the middle of it", () => {
    const at = (radius: number) =>
      predict({ ...problem, labeled: 50 }, methodOf({ aggregation: "joint", attack: { norm: 2, radius } }));
    const cuts = /cuts through a group of heads/;
    expect(at(0.5).warnings.join()).not.toMatch(cuts);
    expect(at(0.8).warnings.join()).toMatch(cuts);
    expect(at(0.8).metrics.sinTheta2).not.toBeNull();
    expect(at(1).metrics.sinTheta2).toBeNull();
    expect(at(1).reasons.join()).toMatch(/^joint training under an l_2 attack of about the length/);
    expect(predict(problem, methodOf({ aggregation: "joint" })).warnings).toEqual([]);
  });

  it("warns where few coordinates survive an l_inf threshold, and gives up there on a large support", () => {
    const at = (support: number | null, logThreshold: number) =>
      predict(
        { ...problem, dimension: 200, labeled: 50, support },
        methodOf({ attack: { norm: Infinity, radius: { logThreshold } } }),
      );
    expect(at(8, 0.6).warnings).toEqual([]);
    expect(at(8, 0.8).warnings.join()).toMatch(/^few coordinates survive/);
    expect(at(8, 0.8).metrics.sinTheta2).not.toBeNull();
    expect(at(null, 0.6).metrics.sinTheta2).not.toBeNull();
    expect(at(null, 0.6).warnings).toEqual([]);
    expect(at(null, 0.8).metrics.sinTheta2).toBeNull();
    expect(at(null, 0.8).reasons.join()).toMatch(/^an l_inf threshold that few coordinates/);
  });

  it("says why there is no robust error rate, of methods and of baselines, and only then", () => {
    const attacked = (norm: number): Problem =>
      problemOf({ dimension: 100, tasks: 100, target: { attack: { norm, radius: 0.1 } } });
    const reason = ["robustErrorRate: no reliable dual norm for an l_1 attack"];
    expect(predict(attacked(1), methodOf()).reasons).toEqual(reason);
    expect(predictBaseline(attacked(1), "oracle").reasons).toEqual(reason);
    for (const norm of [2, Infinity]) {
      expect(predict(attacked(norm), methodOf()).reasons).toEqual([]);
      expect(predict(attacked(norm), methodOf()).metrics.robustErrorRate).not.toBeNull();
      expect(predictBaseline(attacked(norm), "no-transfer").reasons).toEqual([]);
    }
  });

  it("knows that p = r leaves nothing to learn, once the tasks span it", () => {
    const square = problemOf({ rank: 3, dimension: 3, tasks: 3 });
    const { metrics } = predict(square, methodOf());
    expect([metrics.sinTheta2, metrics.sinThetaMax]).toEqual([0, 0]);
    expect(metrics.excessRisk).toBeCloseTo(predictBaseline(square, "oracle").metrics.excessRisk!, 12);
    expect(predict({ ...square, tasks: 2 }, methodOf()).metrics.sinTheta2).toBeCloseTo(1, 12);
  });

  it("knows that T columns span T directions at most: the others are missed whole", () => {
    // Simulated (200 replications): 1.0007 for r = 3, T = 2, and 4.0001 for r = 5, T = 1.
    for (const [rank, tasks] of [
      [3, 2],
      [5, 1],
    ] as const) {
      const few = problemOf({ rank, dimension: 100, tasks, labeled: 1e6 });
      const { sinTheta2, sinThetaMax } = predict(few, methodOf()).metrics;
      expect(sinTheta2).toBeGreaterThan(rank - tasks);
      expect(sinTheta2).toBeLessThan(rank - tasks + 1e-3);
      expect(sinThetaMax).toBe(1);
    }
  });
});
