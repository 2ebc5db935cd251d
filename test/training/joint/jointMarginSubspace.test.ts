import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { fromRows, type Matrix, rowView, transpose } from "../../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { multiply } from "../../../src/numerics/products.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { topRightSubspace } from "../../../src/numerics/topSubspace.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import type { Ball } from "../../../src/training/closedForm.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights, type WeightedSamples } from "../../../src/training/gradient/weightedSamples.js";
import { jointMarginSubspace } from "../../../src/training/joint/jointMarginSubspace.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { marginObjective } from "../../../src/training/joint/marginObjective.js";
import { agreeingStarts, randomStarts } from "../../../src/training/joint/randomStarts.js";
import { dualExponent } from "../../../src/training/lqNorm.js";
import { problemOf } from "../../helpers/problems.js";

const BALL = { kind: "ball" } as const;
const RIDGE = { kind: "ridge", lambda: 0.3 } as const;

/** T tasks of n samples y x around means in a common r-dimensional space. */
function samplesOf(key: unknown, p: number, tasks: number, r: number, n: number): WeightedSamples[] {
  const rng = keyedStream(["joint samples", key]);
  const b = haarFrame(rng, p, r);
  return Array.from({ length: tasks }, () => {
    const mean = multiply(b, normalMatrix(rng, r, 1)).data;
    const points = normalMatrix(rng, n, p);
    for (let i = 0; i < n; i++) rowView(points, i).forEach((x, j, row) => { row[j] = x + mean[j]!; }); // biome-ignore format: one line
    return equalWeights(points);
  });
}

const onlyMeans = (means: Matrix): WeightedSamples[] =>
  Array.from({ length: means.rows }, (_, t) => equalWeights(fromRows([rowView(means, t)])));

describe("jointMarginSubspace", () => {
  test("with the linear loss and an l2 attack it is the closed objective, from means or from samples", () => {
    const tasks = samplesOf("linear", 12, 20, 2, 6);
    const means = fromRows(
      tasks.map(({ points }) => multiply(fromRows([new Array(6).fill(1 / 6)]), points).data),
    );
    for (const radius of [0, 0.9]) {
      const attack: Ball = { norm: 2, radius };
      const direct = jointSubspace(means, 2, radius);
      for (const input of [tasks, onlyMeans(means)]) {
        const found = jointMarginSubspace(input, 2, {
          loss: marginLoss("linear"),
          attack,
          regularization: BALL,
        });
        expect(found.converged).toBe(true);
        expect(Math.abs(found.value / direct.value - 1)).toBeLessThan(1e-12);
        expect(sinThetaSquared(direct.basis, found.basis)).toBeLessThan(1e-14);
        expect(found.activeTasks).toBe(direct.activeTasks);
      }
    }
  });

  test("a ridge weighs the tasks by the square of their heads: PCA of the means, for the linear loss", () => {
    // max_w <w, c> - (lambda/2)||w||^2 = ||c||^2 / (2 lambda).
    const { labeledMeans } = drawReplication(
      problemOf({ dimension: 14, tasks: 25, labeled: 40 }),
      2,
      0,
      "auto",
    );
    const found = jointMarginSubspace(onlyMeans(labeledMeans), 2, {
      loss: marginLoss("linear"),
      attack: null,
      regularization: RIDGE,
    });
    const heads = multiply(labeledMeans, found.basis);
    expect(found.converged).toBe(true);
    expect(found.value).toBeCloseTo(heads.data.reduce((sum, x) => sum + x * x, 0) / 0.6, 10);
    const best = topRightSubspace(labeledMeans, 2).basis;
    expect(sinThetaSquared(best, found.basis)).toBeLessThan(1e-14);
  });

  test("logistic loss, r = 1, p = 2: no direction and head on a fine grid has a smaller loss", () => {
    const tasks = samplesOf("grid", 2, 5, 1, 7);
    const loss = marginLoss("logistic");
    for (const attack of [null, { norm: 2, radius: 0.3 }, { norm: Infinity, radius: 0.2 }]) {
      const found = jointMarginSubspace(tasks, 1, { loss, attack, regularization: BALL });
      expect(found.converged).toBe(true);
      const q = dualExponent(attack?.norm ?? 2);
      let best = 0;
      for (let k = 0; k < 720; k++) {
        const angle = (Math.PI * k) / 720;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const cost = (attack?.radius ?? 0) * (q === 1 ? Math.abs(c) + Math.abs(s) : 1);
        let value = 0;
        for (const { points } of tasks) {
          let gain = 0;
          for (let step = -60; step <= 60; step++) {
            const w = step / 60;
            let sum = 0;
            for (let i = 0; i < 7; i++) {
              sum +=
                loss.value(w * (c * points.data[2 * i]! + s * points.data[2 * i + 1]!) - Math.abs(w) * cost) /
                7;
            }
            gain = Math.max(gain, Math.log(2) - sum);
          }
          value += gain;
        }
        best = Math.max(best, value);
      }
      // Steps of 1/60 in the head and 1/230 in the angle cost their squares.
      expect(found.value).toBeGreaterThan(best - 1e-4);
      expect(found.value).toBeLessThan(best + 2e-3);
    }
  });

  test("giving up early is said", () => {
    const tasks = samplesOf("early", 10, 12, 2, 10);
    for (const attack of [null, { norm: Infinity, radius: 0.05 }]) {
      const training = { loss: marginLoss("logistic"), attack, regularization: BALL };
      const found = jointMarginSubspace(tasks, 2, training, { maxIterations: 1, tolerance: 1e-8 });
      expect(found.converged).toBe(false);
      expect(found.relativeGradient).toBeGreaterThan(1e-8);
    }
  });

  test("logistic loss: random starts agree, the basis is orthonormal, the value is the one of the basis", () => {
    const tasks = samplesOf("starts", 10, 16, 2, 25);
    for (const regularization of [BALL, RIDGE]) {
      const training = { loss: marginLoss("logistic"), attack: { norm: 2, radius: 0.1 }, regularization };
      const spectral = jointMarginSubspace(tasks, 2, training);
      const starts = randomStarts(keyedStream(["joint logistic"]), 6);
      const random = jointMarginSubspace(tasks, 2, training, { starts });
      expect([spectral.converged, random.converged]).toEqual([true, true]);
      expect(agreeingStarts(random.startValues)).toBe(6);
      expect(Math.abs(random.value / spectral.value - 1)).toBeLessThan(1e-10);
      expect(sinThetaSquared(spectral.basis, random.basis)).toBeLessThan(1e-12);
      expect(orthonormalityError(spectral.basis)).toBeLessThan(1e-14);
      const joint = { ...training, radius: 0.1, dual: 2 };
      const { value } = marginObjective(tasks, joint, 0).evaluate(transpose(spectral.basis));
      expect(Math.abs(value / spectral.value - 1)).toBeLessThan(1e-12);
    }
  });

  test("under an l_inf attack the value is within 1e-3 of every other frame's, and rows of W vanish together", () => {
    const problem = problemOf({ dimension: 20, tasks: 25, labeled: 30, support: 5 });
    const { labeledMeans } = drawReplication(problem, 3, 0, "auto");
    const attack = { norm: Infinity, radius: 0.15 };
    const training = { loss: marginLoss("linear"), attack, regularization: BALL } as const;
    const tasks = onlyMeans(labeledMeans);
    const found = jointMarginSubspace(tasks, 2, training);
    const rows = Array.from({ length: 20 }, (_, j) =>
      Math.hypot(found.basis.data[2 * j]!, found.basis.data[2 * j + 1]!),
    );
    expect(rows.filter((length) => length < 1e-3).length).toBeGreaterThanOrEqual(12);
    // The exact value, by the heads' dual: min over the box of ||W^T (muhat - v)||, is never below that of feasible heads.
    expect(found.activeTasks).toBeGreaterThan(20);
    for (let k = 0; k < 3; k++) {
      const one = randomStarts(keyedStream(["linf", k]), 1);
      const other = jointMarginSubspace(tasks, 2, training, { starts: one });
      expect(other.value).toBeLessThan(found.value * (1 + 1e-3));
    }
  });

  test("all filtered, fewer tasks than r, r = p, a filtered start: stated results", () => {
    const tasks = samplesOf("edge", 6, 3, 2, 5);
    const logistic = { loss: marginLoss("logistic"), attack: null, regularization: BALL } as const;
    const gone = jointMarginSubspace(tasks, 2, { ...logistic, attack: { norm: 2, radius: 50 } });
    expect(gone).toMatchObject({ value: 0, activeTasks: 0, converged: true });
    expect(gone.basis.cols).toBe(0);
    const few = jointMarginSubspace(tasks, 5, logistic);
    expect(few.basis.cols).toBe(3);
    const all = jointMarginSubspace(tasks, 6, logistic);
    expect(all.basis.cols).toBe(3);
    expect(() => jointMarginSubspace(tasks, 7, logistic)).toThrow("r must be");
    expect(() => jointMarginSubspace([], 1, logistic)).toThrow("r must be");
    expect(() => jointMarginSubspace(tasks, 2, { ...logistic, attack: { norm: 1, radius: 1 } })).toThrow(
      "greater than 1",
    );
    const nan = [equalWeights(fromRows([[1, Number.NaN]]))];
    expect(() => jointMarginSubspace(nan, 1, logistic)).toThrow("finite");
    // A start orthogonal to every mean: no head at all.
    const flat = onlyMeans(fromRows([[3, 0, 0], [2, 1, 0]])); // biome-ignore format: two rows
    const start = fromRows([[0, 0, 1]]);
    const found = jointMarginSubspace(
      flat,
      1,
      { ...logistic, loss: marginLoss("linear") },
      { starts: () => [start] },
    );
    expect(found.value).toBeCloseTo(jointSubspace(fromRows([[3, 0, 0], [2, 1, 0]]), 1, 0).value, 10); // biome-ignore format: two rows
  });
});
