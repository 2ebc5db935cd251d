import { badInput, requireFinite } from "../../core/guards.js";

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
