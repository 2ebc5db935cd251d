import type { Problem } from "../model/problem.js";
import type { PseudoLabels } from "./method.js";
import { trainingMeanLaw } from "./problemLaw.js";

/**
 * The best column weights of docs/theory.md 5.5 for a task of a given norm, w >= 0 with
 *
 *     w^2 = norm_S^2 / (norm_S^2 / r + V),   norm_S = S norm,
 *
 * up to a common factor: for weak tasks w^2 is proportional to signal over noise, for strong ones it levels off. They use the true norm,
 * which no learner knows: an oracle to measure the other aggregations against.
 */
export function oracleWeight(problem: Problem, pseudoLabels: PseudoLabels | null, norm: number): number {
  const { signalFactor, noiseVariance } = trainingMeanLaw(problem, pseudoLabels, norm);
  const signal = (signalFactor * norm) ** 2;
  return Math.sqrt(signal / (signal / problem.rank + noiseVariance));
}
