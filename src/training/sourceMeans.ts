import type { ReplicationDraw } from "../model/drawReplication.js";
import type { Problem } from "../model/problem.js";
import { type Matrix, rowView, zeros } from "../numerics/matrix.js";
import { estimateNorms } from "./estimateNorms.js";
import type { PseudoLabels } from "./method.js";
import { labeledNoise } from "./problemLaw.js";
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
  const norms = estimateNorms(draw.labeledMeans, labeledNoise(problem) ** 2);
  const means = zeros(problem.tasks, problem.dimension);
  let t = 0;
  for (const sample of draw.unlabeled()) {
    const muhat = rowView(draw.labeledMeans, t);
    const task = { sigma: problem.noise.sd, labeled: problem.labeled, norm: norms[t]! };
    rowView(means, t).set(semiSupervisedMean(muhat, sample, pseudoLabels, task));
    t++;
  }
  return means;
}
