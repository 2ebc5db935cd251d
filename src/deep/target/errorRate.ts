import { badInput } from "../../core/guards.js";

/**
 * The share of samples whose logits (`count x k`, row-major) do not name their label, in [0, 1]. Of m classes that share the largest logit each is named with
 * probability 1/m, so features that say nothing have the error of a coin and not that of the class that happens to be the first.
 *
 * Throws `bad-input` when the numbers of logits and labels do not fit, or there are no samples.
 *
 * @example errorRate([2, 1, 0, 0], [0, 1], 2) // 0.25
 */
export function errorRate(logits: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  const misses = missProbabilities(logits, labels, classes);
  if (misses.length === 0) throw badInput("samples to take an error of", "at least one", 0);
  return misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
}

/** The probability, sample by sample, that the label is not named: 0 or 1, and 1 - 1/m for a label among m ties. */
export function missProbabilities(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float64Array {
  const count = labels.length;
  if (logits.length !== count * classes) {
    throw badInput("logits", `${count} x ${classes} numbers`, logits.length);
  }
  return Float64Array.from({ length: count }, (_, i) => {
    const own = logits[i * classes + labels[i]!]!;
    let ties = 0;
    for (let c = 0; c < classes; c++) {
      const logit = logits[i * classes + c]!;
      // Written so that NaN names nothing.
      if (!(logit <= own)) return 1;
      if (logit === own) ties++;
    }
    return 1 - 1 / ties;
  });
}
