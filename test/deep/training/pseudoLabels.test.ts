import { expect, test } from "vitest";
import { withWeights } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { meanLoss } from "../../../src/deep/training/meanLoss.js";
import { selfLabeled } from "../../../src/deep/training/pseudoLabels.js";
import { smallMlp } from "../representation/smallNetworks.js";

const { tf } = await loadBackend("wasm");

/** Two tasks on one input z: logits (z, 0) for task 0 and (-2 z, 1) for task 1, through relu(z + 50) - 50. */
const network = withWeights(smallMlp("labels", 1, [1], 2, 2), {
  "layer1.kernel": Float32Array.of(1),
  "layer1.bias": Float32Array.of(50),
  "heads.kernel": Float32Array.of(1, 0, -2, 0),
  "heads.bias": Float32Array.of(-50, 0, 100, 1),
});
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const data = {
  count: 5,
  features: 1,
  shape: [1],
  classes: 2,
  inputs: Float32Array.of(3, -1, 0, 0.5, -4),
  labels: Uint8Array.of(0, 0, 1, 1, 1),
};

test("hard labels are the most probable class, the first on a tie; wrong ones are counted against the truth", () => {
  const { part, wrong } = selfLabeled(tf, network, 0, data, { threshold: 0, soft: false });
  expect([...Array.from(part.rows)]).toEqual([0, 1, 2, 3, 4]);
  // Classes 0, 1, 0, 0, 1 against 0, 0, 1, 1, 1.
  expect([...part.targets]).toEqual([1, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
  expect(wrong).toBe(3);
  expect(part.inputs).toBe(data.inputs);
});

test("a threshold keeps the samples whose probability reaches it, and counts errors among them alone", () => {
  const kept = (threshold: number) => selfLabeled(tf, network, 0, data, { threshold, soft: false });
  expect([...Array.from(kept(0.7).part.rows)]).toEqual([0, 1, 4]);
  expect(kept(0.7).wrong).toBe(1);
  expect([...kept(0.7).part.targets]).toEqual([1, 0, 0, 1, 0, 1]);
  expect(kept(0.95).wrong).toBe(0);
  expect([...Array.from(kept(0.5).part.rows)]).toHaveLength(5);
  expect(kept(1).part).toEqual({ inputs: data.inputs, rows: [], targets: new Float32Array(0) });
});

test("soft labels are the probabilities, of the samples that pass", () => {
  const { part, wrong } = selfLabeled(tf, network, 0, data, { threshold: 0.7, soft: true });
  expect([...part.targets]).toEqual(
    [3, -1, -4].flatMap((z) => [expect.closeTo(sigmoid(z), 5), expect.closeTo(sigmoid(-z), 5)]),
  );
  expect(wrong).toBe(1);
});

test("each task is labelled by its own head", () => {
  const { part } = selfLabeled(tf, network, 1, data, { threshold: 0, soft: true });
  expect([...part.targets].filter((_, i) => i % 2 === 0)).toEqual(
    [3, -1, 0, 0.5, -4].map((z) => expect.closeTo(sigmoid(-2 * z - 1), 5)),
  );
});

test("meanLoss: the mean cross-entropy of each task's own samples, tasks of unequal sizes counting alike", () => {
  const two = { ...data, count: 2, inputs: data.inputs.slice(0, 2), labels: data.labels.slice(0, 2) };
  const first = [-3, 1, 0, 0.5, -4].map((z) => Math.log(1 + Math.exp(z)));
  const second = [3, -1].map((z) => Math.log(1 + Math.exp(2 * z + 1)));
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(meanLoss(tf, network, [data, two])).toBeCloseTo((mean(first) + mean(second)) / 2, 5);
});
