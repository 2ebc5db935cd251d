import { expect, test } from "vitest";
import type { Weights } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { initialOptimizer, updateWeights } from "../../../src/deep/training/optimizer.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

const { tf } = await loadBackend("wasm");
const rule = { optimizer: "adam", learningRate: 0.05, momentum: 0.8, weightDecay: 0 } as const;

/** Weights after some steps with gradients that depend on nothing but the step. */
function run(given: Parameters<typeof updateWeights>[0], steps: number): Weights {
  const weights = { "a.kernel": Float32Array.of(1, -2, 3), "a.bias": Float32Array.of(0.5) };
  const state = initialOptimizer(given, weights);
  for (let step = 1; step <= steps; step++) updateWeights(given, state, weights, gradientsAt(step), step);
  return weights;
}

function gradientsAt(step: number): Weights {
  const rng = keyedStream(["gradient", step]);
  const kernel = Float32Array.from({ length: 3 }, (_, i) => rng.normal() * 10 ** (i - 1));
  return { "a.kernel": kernel, "a.bias": Float32Array.of(rng.normal()) };
}

const STEPS = 25;
test.each(["adam", "sgd"] as const)("%s does what tensorflow.js does, step for step", (optimizer) => {
  const theirs = optimizer === "adam" ? tf.train.adam(0.05) : tf.train.momentum(0.05, 0.8);
  const start = run({ ...rule, optimizer }, 0);
  const variables = Object.entries(start).map(([name, values]) =>
    tf.variable(tf.tensor1d(values), true, name),
  );
  for (let step = 1; step <= STEPS; step++) {
    const gradients = gradientsAt(step);
    tf.tidy(() => {
      theirs.applyGradients(
        Object.entries(gradients).map(([name, values]) => ({ name, tensor: tf.tensor1d(values) })),
      );
    });
  }
  const ours = run({ ...rule, optimizer }, STEPS);
  variables.forEach((variable) => {
    expect([...ours[variable.name]!]).toEqual([...variable.dataSync()].map((x) => expect.closeTo(x, 4)));
    // Power: the weights have moved by far more than the tolerance.
    expect(Math.abs(variable.dataSync()[0]! - start[variable.name]![0]!)).toBeGreaterThan(0.05);
  });
  theirs.dispose();
  tf.dispose(variables);
});

test("Adam's first step is the learning rate against the sign of the gradient, whatever its size", () => {
  const weights = { w: Float32Array.of(0, 0, 0) };
  const state = initialOptimizer(rule, weights);
  updateWeights(rule, state, weights, { w: Float32Array.of(1e-3, -5, 1e4) }, 1);
  expect([...weights.w]).toEqual([-0.05, 0.05, -0.05].map((x) => expect.closeTo(x, 4)));
});

test("weight decay is decoupled: with zero gradients kernels shrink by 1 - rate * decay a step, biases stay", () => {
  for (const optimizer of ["adam", "sgd"] as const) {
    const decaying = { ...rule, optimizer, weightDecay: 0.4 };
    const weights = { "a.kernel": Float32Array.of(2), "a.bias": Float32Array.of(2) };
    const state = initialOptimizer(decaying, weights);
    const zero = { "a.kernel": new Float32Array(1), "a.bias": new Float32Array(1) };
    for (const step of [1, 2, 3]) updateWeights(decaying, state, weights, zero, step);
    expect(weights["a.kernel"][0]).toBeCloseTo(2 * 0.98 ** 3, 6);
    expect(weights["a.bias"][0]).toBe(2);
  }
});

test("momentum 0 is gradient descent", () => {
  const plain = { ...rule, optimizer: "sgd", momentum: 0 } as const;
  const weights = { w: Float32Array.of(1) };
  const state = initialOptimizer(plain, weights);
  for (const step of [1, 2]) updateWeights(plain, state, weights, { w: Float32Array.of(2) }, step);
  expect(weights.w[0]).toBeCloseTo(1 - 2 * 0.05 * 2, 6);
});
