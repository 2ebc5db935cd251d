import type { PseudoLabels } from "./method.js";
import { labeledShare, labelMoments } from "./pseudoLabelLaw.js";

/** What a task's learner knows besides its samples. */
export interface TaskKnowledge {
  /** sigma, the noise level of a coordinate. */
  readonly sigma: number;
  /** n, the number of labelled samples behind muhat. */
  readonly labeled: number;
  /** An estimate of the task's norm ||mu||, >= 0: see `estimateNorms`. */
  readonly norm: number;
}

/** How one task labels its unlabelled samples, and what it makes of them. */
export interface TaskLabeler {
  /** The label of a sample with projection s: {@link labelFunction}. */
  readonly labelOf: (s: number) => number;
  /** omega, the share of the labelled mean beside labels with sum_i |f_i| = `total`: n / (n + total) when pooled, else that of the weight. */
  readonly labeledShareAt: (total: number) => number;
}

/**
 * The labeler of a task whose labelled mean has the length `h` = ||muhat|| and that has u = `unlabeled` other samples. Soft labels and the optimal weight need
 * its margin, norm^2 / h, from the estimated norm.
 */
export function taskLabeler(
  labels: PseudoLabels,
  known: TaskKnowledge,
  h: number,
  unlabeled: number,
): TaskLabeler {
  const { sigma, labeled, norm } = known;
  const { weight } = labels;
  const margin = h === 0 ? 0 : (norm * norm) / h;
  return {
    labelOf: labelFunction(labels, margin, sigma),
    labeledShareAt: (total) =>
      weight === "pooled"
        ? labeled / (labeled + total)
        : labeledShare(labelMoments(margin, sigma, labels), { h, sigma, labeled, unlabeled }, weight),
  };
}

/**
 * The label of a sample with projection s: sign(s), or tanh(margin s / sigma^2), the posterior mean of y when s = y margin + sigma g; 0 (no
 * label) for |s| <= threshold sigma.
 */
export function labelFunction(
  labels: Pick<PseudoLabels, "soft" | "threshold">,
  margin: number,
  sigma: number,
): (s: number) => number {
  const cut = labels.threshold * sigma;
  return (s) => {
    if (!(Math.abs(s) > cut)) return 0;
    return labels.soft ? Math.tanh((margin * s) / (sigma * sigma)) : Math.sign(s);
  };
}
