import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, rowView } from "../../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import {
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
} from "../../../src/numerics/products.js";
import { smallSvd } from "../../../src/numerics/small.js";
import { topRightSubspace } from "../../../src/numerics/topSubspace.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import { adversarialRisk } from "../../../src/training/gradient/adversarialRisk.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import {
  equalWeights,
  type WeightedSamples,
  weightedSum,
} from "../../../src/training/gradient/weightedSamples.js";
import type { NetworkOptions } from "../../../src/training/joint/network.js";
import { trainNetwork } from "../../../src/training/joint/trainNetwork.js";
import { maxDifference } from "../../helpers/matrices.js";

/** T tasks of n samples around means in a common plane of R^p; equal keys have equal means. */
function samplesOf(
  key: string,
  p: number,
  tasks: number,
  n: number,
  noise: number,
  sample = 0,
): WeightedSamples[] {
  const truth = keyedStream(["network", key]);
  const b = haarFrame(truth, p, 2);
  const heads = normalMatrix(truth, tasks, 2);
  const rng = keyedStream(["network", key, sample]);
  return Array.from({ length: tasks }, (_, t) => {
    const mean = multiply({ rows: 1, cols: 2, data: rowView(heads, t) }, { ...transposed(b) }).data;
    const points = normalMatrix(rng, n, p);
    for (let i = 0; i < points.data.length; i++) points.data[i] = noise * points.data[i]! + mean[i % p]!;
    return equalWeights(points);
  });
}

function transposed(b: Matrix): Matrix {
  return fromRows(Array.from({ length: b.cols }, (_, j) => b.data.filter((_x, at) => at % b.cols === j)));
}

const meansOf = (tasks: readonly WeightedSamples[]): Matrix =>
  fromRows(tasks.map((task) => weightedSum(task.points, task.weights)));
const rng = (): Rng => keyedStream(["network start"]);
const LINEAR = { loss: marginLoss("linear"), attack: null, inner: "exact" } as const;
const LOGISTIC = { loss: marginLoss("logistic"), attack: null, inner: "exact" } as const;

/** The objective written out. */
function objectiveOf(
  tasks: readonly WeightedSamples[],
  radius: number,
  decay: number,
  layer: Matrix,
  heads: Matrix,
): number {
  let value = (decay / 2) * (norm2(layer.data) ** 2 + norm2(heads.data) ** 2);
  const betas = multiply(heads, layer);
  tasks.forEach(({ points, weights }, t) => {
    const beta = rowView(betas, t);
    for (let i = 0; i < points.rows; i++) {
      const score = rowView(points, i).reduce((sum, x, j) => sum + x * beta[j]!, 0) - radius * norm2(beta);
      value += weights[i]! * Math.log1p(Math.exp(-score));
    }
  });
  return value;
}

describe("trainNetwork", () => {
  test("a step is minus the rate times the gradient of the objective, by central differences, with attack and decay", () => {
    const tasks = samplesOf("step", 5, 3, 4, 1);
    const objective = { ...LOGISTIC, attack: { norm: 2, radius: 0.2 } };
    // Two runs from one start, of which the second takes one step more.
    const options = { width: 3, initialNorm: 1, weightDecay: 0.1, learningRate: 1e-3 };
    const before = trainNetwork(tasks, 2, objective, { ...options, maxSteps: 1 }, rng());
    const after = trainNetwork(tasks, 2, objective, { ...options, maxSteps: 2 }, rng());
    expect([before.steps, after.steps, after.status]).toEqual([1, 2, "step-limit"]);
    const value = (layer: Matrix, heads: Matrix): number => objectiveOf(tasks, 0.2, 0.1, layer, heads);
    expect(before.value).toBeCloseTo(value(before.layer, before.heads), 12);
    const h = 1e-5;
    for (const part of ["layer", "heads"] as const) {
      const here = before[part];
      for (let i = 0; i < here.data.length; i++) {
        const at = (shift: number): number => {
          const changed = { ...here, data: here.data.with(i, here.data[i]! + shift) };
          return part === "layer" ? value(changed, before.heads) : value(before.layer, changed);
        };
        const slope = (at(h) - at(-h)) / (2 * h);
        expect(Math.abs((after[part].data[i]! - here.data[i]!) / -1e-3 - slope)).toBeLessThan(1e-6);
      }
    }
  });

  test("with the linear loss it grows without bound, along the raw means: the representation is their PCA", () => {
    const tasks = samplesOf("linear", 12, 20, 10, 0.7);
    const raw = topRightSubspace(meansOf(tasks), 2).basis;
    const normalized = topRightSubspace(
      fromRows(tasks.map((task) => { const m = weightedSum(task.points, task.weights); return m.map((x) => x / norm2(m)); })), // biome-ignore format: one line
      2,
    ).basis;
    const apart = sinThetaSquared(raw, normalized);
    expect(apart).toBeGreaterThan(1e-3);
    for (const width of [2, 5]) {
      const found = trainNetwork(tasks, 2, LINEAR, { width, initialNorm: 1e-3 }, rng());
      expect(found.status).toBe("unbounded");
      // What the start had in other directions has grown too, if less.
      expect(sinThetaSquared(raw, found.basis)).toBeLessThan(0.1 * apart);
      expect([found.layer.rows, found.heads.cols, found.basis.cols]).toEqual([width, width, 2]);
    }
  });

  test("a tiny start is no reason to stop early: it ends where a larger one does", () => {
    const tasks = samplesOf("tiny", 6, 5, 12, 1);
    const options = { weightDecay: 0.15, maxSteps: 20000, tolerance: 1e-6 };
    const [small, tiny] = [1e-2, 1e-8].map((initialNorm) =>
      trainNetwork(tasks, 2, LOGISTIC, { ...options, initialNorm }, rng()),
    );
    expect([small!.status, tiny!.status]).toEqual(["converged", "converged"]);
    expect(tiny!.value).toBeCloseTo(small!.value, 8);
    expect(tiny!.steps).toBeGreaterThan(small!.steps);
  });

  test("the default step length follows the scale of the data: the same steps in other units", () => {
    const tasks = samplesOf("units", 6, 5, 12, 1);
    const scaled = tasks.map(({ points, weights }) => ({
      points: { ...points, data: points.data.map((x) => 16 * x) },
      weights,
    }));
    const [one, other] = [tasks, scaled].map((own) => trainNetwork(own, 2, LINEAR, {}, rng()));
    expect([one!.status, other!.status]).toEqual(["unbounded", "unbounded"]);
    expect(other!.steps).toBe(one!.steps);
    expect(one!.steps).toBeLessThan(300);
  });

  test("weight decay is a nuclear norm: the classifiers satisfy the optimality conditions of that convex problem", () => {
    const tasks = samplesOf("nuclear", 6, 5, 12, 1);
    const lambda = 0.15;
    const found = trainNetwork(tasks, 2, LOGISTIC, { width: 5, weightDecay: lambda, maxSteps: 20000, tolerance: 1e-7, initialNorm: 0.1 }, rng()); // biome-ignore format: one line
    expect(found.status).toBe("converged");
    // Stationary points are balanced, W1^T W1 = sum_t w_t w_t^T.
    expect(
      maxDifference(
        multiplyTransposeRight(found.layer, found.layer),
        multiplyTransposeLeft(found.heads, found.heads),
      ),
    ).toBeLessThan(1e-5);
    const betas = multiply(found.heads, found.layer);
    const slopes = fromRows(
      tasks.map(
        (task, t) =>
          adversarialRisk(task, { ...LOGISTIC, regularization: { kind: "none" } }, rowView(betas, t))
            .gradient,
      ),
    );
    const nuclear = smallSvd(betas).values.reduce((a, b) => a + b, 0);
    expect(smallSvd(slopes).values[0]!).toBeLessThan(lambda * (1 + 1e-4));
    const inner = slopes.data.reduce((sum, x, i) => sum + x * betas.data[i]!, 0);
    expect(Math.abs(-inner / (lambda * nuclear) - 1)).toBeLessThan(1e-5);
    expect(nuclear).toBeGreaterThan(0.1);
  });

  test("decay or an attack beyond the signal: the network vanishes, and nothing is learnt", () => {
    const tasks = samplesOf("gone", 6, 5, 8, 0.5);
    for (const [objective, weightDecay] of [
      [LINEAR, 100],
      [{ ...LOGISTIC, attack: { norm: 2, radius: 50 } }, 0],
    ] as const) {
      const found = trainNetwork(tasks, 2, objective, { weightDecay, maxSteps: 20000 }, rng());
      expect(found.status).toBe("vanished");
      expect(found.basis.cols).toBe(0);
    }
  });

  test("a filtered task keeps head 0, the others learn", () => {
    const tasks = samplesOf("filter", 6, 6, 8, 0.3);
    const lengths = tasks.map((task) => norm2(weightedSum(task.points, task.weights)));
    const radius = (lengths.toSorted((a, b) => a - b)[0]! + lengths.toSorted((a, b) => a - b)[1]!) / 2;
    const weakest = lengths.indexOf(Math.min(...lengths));
    const objective = { ...LOGISTIC, attack: { norm: 2, radius } };
    const found = trainNetwork(tasks, 2, objective, { maxSteps: 300, initialNorm: 0.1 }, rng());
    tasks.forEach((_, t) => {
      const length = norm2(rowView(found.heads, t));
      if (t === weakest) expect(length).toBe(0);
      else expect(length).toBeGreaterThan(0);
    });
    expect(found.value).toBeLessThan(6 * Math.log(2));
  });

  test("validation stops training before it overfits, and the best step is what is returned", () => {
    const tasks = samplesOf("early", 20, 10, 8, 1);
    const validation = samplesOf("early", 20, 10, 100, 1, 1);
    const riskOf = ({ layer, heads }: { layer: Matrix; heads: Matrix }): number =>
      objectiveOf(validation, 0, 0, layer, heads);
    const options: NetworkOptions = { validation, patience: 50, maxSteps: 3000 };
    const stopped = trainNetwork(tasks, 2, LOGISTIC, options, rng());
    expect(stopped.status).toBe("early-stopped");
    expect(stopped.steps).toBeLessThan(1000);
    const best = riskOf(stopped);
    for (const maxSteps of [5, 20, stopped.steps, 600]) {
      expect(best).toBeLessThanOrEqual(riskOf(trainNetwork(tasks, 2, LOGISTIC, { maxSteps }, rng())) + 1e-12);
    }
    expect(stopped.value).toBeCloseTo(objectiveOf(tasks, 0, 0, stopped.layer, stopped.heads), 10);
    // What early stopping is for: trained on, the representation gets worse.
    const truth = haarFrame(keyedStream(["network", "early"]), 20, 2);
    const late = trainNetwork(tasks, 2, LOGISTIC, { maxSteps: 600 }, rng());
    expect(sinThetaSquared(truth, stopped.basis)).toBeLessThan(sinThetaSquared(truth, late.basis));
  });

  test("a step length that is far too long is halved until the objective falls", () => {
    const tasks = samplesOf("long", 6, 5, 8, 1);
    const found = trainNetwork(
      tasks,
      2,
      LOGISTIC,
      { learningRate: 1e6, maxSteps: 200, initialNorm: 1 },
      rng(),
    );
    expect(found.value).toBeLessThan(5 * Math.log(2));
    expect(Number.isFinite(norm2(found.layer.data))).toBe(true);
  });

  test("options out of range and samples that are not finite are errors", () => {
    const tasks = samplesOf("bad", 4, 2, 3, 1);
    const run =
      (options: NetworkOptions, r = 2) =>
      () =>
        trainNetwork(tasks, r, LOGISTIC, options, rng());
    expect(run({ width: 1 })).toThrow("width must be");
    expect(run({}, 5)).toThrow("r must be");
    expect(run({ weightDecay: -1 })).toThrow("weightDecay must be");
    expect(run({ initialNorm: 0 })).toThrow("initialNorm must be");
    expect(run({ learningRate: Number.NaN })).toThrow("learningRate must be");
    expect(run({ tolerance: 0 })).toThrow("tolerance must be");
    expect(run({ maxSteps: 0 })).toThrow("maxSteps must be");
    expect(run({ patience: 0 })).toThrow("patience must be");
    expect(run({ validation: [] })).toThrow("samples of 2 tasks");
    const nan = [equalWeights(fromRows([[1, Number.NaN]]))];
    expect(() => trainNetwork(nan, 1, LOGISTIC, {}, rng())).toThrow("finite");
  });
});
