import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import { trainingMeanLaw } from "../../training/problemLaw.js";
import { type ColumnClass, spikeOverlap } from "../weightedSpike.js";

/**
 * The best weight w^2 of a column with signal lambda per direction and noise variance v per coordinate (docs/theory.md 5.5), up to a common factor:
 *
 *     w^2 = lambda / (v (lambda + v)).
 *
 * It is the weight of the log likelihood ratio x^T (I/v - (v I + lambda B B^T)^{-1}) x of the column in the direction of B, and maximises
 * {@link spikeOverlap} over all weights. Where all v agree it is proportional to lambda / (lambda + v), i.e. to norm^2 / (norm^2/r + v).
 */
export function optimalColumnWeight(signal: number, noise: number): number {
  return signal / (noise * (signal + noise));
}

/** How far from the best column weights an aggregation is, and how much of a method's gain the weights alone explain. */
export interface WeightGain {
  /** Predicted sinTheta2 / r, in the limit of large p and T, of normalised columns, raw ones, and optimally weighted ones. */
  readonly normalized: number;
  readonly raw: number;
  readonly optimal: number;
}

/**
 * Where the gain comes from (docs/theory.md 5.5): the error of a problem's means (with the pseudo-labels of `method`, no attack) under three aggregations,
 * to first order. What an l2 attack gains over `normalized` it gains by weighting (0 for the weak, 1 for the strong), so `optimal` bounds it.
 */
export function weightGain(problem: Problem, method: Method): WeightGain {
  const { rank: r, dimension: p, tasks } = problem;
  const laws = problem.signal.map((g) => {
    const law = trainingMeanLaw(problem, method.pseudoLabels, g.norm);
    return { share: g.share, square: (law.signalFactor * g.norm) ** 2, noise: law.noiseVariance };
  });
  const error = (weight: (square: number, noise: number) => number): number => {
    const classes: ColumnClass[] = laws.map(({ share, square, noise }) => {
      const w2 = weight(square, noise);
      return { share, signal: (w2 * square) / r, noise: w2 * noise, covariance: 0, noiseVariance: 0 };
    });
    return 1 - spikeOverlap(classes, tasks / (p - r));
  };
  return {
    normalized: error((square, noise) => 1 / (square + noise * p)),
    raw: error(() => 1),
    optimal: error((square, noise) => optimalColumnWeight(square / r, noise)),
  };
}
