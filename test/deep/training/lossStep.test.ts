import { expect, test } from "vitest";
import { type Network, withWeights } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { attackOf } from "../../../src/deep/training/arm.js";
import { lossStep } from "../../../src/deep/training/lossStep.js";
import type { Batch } from "../../../src/deep/training/pool.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { changed, mlpLogits, normalParts, smallMlp } from "../representation/smallNetworks.js";

const { tf } = await loadBackend("wasm");
const network = smallMlp("loss step", 5, [7, 4], 3, 3);
const SIZE = 6;
const none = { attack: null, augmentation: null };

/** Inputs for all tasks, and soft targets. */
function batchOf(key: unknown): Batch {
  const rng = keyedStream(["targets", key]);
  const targets = new Float32Array(3 * SIZE * 3);
  for (let i = 0; i < 3 * SIZE; i++) {
    const raw = [rng.uniform(), rng.uniform(), rng.uniform()];
    const total = raw[0]! + raw[1]! + raw[2]!;
    raw.forEach((x, c) => {
      targets[3 * i + c] = x / total;
    });
  }
  return { size: SIZE, inputs: normalParts(key, 1, 3 * SIZE, 5)[0]!.inputs, targets };
}

/** The mean cross-entropy in 64 bits, from the definition. */
function meanCrossEntropy(of: Network, { inputs, targets }: Batch): number {
  let sum = 0;
  for (let i = 0; i < 3 * SIZE; i++) {
    const logits = mlpLogits(of, Math.floor(i / SIZE), inputs.subarray(5 * i, 5 * i + 5));
    const total = Math.log(logits.reduce((s, z) => s + Math.exp(z), 0));
    logits.forEach((z, c) => {
      sum -= targets[3 * i + c]! * (z - total);
    });
  }
  return sum / (3 * SIZE);
}

test("the loss is the mean cross-entropy with soft targets over all tasks, and leaves no tensor behind", () => {
  const batch = batchOf("loss");
  const before = tf.memory().numTensors;
  const { loss } = lossStep(tf, network, network.weights, batch, none, [1], 1);
  expect(tf.memory().numTensors).toBe(before);
  expect(loss).toBeCloseTo(meanCrossEntropy(network, batch), 5);
});

test("gradients in every weight are those of finite differences in 64 bits", () => {
  const batch = batchOf("gradients");
  const { gradients } = lossStep(tf, network, network.weights, batch, none, [1], 1);
  expect(Object.keys(gradients)).toEqual(Object.keys(network.weights));
  const size = 2 ** -9;
  for (const [name, values] of Object.entries(gradients)) {
    for (const at of [0, Math.floor(values.length / 2), values.length - 1]) {
      const shifted = (step: number): number =>
        meanCrossEntropy(
          changed(network, (other, w) => (other === name ? w.map((x, i) => (i === at ? x + step : x)) : w)),
          batch,
        );
      expect(values[at]).toBeCloseTo((shifted(size) - shifted(-size)) / (2 * size), 3);
    }
  }
});

test("the weights given count, not those of the network", () => {
  const batch = batchOf("weights");
  const other = changed(network, (_, values) => values.map((x) => 0.5 * x));
  const { loss } = lossStep(tf, network, other.weights, batch, none, [1], 1);
  expect(loss).toBeCloseTo(meanCrossEntropy(other, batch), 5);
});

test("an attack raises the loss within its budget, and radius 0 and sd 0 are standard training, bit for bit", () => {
  const batch = batchOf("attack");
  const step = (radius: number, sd: number, at = 1) =>
    lossStep(
      tf,
      network,
      network.weights,
      batch,
      { attack: attackOf({ norm: 2, radius, randomStart: true }, "a"), augmentation: { sd } },
      [1],
      at,
    );
  const clean = lossStep(tf, network, network.weights, batch, none, [1], 1);
  expect(step(0, 0)).toEqual(clean);
  expect(step(0.3, 0).loss).toBeGreaterThan(clean.loss + 0.05);
  expect(step(0.9, 0).loss).toBeGreaterThan(step(0.3, 0).loss);
  // Random starts and noise are functions of key and step.
  expect(step(0.3, 0.2)).toEqual(step(0.3, 0.2));
  expect(step(0.3, 0.2, 2).loss).not.toBe(step(0.3, 0.2).loss);
  expect(step(0.3, 0, 2).loss).not.toBe(step(0.3, 0).loss);
  expect(step(0, 0.2, 2).loss).not.toBe(step(0, 0.2).loss);
});

test("gradients are taken at the attacked inputs, which are held fixed", () => {
  const batch = batchOf("held");
  const attack = attackOf({ norm: Infinity, radius: 0.2, steps: 1 }, "a");
  const { gradients, loss } = lossStep(
    tf,
    network,
    network.weights,
    batch,
    { attack, augmentation: null },
    [1],
    1,
  );
  // One step of the sign attack by hand: the gradient in the inputs from finite differences of the sum of losses.
  const moved = Float32Array.from(batch.inputs, (x, i) => {
    const at = (step: number): number =>
      meanCrossEntropy(network, { ...batch, inputs: batch.inputs.map((y, j) => (j === i ? y + step : y)) });
    return x + 0.2 * Math.sign(at(1e-3) - at(-1e-3));
  });
  const expected = lossStep(tf, network, network.weights, { ...batch, inputs: moved }, none, [1], 1);
  expect(loss).toBeCloseTo(expected.loss, 6);
  for (const [name, values] of Object.entries(gradients)) {
    expect([...values]).toEqual([...expected.gradients[name]!].map((x) => expect.closeTo(x, 5)));
  }
});

test("augmentation adds noise of its standard deviation to every input: the mean loss of a quadratic bowl rises by its trace", () => {
  // A network is no bowl, so the noise is read off a linear one: heads on relu(x + 100), whose logits are linear.
  const p = 1;
  const start = smallMlp("augmented", p, [1], 1, 2);
  const line = withWeights(start, {
    "layer1.kernel": Float32Array.of(1),
    "layer1.bias": Float32Array.of(100),
    "heads.kernel": Float32Array.of(1, 0),
    "heads.bias": Float32Array.of(-100, 0),
  });
  // log(1 + e^z) - z/2 with targets 1/2 is even and convex in z: its mean under z ~ N(0, sd^2) by the rule of 4000 points.
  const count = 4000;
  const batch = {
    size: count,
    inputs: new Float32Array(count),
    targets: new Float32Array(2 * count).fill(0.5),
  };
  const { loss } = lossStep(tf, line, line.weights, batch, { attack: null, augmentation: { sd: 2 } }, [1], 1);
  const value = (z: number): number => Math.log(1 + Math.exp(z)) - z / 2;
  let mean = 0;
  for (let i = -1000; i <= 1000; i++) {
    mean += (0.01 * Math.exp(-((0.01 * i) ** 2) / 2) * value(0.02 * i)) / Math.sqrt(2 * Math.PI);
  }
  // The standard deviation of the loss is below 0.5: six standard errors are 0.05 (false alarm 2e-9); without noise the loss is log 2, 0.3 lower.
  expect(Math.abs(loss - mean)).toBeLessThan(0.05);
  expect(mean - Math.log(2)).toBeGreaterThan(0.25);
});
