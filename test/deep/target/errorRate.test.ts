import { expect, test } from "vitest";
import type { Classifier } from "../../../src/deep/target/classifier.js";
import { errorRate } from "../../../src/deep/target/errorRate.js";
import { missProbabilities } from "../../../src/deep/target/missProbabilities.js";

test("a label is named when its logit is the largest alone, and by a fair draw among ties", () => {
  const logits = [3, 1, 2, 1, 3, 2, 5, 5, 0, 7, 7, 7];
  expect([...missProbabilities(logits, [0, 0, 1, 2], 3)]).toEqual([0, 1, 0.5, 1 - 1 / 3]);
  // Ties below the largest do not count.
  expect([...missProbabilities([1, 1, 2, 1, 1, 2], [2, 0], 3)]).toEqual([0, 1]);
});

test("features that say nothing have the error of a guess, whatever the labels", () => {
  for (const label of [0, 1, 2, 3]) expect([...missProbabilities([4, 4, 4, 4], [label], 4)]).toEqual([0.75]);
});

test("the error rate is over all samples, not over batches", () => {
  const ownInputs: Classifier = {
    inputShape: [2],
    classes: 2,
    logits: (inputs) => inputs,
    open: () => (x) => x,
  };
  const batch = (inputs: number[], labels: number[]) => ({
    inputs: Float32Array.from(inputs),
    labels: Uint8Array.from(labels),
    count: labels.length,
  });
  const three = batch([1, 0, 1, 0, 1, 0], [0, 0, 1]);
  expect(errorRate(ownInputs, [three, batch([0, 0], [1])])).toBe(1.5 / 4);
  expect(() => errorRate(ownInputs, [])).toThrow(/at least one/);
});

test("sizes that do not fit and logits that are no numbers are refused", () => {
  expect(() => missProbabilities([1, 2, 3], [0], 2)).toThrow(/logits must be 1 x 2 numbers, received 3/);
  expect(() => missProbabilities([Number.NaN, 1], [1], 2)).toThrow(/logits must be finite/);
});
