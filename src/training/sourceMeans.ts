import type { ReplicationDraw } from "../model/drawReplication.js";
import type { Problem } from "../model/problem.js";
import { type Matrix, rowView, zeros } from "../numerics/matrix.js";
import type { PseudoLabels } from "./method.js";
import { semiSupervisedMean } from "./semiSupervisedMean.js";

/**
 * The means that the source tasks train on, `T x p`: labelled ones, or semi-supervised ones where pseudo-labels are asked for and there are
 * unlabelled samples. One task's samples are looked at at a time.
 */
export function sourceMeans(
  problem: Problem,
  draw: ReplicationDraw,
  pseudoLabels: PseudoLabels | null,
): Matrix {
  if (pseudoLabels === null || problem.unlabeled === 0) return draw.labeledMeans;
  const context = { sigma: problem.noise.sd, labeled: problem.labeled };
  const means = zeros(problem.tasks, problem.dimension);
  for (let t = 0; t < problem.tasks; t++) {
    const muhat = rowView(draw.labeledMeans, t);
    rowView(means, t).set(semiSupervisedMean(muhat, draw.unlabeled(t), pseudoLabels, context));
  }
  return means;
}
