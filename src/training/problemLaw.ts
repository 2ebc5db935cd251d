import type { Problem } from "../model/problem.js";
import type { PseudoLabels } from "./method.js";
import { labelMoments, type SslLaw, sslLaw } from "./pseudoLabelLaw.js";

/** The noise level tau = sigma / sqrt(n) of a coordinate of a labelled mean (root mean square if the noise is anisotropic). */
export function labeledNoise(problem: Problem): number {
  return problem.noise.sd / Math.sqrt(problem.labeled);
}

/**
 * The law S mu + sqrt(V) z of the mean that a task of a given norm trains on, from the problem's parameters alone (docs/theory.md 5.2):
 * h^2 = norm^2 + tau^2 p and the margin k = norm^2 / h at their large-p values. Without pseudo-labels, or without unlabelled samples,
 * S = 1 and V = tau^2. With more than one round of self-training the values are those of the first round.
 */
export function trainingMeanLaw(problem: Problem, pseudoLabels: PseudoLabels | null, norm: number): SslLaw {
  const tau2 = labeledNoise(problem) ** 2;
  if (pseudoLabels === null || problem.unlabeled === 0) {
    return { labeledWeight: 1, signalFactor: 1, noiseVariance: tau2 };
  }
  const sigma = problem.noise.sd;
  const h = Math.sqrt(norm * norm + tau2 * problem.dimension);
  const moments = labelMoments((norm * norm) / h, sigma, pseudoLabels);
  return sslLaw(
    moments,
    { h, sigma, labeled: problem.labeled, unlabeled: problem.unlabeled },
    pseudoLabels.weight,
  );
}

/** sqrt(S^2 norm^2 + V p), the root mean square length of the mean that a task of a given norm trains on: where an l2 attack cuts. */
export function meanLength(problem: Problem, pseudoLabels: PseudoLabels | null, norm: number): number {
  const { signalFactor, noiseVariance } = trainingMeanLaw(problem, pseudoLabels, norm);
  return Math.sqrt((signalFactor * norm) ** 2 + noiseVariance * problem.dimension);
}
