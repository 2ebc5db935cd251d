import type { Problem } from "../model/problem.js";
import type { PseudoLabels } from "./method.js";
import { labeledNoise, trainingMeanLaw } from "./problemLaw.js";

/**
 * The best column weights of docs/theory.md 5.5 for a task of a given norm, w >= 0 with
 *
 *     w^2 = (tau^2 / V) norm_S^2 / (norm_S^2 / r + V),   norm_S = S norm,
 *
 * up to a common factor: for weak tasks w^2 is proportional to signal over noise, for strong ones it levels off. Without pseudo-labels V = tau^2 for
 * every task; with them V depends on the norm, and a column that is noisier by a factor must be scaled down by it (Hong, Yang, Fessler & Balzano,
 * SIAM J. Math. Data Sci. 5 (2023): weights 1 / (v (lambda + v)) for a common signal lambda). They use the true norm,
 * which no learner knows: an oracle to measure the other aggregations against.
 */
export function oracleWeight(problem: Problem, pseudoLabels: PseudoLabels | null, norm: number): number {
  const { signalFactor, noiseVariance } = trainingMeanLaw(problem, pseudoLabels, norm);
  const signal = (signalFactor * norm) ** 2;
  const precision = labeledNoise(problem) ** 2 / noiseVariance;
  return Math.sqrt((precision * signal) / (signal / problem.rank + noiseVariance));
}
