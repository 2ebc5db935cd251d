import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { fromRows } from "../../../src/numerics/matrix.js";
import { norm2, scaled } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { certified } from "../../../src/training/gradient/certified.js";
import { gradientClassifiers } from "../../../src/training/gradient/gradientClassifiers.js";
import type { GradientMethod } from "../../../src/training/gradient/gradientMethod.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { trainBySgd } from "../../../src/training/gradient/trainBySgd.js";
import { equalWeights, type WeightedSamples } from "../../../src/training/gradient/weightedSamples.js";
import { BALL, samplesOf } from "./samples.js";

const loss = marginLoss("logistic");
const stream = (task: number) => keyedStream(["descent of tasks", task]);
const tasks = [samplesOf("one", 3, 2, 2), samplesOf("two", 3, 2, 2)];
const attack = { norm: 2, radius: 0.2 };
const exact: GradientMethod = { loss: "logistic", inner: "exact", regularization: BALL };
const pgd: GradientMethod = { ...exact, inner: { steps: 2, starts: 1 } };

function only(samples: WeightedSamples, method: GradientMethod, ball: typeof attack | null) {
  const [found] = [...gradientClassifiers([samples], method, ball, stream)];
  return found!;
}

describe("descent", () => {
  test("trains each task with its own stream, in order, and is as strong as its certificate says", () => {
    const method = { ...pgd, descent: { epochs: 2, batchSize: 2 } };
    const found = [...gradientClassifiers(tasks, method, attack, stream)];
    expect(found).toHaveLength(2);
    found.forEach(({ direction, value }, t) => {
      const objective = { loss, attack, inner: pgd.inner, regularization: BALL };
      const { beta } = trainBySgd(tasks[t]!, objective, method.descent, stream(t));
      expect(direction).toEqual(scaled(beta, 1 / norm2(beta)));
      const { strength } = certified(tasks[t]!, loss, attack, BALL, { beta, iterations: 4 }, 1e-6);
      expect(value).toBe(strength);
    });
  });

  test("is what PGD trains by where nothing is said", () => {
    const one = equalWeights(fromRows([[3, 4]]));
    const method: GradientMethod = { ...exact, inner: { steps: 1, step: 0.5 } };
    const objective = { loss, attack, inner: method.inner, regularization: BALL };
    const { beta } = trainBySgd(one, objective, {}, stream(0));
    expect(only(one, method, attack).direction).toEqual(scaled(beta, 1 / norm2(beta)));
  });

  test("is no part of training where there is no attack to find, but for methods that ask for it", () => {
    const solved = solveTask(tasks[0]!, loss, null, BALL).beta;
    expect(only(tasks[0]!, pgd, null).direction).toEqual(scaled(solved, 1 / norm2(solved)));
    const descent = { epochs: 2, learningRate: 1e-3 };
    const objective = { loss, attack: null, inner: pgd.inner, regularization: BALL };
    const plain = trainBySgd(tasks[0]!, objective, descent, stream(0)).beta;
    expect(only(tasks[0]!, { ...pgd, descent }, null).direction).toEqual(scaled(plain, 1 / norm2(plain)));
  });

  test("a mean on the sphere of the attack is filtered before descent, one outside is not", () => {
    const one = equalWeights(fromRows([[3, 4]]));
    const method = { ...pgd, descent: { epochs: 1 } };
    expect([...only(one, method, { norm: 2, radius: 5 }).direction]).toEqual([0, 0]);
    expect(norm2(only(one, method, { norm: 2, radius: 4.99 }).direction)).toBeCloseTo(1, 14);
  });

  test("samples whose mean is 0 leave beta at 0, which has not diverged", () => {
    const opposed = equalWeights(fromRows([[1, -2], [-1, 2]])); // biome-ignore format: two rows
    const method = { ...exact, descent: { epochs: 2 } };
    expect([...only(opposed, method, null).direction]).toEqual([0, 0]);
  });

  test("a task that ends above the objective of beta = 0 is an error that names it, with a way out", () => {
    const method: GradientMethod = {
      loss: "squared-hinge",
      inner: "exact",
      regularization: { kind: "ridge", lambda: 1 },
      descent: { epochs: 3, learningRate: 1.5, schedule: "constant", momentum: 0 },
    };
    // The step suits the small samples of task 0 and is too long for those of task 1.
    const easy = equalWeights(fromRows([[0.1, 0]]));
    let caught: unknown = null;
    try {
      [...gradientClassifiers([easy, tasks[0]!], method, null, stream)];
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(AdvTransferError);
    expect(caught).toMatchObject({
      message: expect.stringMatching(/task 1 diverged: its objective is .*, that of beta = 0 is 1$/),
      hint: expect.stringMatching(/learning rate/),
    });
  });
});
