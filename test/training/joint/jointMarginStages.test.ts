import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, transpose } from "../../../src/numerics/matrix.js";
import { normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { type Ball, closedForm } from "../../../src/training/closedForm.js";
import { type MarginLoss, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import {
  equalWeights,
  type WeightedSamples,
  weightedSum,
} from "../../../src/training/gradient/weightedSamples.js";
import { ascend } from "../../../src/training/joint/ascend.js";
import { gainingHeads } from "../../../src/training/joint/gainingHeads.js";
import { jointMarginSubspace, SMOOTHING } from "../../../src/training/joint/jointMarginSubspace.js";
import { nothingLearnt } from "../../../src/training/joint/jointSubspace.js";
import { marginObjective } from "../../../src/training/joint/marginObjective.js";
import { splitFrame } from "../../../src/training/joint/splitFrame.js";

const BALL = { kind: "ball" } as const;
const linear = marginLoss("linear");
const onlyMeans = (rows: readonly number[][]): WeightedSamples[] =>
  rows.map((row) => equalWeights(fromRows([row])));
const training = (loss: MarginLoss, attack: Ball | null) => ({ loss, attack, regularization: BALL });

const rng = keyedStream(["stages"]);
const tasks = [0, 1, 2].map((t) => {
  const points = normalMatrix(rng, 2, 3);
  for (const i of [0, 1]) points.data[3 * i + t]! += 2;
  return equalWeights(points);
});
const start = fromRows([[0.6, 0, 0.8]]);

describe("the stages of an attack whose norm is smoothed", () => {
  const attack = { norm: Infinity, radius: 0.1 };
  const joint = { loss: linear, radius: 0.1, dual: 1, regularization: BALL };
  const wanted = fromRows(
    tasks.map(({ points, weights }) => {
      const { direction, value } = closedForm(weightedSum(points, weights), attack);
      return direction.map((x) => value * x);
    }),
  );

  /** One stage from a frame: the ascent with heads smoothed by so much, judged by the exact gains. */
  function stage(frame: Matrix, smoothing: number, tolerance: number, maxIterations: number) {
    const objective = marginObjective(tasks, joint, smoothing / Math.sqrt(3));
    const at = (f: Matrix) => gainingHeads(tasks, attack, joint, objective, f);
    const split = (f: Matrix) => splitFrame(f, at(f).heads, wanted);
    const found = ascend(objective.evaluate, split, frame, { tolerance, maxIterations });
    return { ...found, value: at(found.frame).value };
  }

  test.each([
    ["early stages go on to 1e-4 at most", { tolerance: 1e-7, maxIterations: 30 }, 1e-4, 30],
    ["early stages are no sharper than the last", { tolerance: 1e-2, maxIterations: 30 }, 1e-2, 30],
    ["early stages are cut where the last is", { tolerance: 1e-12, maxIterations: 2 }, 1e-4, 2],
  ])("%s: a hundred and ten times the last smoothing, then that", (_, options, early, iterations) => {
    const found = jointMarginSubspace(tasks, 1, training(linear, attack), {
      ...options,
      starts: () => [start],
    });
    const first = stage(start, 100 * SMOOTHING, early, iterations);
    const second = stage(first.frame, 10 * SMOOTHING, early, iterations);
    const last = stage(second.frame, SMOOTHING, options.tolerance, options.maxIterations);
    expect(found.basis).toEqual(transpose(last.frame));
    expect(found.iterations).toBe(first.iterations + second.iterations + last.iterations);
    expect(first.iterations).toBeGreaterThan(0);
    expect(found.value).toBe(last.value);
    expect(found.converged).toBe(last.converged);
    expect(found.relativeGradient).toBe(last.relativeGradient);
    // Three tasks may lose eps delta p each, delta = 1e-4 / sqrt(p).
    expect(found.smoothingBound / (3 * 0.1 * 1e-4 * Math.sqrt(3))).toBeCloseTo(1, 12);
  });

  test("an l2 attack needs none of them: one ascent, nothing smoothed", () => {
    const round = { norm: 2, radius: 0.1 };
    const options = { tolerance: 1e-3, maxIterations: 4 };
    const found = jointMarginSubspace(tasks, 1, training(linear, round), {
      ...options,
      starts: () => [start],
    });
    const own = { ...joint, dual: 2 };
    const objective = marginObjective(tasks, own, 0);
    const split = (f: Matrix) => splitFrame(f, gainingHeads(tasks, round, own, objective, f).heads, wanted);
    const once = ascend(objective.evaluate, split, start, options);
    expect(found.basis).toEqual(transpose(once.frame));
    expect(found.iterations).toBe(once.iterations);
  });
});

describe("what is returned", () => {
  // Under an l2 attack two frames on the axes stay there: each serves its own tasks.
  const apart = onlyMeans([[2, 0], [0, 3], [0, -3]]); // biome-ignore format: one line
  const frames = [[1, 0], [0, 1], [1, 0]].map((row) => fromRows([row])); // biome-ignore format: one line

  test("is the end of the best start, the others by their share of its value", () => {
    const found = jointMarginSubspace(apart, 1, training(linear, { norm: 2, radius: 1 }), {
      starts: () => frames,
    });
    expect(found.value).toBeCloseTo(4, 13);
    expect(Math.abs(found.basis.data[1]!)).toBeCloseTo(1, 13);
    expect([...found.startValues]).toEqual([0.25, 1, 0.25].map((x) => expect.closeTo(x, 13)));
    expect(found.activeTasks).toBe(2);
  });

  test("is nothing, when the attack filters every task; an attack of radius 0 is none, whatever its norm", () => {
    for (const norm of [2, Infinity]) {
      expect(jointMarginSubspace(apart, 1, training(linear, { norm, radius: 3 }))).toEqual(nothingLearnt(2));
    }
    const logistic = marginLoss("logistic");
    const none = jointMarginSubspace(tasks, 1, training(logistic, { norm: Infinity, radius: 0 }));
    expect(none).toEqual(jointMarginSubspace(tasks, 1, training(logistic, null)));
    expect(none.iterations).toBeGreaterThan(1);
    expect(none.smoothingBound).toBe(0);
  });

  test("is an error without tasks, whose dimension is not known", () => {
    expect(() => jointMarginSubspace([], 1, training(linear, null))).toThrow("r must be");
  });

  test("a task that is learnt, but gains less than its loss can show, is worth 0: no start has another share", () => {
    // The mean is longer than the radius by one unit in the last place.
    const barely = onlyMeans([[0.25 + 2 ** -54, 0]]);
    const found = jointMarginSubspace(barely, 1, training(marginLoss("logistic"), { norm: 2, radius: 0.25 }));
    expect(found.value).toBe(0);
    expect([...found.startValues]).toEqual([0]);
  });

  test("is not converged where the ascent gave up, nor where a head was not solved", () => {
    const early = jointMarginSubspace(tasks, 1, training(marginLoss("logistic"), null), { maxIterations: 1, tolerance: 1e-12 }); // biome-ignore format: one line
    expect(early.converged).toBe(false);
    // A loss whose curvature is said to be a thousand times what it is: hundreds of steps do not solve a head.
    const logistic = marginLoss("logistic");
    const slow: MarginLoss = { ...logistic, curvature: (a, b) => 1000 * logistic.curvature(a, b) };
    const ridge = { kind: "ridge", lambda: 0.01 } as const;
    const one = onlyMeans([[2, 0]]);
    const sure = { loss: logistic, attack: null, regularization: ridge };
    expect(jointMarginSubspace(one, 1, sure).converged).toBe(true);
    expect(jointMarginSubspace(one, 1, { ...sure, loss: slow }).converged).toBe(false);
  });
});
