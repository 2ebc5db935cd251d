import { badInput, requireFinite } from "../../core/guards.js";
import type { SampleBatch } from "./batches.js";
import type { Classifier } from "./classifier.js";

/**
 * The probability, sample by sample, that logits (`count x k`, row-major) do not name the label: 0 or 1, and 1 - 1/m for a label among m largest ones. Of ties each
 * class is named with equal probability, so features that say nothing have the error of a guess and not that of the class that happens to be the first.
 *
 * Throws `bad-input` when the numbers of logits and labels do not fit, `numerical` on logits that are not finite.
 *
 * @example missProbabilities([2, 1, 0, 0], [0, 1], 2) // [0, 0.5]
 */
export function missProbabilities(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float64Array {
  if (logits.length !== labels.length * classes) {
    throw badInput("logits", `${labels.length} x ${classes} numbers`, logits.length);
  }
  requireFinite("logits", logits);
  return Float64Array.from({ length: labels.length }, (_, i) => {
    const own = logits[i * classes + labels[i]!]!;
    let ties = 0;
    for (let c = 0; c < classes; c++) {
      const logit = logits[i * classes + c]!;
      if (logit > own) return 1;
      if (logit === own) ties++;
    }
    return 1 - 1 / ties;
  });
}

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
