import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, matrix, transpose, zeros } from "../../../src/numerics/matrix.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { type LossName, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import {
  equalWeights,
  type WeightedSamples,
  weightedSum,
} from "../../../src/training/gradient/weightedSamples.js";
import { frameNorm } from "../../../src/training/joint/frameNorm.js";
import { gainingHeads } from "../../../src/training/joint/gainingHeads.js";
import { jointMarginSubspace } from "../../../src/training/joint/jointMarginSubspace.js";
import { type JointLoss, marginObjective } from "../../../src/training/joint/marginObjective.js";
import { smoothingBound } from "../../../src/training/joint/smoothingBound.js";
import { dualExponent, lqNorm } from "../../../src/training/lqNorm.js";
import { law } from "../../helpers/law.js";

const LOSSES: readonly LossName[] = ["linear", "logistic", "squared-hinge"];
const REGULARIZATIONS = [{ kind: "ball" }, { kind: "ridge", lambda: 0.5 }] as const;
const [P, R] = [10, 2];

/** T tasks of n samples around means of length about 2; `scale` times all of them. */
function samplesOf(seed: number, tasks: number, n: number, scale: number = 1): WeightedSamples[] {
  const rng = keyedStream(["smoothing", seed]);
  return Array.from({ length: tasks }, () => {
    const mean = normalMatrix(rng, 1, P).data;
    const points = normalMatrix(rng, n, P);
    for (let i = 0; i < points.data.length; i++)
      points.data[i] = scale * (points.data[i]! + 0.7 * mean[i % P]!);
    return equalWeights(points);
  });
}

/** W^T, `r x p`, of which the first `support` columns alone are not 0. */
function frameOf(seed: number, support: number): Matrix {
  const inner = haarFrame(keyedStream(["smoothing frame", seed]), support, R);
  const w = zeros(P, R);
  w.data.set(inner.data);
  return transpose(w);
}

const cases = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  loss: fc.constantFrom(...LOSSES),
  dual: fc.constantFrom(1, 1.2, 1.5, 3, 8),
  regularization: fc.constantFrom(...REGULARIZATIONS),
  radius: fc.constantFrom(0.05, 0.3, 1, 4),
  delta: fc.constantFrom(0.01, 0.05, 0.2),
  support: fc.constantFrom(R, 4, P),
});

describe("the smoothed norm", () => {
  test("lies between the norm and delta p^{1/k} more, and that is what it is at 0", () => {
    law(
      fc.tuple(cases, fc.double({ min: 0, max: 3, noNaN: true })),
      ([{ seed, dual, delta, support }, size]) => {
        const frame = frameOf(seed, support);
        const w = normalMatrix(keyedStream(["head", seed]), 1, R).data.map((x) => size * x);
        const x = Float64Array.from(
          { length: P },
          (_, j) => w[0]! * frame.data[j]! + w[1]! * frame.data[P + j]!,
        );
        const excess = frameNorm(dual, delta)(frame, w).value - lqNorm(x, dual);
        const most = delta * P ** (1 / dual);
        expect(excess).toBeGreaterThanOrEqual(-1e-13);
        expect(excess).toBeLessThanOrEqual(most * (1 + 1e-13) + 1e-13);
        expect(frameNorm(dual, delta)(frame, new Float64Array(R)).value).toBeCloseTo(most, 13);
      },
    );
  });
});

describe("the bound on the smoothing error", () => {
  test("margins that fall by h raise an average loss of at most l(0) by at most l(-h) - l(0)", () => {
    const margins = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 6 });
    law(
      fc.tuple(margins, fc.constantFrom(...LOSSES), fc.constantFrom(1e-6, 0.01, 0.5, 3)),
      ([found, name, h]) => {
        const loss = marginLoss(name);
        const average = (of: readonly number[]): number =>
          of.reduce((sum, m) => sum + loss.value(m), 0) / of.length;
        // Moved up until the average loss is at most that of the head 0.
        let up = 0;
        while (average(found.map((m) => m + up)) > loss.value(0)) up += 0.01;
        const moved = found.map((m) => m + up);
        const rise = average(moved.map((m) => m - h)) - average(moved);
        expect(rise).toBeLessThanOrEqual((loss.value(-h) - loss.value(0)) * (1 + 1e-9) + 1e-13);
      },
      400,
    );
  });

  test("is h, about h/2 and about 2 h for the three losses, and 0 where nothing is smoothed", () => {
    const joint = (name: LossName, dual: number): JointLoss => ({
      loss: marginLoss(name),
      radius: 2,
      dual,
      regularization: { kind: "ball" },
    });
    // h = 2 * 0.001 * 100^{1/k}
    expect(smoothingBound(joint("linear", 1), 100, 1e-3)).toBeCloseTo(0.2, 14);
    expect(smoothingBound(joint("linear", 4), 100, 1e-3)).toBeCloseTo(0.002 * Math.sqrt(10), 14);
    expect(smoothingBound(joint("logistic", 1), 100, 1e-3)).toBeCloseTo(
      Math.log((1 + Math.exp(0.2)) / 2),
      14,
    );
    expect(smoothingBound(joint("squared-hinge", 1), 100, 1e-3)).toBeCloseTo(0.44, 14);
    for (const loss of LOSSES) expect(smoothingBound(joint(loss, 2), 100, 1e-3)).toBe(0);
  });

  test("holds for every loss, norm, regularisation, frame and radius; more smoothing never gains", () => {
    law(
      cases,
      ({ seed, loss: name, dual, regularization, radius, delta, support }) => {
        const tasks = samplesOf(seed, 3, 5);
        const joint: JointLoss = { loss: marginLoss(name), radius, dual, regularization };
        const frame = frameOf(seed, support);
        const at = (smoothing: number): number => {
          const objective = marginObjective(tasks, joint, smoothing);
          const { value } = objective.evaluate(frame);
          expect(objective.solved()).toBe(true);
          return value;
        };
        const [smooth, nearlyExact] = [at(delta), at(delta / 20)];
        expect(smooth).toBeLessThanOrEqual(nearlyExact + 1e-8);
        // What is left to the exact value is bounded in the same way: the law is that of a telescope.
        const bound = tasks.length * smoothingBound(joint, P, delta);
        expect(nearlyExact - smooth).toBeLessThanOrEqual(bound + 1e-8);
        const ball = { norm: dualExponent(dual), radius };
        const exact = gainingHeads(
          tasks,
          ball,
          joint,
          marginObjective(tasks, joint, delta / 20),
          frame,
        ).value;
        expect(exact - smooth).toBeLessThanOrEqual(bound + 1e-8);
        expect(exact).toBeGreaterThanOrEqual(smooth - 1e-8);
      },
      150,
    );
  });

  test("is attained by tasks that the attack filters, to 1 %, for every loss and norm", () => {
    for (const name of LOSSES)
      for (const dual of [1, 1.5, 3])
        for (const regularization of REGULARIZATIONS) {
          const joint: JointLoss = { loss: marginLoss(name), radius: 0.5, dual, regularization };
          const tasks = samplesOf(1, 4, 5, 1e-4);
          const smooth = marginObjective(tasks, joint, 0.01).evaluate(frameOf(1, P)).value;
          const bound = 4 * smoothingBound(joint, P, 0.01);
          // Filtered: the exact gain is 0.
          expect(-smooth / bound).toBeGreaterThan(0.99);
          expect(-smooth / bound).toBeLessThan(1 + 1e-9);
        }
  });

  test("is attained to the share 1 - s/p for k = 1 and the linear loss, on a frame with s rows that are not 0", () => {
    law(fc.tuple(cases, fc.constantFrom(0.05, 0.3)), ([{ seed, regularization, delta, support }, radius]) => {
      const joint: JointLoss = { loss: marginLoss("linear"), radius, dual: 1, regularization };
      const tasks = samplesOf(seed, 3, 5);
      const frame = frameOf(seed, support);
      const exact = tasks.reduce((sum, task) => sum + linearGain(task, frame, radius, regularization), 0);
      const lost = exact - marginObjective(tasks, joint, delta).evaluate(frame).value;
      const bound = 3 * smoothingBound(joint, P, delta);
      expect(lost).toBeGreaterThanOrEqual((1 - support / P) * bound - 1e-8);
      expect(lost).toBeLessThanOrEqual(bound + 1e-8);
    });
  });
});

/** max over w of <w, W^T muhat> - radius ||W w||_1 - R(w) for two neurons: along the circle, where it has one maximum if any is positive. */
function linearGain(
  task: WeightedSamples,
  frame: Matrix,
  radius: number,
  regularization: (typeof REGULARIZATIONS)[number],
): number {
  const mean = weightedSum(task.points, task.weights);
  const along = (angle: number): number => {
    let gain = 0;
    for (let j = 0; j < P; j++) {
      const x = Math.cos(angle) * frame.data[j]! + Math.sin(angle) * frame.data[P + j]!;
      gain += mean[j]! * x - radius * Math.abs(x);
    }
    return gain;
  };
  const step = Math.PI / 180;
  const angles = Array.from({ length: 360 }, (_, i) => i * step);
  const best = angles.reduce((a, b) => (along(b) > along(a) ? b : a));
  let [low, high] = [best - step, best + step];
  for (let k = 0; k < 80; k++) {
    const third = (high - low) / 3;
    if (along(low + third) < along(high - third)) low += third;
    else high -= third;
  }
  const gain = Math.max(0, along(low));
  return regularization.kind === "ball" ? gain : gain ** 2 / (2 * regularization.lambda);
}

describe("jointMarginSubspace", () => {
  const tasks = samplesOf(7, 6, 8);
  const solve = (norm: number): ReturnType<typeof jointMarginSubspace> =>
    jointMarginSubspace(tasks, R, {
      loss: marginLoss("logistic"),
      attack: { norm, radius: 0.15 },
      regularization: { kind: "ball" },
    });

  test("says how much smoothing may have cost: T (l(-h) - l(0)), h = 1e-4 eps p^{1/q* - 1/2}; nothing for q = 2", () => {
    for (const norm of [1.5, 4, Infinity]) {
      const h = 1e-4 * 0.15 * P ** (1 / dualExponent(norm) - 0.5);
      const { smoothingBound: bound, value } = solve(norm);
      expect(bound / (6 * Math.log((1 + Math.exp(h)) / 2))).toBeCloseTo(1, 6);
      expect(bound).toBeLessThan(1e-3 * value);
    }
    expect(solve(2).smoothingBound).toBe(0);
  });

  test("no frame nearby is better by more", () => {
    const { basis, value, smoothingBound: bound } = solve(Infinity);
    const ball = { norm: Infinity, radius: 0.15 };
    const joint: JointLoss = {
      loss: marginLoss("logistic"),
      radius: 0.15,
      dual: 1,
      regularization: { kind: "ball" },
    };
    const exact = (frame: Matrix): number =>
      gainingHeads(tasks, ball, joint, marginObjective(tasks, joint, 1e-7), frame).value;
    expect(Math.abs(exact(transpose(basis)) - value)).toBeLessThan(bound);
    const rng = keyedStream(["nearby"]);
    for (const size of [1e-6, 1e-4, 1e-2, 1]) {
      const noise = normalMatrix(rng, P, R);
      const near = matrix(
        P,
        R,
        basis.data.map((x, i) => x + size * noise.data[i]!),
      );
      expect(exact(transpose(orthonormal(near)))).toBeLessThanOrEqual(value + bound);
    }
  });
});

/** Gram-Schmidt on two columns. */
function orthonormal({ data }: Matrix): Matrix {
  const column = (k: number): Float64Array => Float64Array.from({ length: P }, (_, j) => data[j * R + k]!);
  const unit = (x: Float64Array): Float64Array => x.map((v) => v / Math.hypot(...x));
  const a = unit(column(0));
  const b = column(1);
  const along = b.reduce((sum, v, j) => sum + v * a[j]!, 0);
  const c = unit(b.map((v, j) => v - along * a[j]!));
  return matrix(
    P,
    R,
    Float64Array.from({ length: P * R }, (_, i) => (i % R === 0 ? a : c)[Math.floor(i / R)]!),
  );
}
