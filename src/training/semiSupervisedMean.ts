import type { UnlabeledSample } from "../model/unlabeledSample.js";
import { norm2, scaled } from "../numerics/products.js";
import { closedForm } from "./closedForm.js";
import type { PseudoLabels } from "./method.js";
import { type TaskKnowledge, taskLabeler } from "./taskLabeler.js";

/**
 * The semi-supervised mean of one task, length p (docs/theory.md section 2): labels f_i = f(<betahat, x_i>) from the standard classifier of
 * the current mean, then a weighted mean of the labelled and the pseudo-labelled samples,
 *
 *     muhat_ssl = omega muhat + (1 - omega) sum_i f_i x_i / sum_i |f_i|,
 *
 * repeated for each round of self-training with the classifier of the round before. Pooled weights count every sample alike, omega =
 * n / (n + sum|f_i|). The optimal weight and the soft labels need the task's margin, norm^2 / ||muhat||, from the estimated norm: that of the
 * first round, also in later ones. Without unlabelled samples, or when no sample gets a label, the labelled mean is returned as it is.
 *
 * Cost: two questions to the sample a round.
 */
export function semiSupervisedMean(
  muhat: Float64Array,
  sample: UnlabeledSample,
  labels: PseudoLabels,
  known: TaskKnowledge,
): Float64Array {
  if (sample.count === 0) return muhat;
  const { labelOf, labeledShareAt } = taskLabeler(labels, known, norm2(muhat), sample.count);
  let current = muhat;
  for (let round = 0; round < labels.rounds; round++) {
    const f = sample.project(closedForm(current, null).direction).map(labelOf);
    const total = f.reduce((sum, value) => sum + Math.abs(value), 0);
    if (total === 0) return muhat;
    const omega = labeledShareAt(total);
    const pseudoMean = sample.weightedSum(f);
    current = scaled(muhat, omega);
    for (let j = 0; j < current.length; j++)
      current[j] = current[j]! + ((1 - omega) / total) * pseudoMean[j]!;
  }
  return current;
}
