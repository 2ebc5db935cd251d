import { type Matrix, matrix, rowView, zeros } from "../../numerics/matrix.js";
import { multiplyTransposeRight, norm2, scaled } from "../../numerics/products.js";
import type { PseudoLabels } from "../method.js";
import { type TaskKnowledge, taskLabeler } from "../taskLabeler.js";
import { equalWeights, type WeightedSamples, weightedSum } from "./weightedSamples.js";

/**
 * What a loss on samples trains on with pseudo-labels: the labelled samples z_i at weight omega / n each, and sign(f_i) x_i at weight (1 - omega) |f_i| / sum|f|, labels f_i from
 * the projections on the unit vector of the classifier (`classify`: standard training on the samples of the round before). The weights of the linear loss, so that for it the weighted mean of these
 * samples is the semi-supervised mean of docs/theory.md section 2.
 *
 * `pooled` counts every sample alike, a number is the share of the pseudo-labelled part, and `optimal` is the best weight for the linear loss. Soft labels are confidences here: the
 * posterior mean at the margin that the labelled mean has, and not a mixture of the losses of both signs. Without labels that count the labelled samples alone are returned.
 */
export function pseudoLabeledSamples(
  labeled: Matrix,
  unlabeled: Matrix,
  labels: PseudoLabels,
  known: TaskKnowledge,
  classify: (samples: WeightedSamples) => Float64Array,
): WeightedSamples {
  const own = equalWeights(labeled);
  if (unlabeled.rows === 0) return own;
  const h = norm2(weightedSum(labeled, own.weights));
  const { labelOf, labeledShareAt } = taskLabeler(labels, known, h, unlabeled.rows);
  let current = own;
  for (let round = 0; round < labels.rounds; round++) {
    const beta = classify(current);
    const length = norm2(beta);
    if (length === 0) return own;
    const direction = matrix(1, beta.length, scaled(beta, 1 / length));
    const f = multiplyTransposeRight(unlabeled, direction).data.map(labelOf);
    const total = f.reduce((sum, value) => sum + Math.abs(value), 0);
    if (total === 0) return own;
    const omega = labeledShareAt(total);
    current = weighedTogether(own, omega, unlabeled, f, (1 - omega) / total);
  }
  return current;
}

/** The labelled samples at `omega` of their weights and the labelled x_i at weight |f_i| `unit`; samples without weight are left out. */
function weighedTogether(
  own: WeightedSamples,
  omega: number,
  unlabeled: Matrix,
  f: Float64Array,
  unit: number,
): WeightedSamples {
  const p = unlabeled.cols;
  const ownRows = omega > 0 ? own.points.rows : 0;
  const kept = unit > 0 ? Array.from(f, (_, i) => i).filter((i) => f[i] !== 0) : [];
  const points = zeros(ownRows + kept.length, p);
  const weights = new Float64Array(points.rows);
  if (ownRows > 0) points.data.set(own.points.data);
  for (let i = 0; i < ownRows; i++) weights[i] = omega * own.weights[i]!;
  kept.forEach((i, k) => {
    const sign = Math.sign(f[i]!);
    rowView(points, ownRows + k).set(rowView(unlabeled, i).map((x) => sign * x));
    weights[ownRows + k] = unit * Math.abs(f[i]!);
  });
  return { points, weights };
}
