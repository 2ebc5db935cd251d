import { badInput } from "../../core/guards.js";
import type { SampleBatch } from "./batches.js";
import type { Classifier } from "./classifier.js";
import { missProbabilities } from "./missProbabilities.js";

/** {@link missProbabilities} of a classifier at inputs in the place of a batch's own. */
export function missesAt(
  classifier: Classifier,
  { labels, count }: SampleBatch,
  inputs: Float32Array,
): Float64Array {
  return missProbabilities(classifier.logits(inputs, count), labels, classifier.classes);
}

/** The share of samples that a classifier does not name right, ties as in {@link missProbabilities}. Throws `bad-input` when there are none. */
export function errorRate(classifier: Classifier, batches: readonly SampleBatch[]): number {
  const total = sampleCount(batches);
  return batches.reduce((sum, batch) => sum + sumOf(missesAt(classifier, batch, batch.inputs)), 0) / total;
}

/** How many samples there are, at least one. */
export function sampleCount(batches: readonly SampleBatch[]): number {
  const total = batches.reduce((sum, batch) => sum + batch.count, 0);
  if (total === 0) throw badInput("samples to take an error of", "at least one", 0);
  return total;
}

/** The sum of numbers, in their order. */
export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
