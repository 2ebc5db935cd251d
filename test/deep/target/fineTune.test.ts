import { expect, test } from "vitest";
import type { Network } from "../../../src/deep/network/network.js";
import { batchesOf } from "../../../src/deep/target/batches.js";
import { allHeadsClassifier } from "../../../src/deep/target/classifier.js";
import { errorRate } from "../../../src/deep/target/errorRate.js";
import { FINE_TUNING, fineTune } from "../../../src/deep/target/fineTune.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { smallMlp } from "../representation/smallNetworks.js";
import { P, smallTransfer, TASKS } from "./smallTransfer.js";

const { tf } = await loadBackend("wasm");
const { training, test: held } = smallTransfer("fine-tune").target;
const network = smallMlp("fine-tune", P, [16], TASKS, 2);
const STILL = { ...FINE_TUNING, learningRate: 1e-30, steps: 1 };
const errorOf = (of: Network): number => errorRate(allHeadsClassifier(tf, of), batchesOf(held));

test("it starts from the trunk that is given and a new head, which is the same for every arm", () => {
  const start = fineTune(tf, network, training, STILL, ["k"]);
  expect(start.tasks).toBe(1);
  expect(start.weights["layer1.kernel"]).toEqual(network.weights["layer1.kernel"]);
  expect(start.weights["layer1.bias"]).toEqual(network.weights["layer1.bias"]);
  expect(start.weights["heads.kernel"]).toHaveLength(16 * 2);
  expect(Math.max(...start.weights["heads.bias"]!)).toBeLessThan(1e-29);
  const other = fineTune(tf, smallMlp("another arm", P, [16], TASKS, 2), training, STILL, ["k"]);
  expect(other.weights["heads.kernel"]).toEqual(start.weights["heads.kernel"]);
  expect(other.weights["layer1.kernel"]).not.toEqual(start.weights["layer1.kernel"]);
  expect(fineTune(tf, network, training, STILL, ["l"]).weights["heads.kernel"]).not.toEqual(
    start.weights["heads.kernel"],
  );
});

test("it learns the target: trunk and head move, the error falls to that of a good classifier", () => {
  const before = errorOf(fineTune(tf, network, training, STILL, ["k"]));
  const tuned = fineTune(tf, network, training, { ...FINE_TUNING, learningRate: 1e-2 }, ["k"]);
  expect(tuned.weights["layer1.kernel"]).not.toEqual(network.weights["layer1.kernel"]);
  expect(tuned.weights["heads.kernel"]).not.toEqual(
    fineTune(tf, network, training, STILL, ["k"]).weights["heads.kernel"],
  );
  // The best possible error is that of a normal variable beyond 2.5 standard deviations, 0.6 %.
  expect(before).toBeGreaterThan(0.15);
  expect(errorOf(tuned)).toBeLessThan(0.05);
});

test("the same key gives the same bytes; the given network stays as it is, and no tensor is left", () => {
  const tensors = tf.memory().numTensors;
  const weights = Object.values(network.weights).map((values) => values.slice());
  const [a, b, c] = [["k"], ["k"], ["l"]].map((key) =>
    fineTune(tf, network, training, { ...FINE_TUNING, steps: 20, batch: 16 }, key),
  );
  expect(a!.weights).toEqual(b!.weights);
  expect(a!.weights).not.toEqual(c!.weights);
  expect(Object.values(network.weights)).toEqual(weights);
  expect(tf.memory().numTensors).toBe(tensors);
});

test("the rule is the one asked for: SGD differs from Adam, and a loss that is not finite is an error", () => {
  const sgd = { ...FINE_TUNING, optimizer: "sgd", steps: 5 } as const;
  expect(fineTune(tf, network, training, sgd, ["k"]).weights).not.toEqual(
    fineTune(tf, network, training, { ...sgd, optimizer: "adam" }, ["k"]).weights,
  );
  expect(() => fineTune(tf, network, training, { ...sgd, learningRate: 1e30 }, ["k"])).toThrow(
    /fine-tuning: the loss is/,
  );
});

test("bad input is named", () => {
  expect(() => fineTune(tf, network, training, { ...FINE_TUNING, steps: 0 }, ["k"])).toThrow(
    /fineTuning.steps/,
  );
  expect(() => fineTune(tf, network, training, { ...FINE_TUNING, learningRate: -1 }, ["k"])).toThrow(
    /learningRate/,
  );
  expect(() => fineTune(tf, network, { ...training, shape: [5, 2, 1] }, FINE_TUNING, ["k"])).toThrow(
    /of the shape \[10\], received \[5,2,1\]/,
  );
});
