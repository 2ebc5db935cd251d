import { expect, test } from "vitest";
import { norm2 } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { adversarialRisk, type Objective } from "../../../src/training/gradient/adversarialRisk.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import type { SgdOptions } from "../../../src/training/gradient/sgdOptions.js";
import { trainBySgd } from "../../../src/training/gradient/trainBySgd.js";
import { BALL, ridge, samplesOf, unequal } from "./samples.js";

const samples = unequal(samplesOf("steps", 7, 3, 2));
const start = () => keyedStream(["sgd steps"]);

/** Minibatch descent with a heavy ball and constant steps, written down plainly: the iterates. */
function iterates(
  objective: Objective,
  { epochs = 1, batchSize = 7, learningRate = 1, momentum = 0 }: SgdOptions,
) {
  const rng = start();
  const order = [0, 1, 2, 3, 4, 5, 6];
  const found: number[][] = [];
  let beta = [0, 0, 0];
  let velocity = [0, 0, 0];
  for (let epoch = 0; epoch < epochs; epoch++) {
    // Fisher and Yates from the back: six draws for seven samples.
    if (batchSize < 7) {
      for (let left = 7; left > 1; left--) {
        const pick = Math.floor(rng.uniform() * left);
        [order[left - 1], order[pick]] = [order[pick]!, order[left - 1]!];
      }
    }
    for (let at = 0; at < 7; at += batchSize) {
      const batch = order.filter((_, i) => i >= at && i < at + batchSize);
      const { gradient } = adversarialRisk(samples, objective, Float64Array.from(beta), rng, batch);
      velocity = velocity.map((v, j) => momentum * v + gradient[j]!);
      beta = beta.map((b, j) => b - learningRate * velocity[j]!);
      const shrink =
        objective.regularization.kind === "ball" ? Math.max(1, norm2(Float64Array.from(beta))) : 1;
      beta = beta.map((b) => b / shrink);
      found.push(beta);
    }
  }
  return found;
}

const attack = { norm: 2, radius: 0.3 };
const exact = { loss: marginLoss("logistic"), attack, inner: "exact" } as const;

test.each([
  ["batches of 3, the last of 1", { batchSize: 3 }, { ...exact, regularization: BALL }],
  ["batches with a ridge", { batchSize: 2, learningRate: 0.1 }, { ...exact, regularization: ridge(0.5) }],
  // The stream serves the attack alone: full batches are not shuffled.
  ["full batches, attacks from random starts", {}, { ...exact, regularization: BALL, inner: { steps: 1, step: 0.3, starts: 1 } }], // biome-ignore format: one line
])("%s: every step is the one of descent written down plainly", (_, changes, objective) => {
  const options = { epochs: 3, learningRate: 0.6, momentum: 0.4, schedule: "constant", ...changes } as const;
  const found = iterates(objective, options);
  const last = trainBySgd(samples, objective, options, start());
  expect(last.steps).toBe(found.length);
  last.beta.forEach((b, j) => {
    expect(b).toBeCloseTo(found.at(-1)![j]!, 13);
  });
  // Averaging over the last 40 % of the run: the mean of so many iterates.
  const averaged = Math.round(0.4 * found.length);
  const mean = trainBySgd(samples, objective, { ...options, averaging: 0.4 }, start()).beta;
  mean.forEach((b, j) => {
    const sum = found.slice(-averaged).reduce((total, beta) => total + beta[j]!, 0);
    expect(b).toBeCloseTo(sum / averaged, 13);
  });
});

test("batches larger than the samples are full batches", () => {
  const objective = { ...exact, regularization: BALL };
  const options = { epochs: 2, learningRate: 0.3 };
  const full = trainBySgd(samples, objective, options, start());
  expect(trainBySgd(samples, objective, { ...options, batchSize: 50 }, start())).toEqual(full);
  expect(norm2(full.beta)).toBeGreaterThan(0);
});
