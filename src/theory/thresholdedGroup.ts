import type { Problem } from "../model/problem.js";
import { largestRemainder } from "../model/signalGroups.js";
import { gaussHermite } from "../numerics/special/gaussHermite.js";
import { oracleWeight } from "../training/columnWeights.js";
import type { Method } from "../training/method.js";
import { chiSquarePoint, meanNodes, normEstimate } from "./meanLaw.js";
import { softThresholdMoments } from "./softThresholdMoments.js";
import { type SoftThresholdTable, softThresholdTable } from "./softThresholdTable.js";

/** A signal group under an l_inf attack, as docs/theory.md 5.3 needs it. */
export interface ThresholdedGroup {
  readonly share: number;
  /** The norm that the mean keeps: its second moment along mu, less that of isotropic noise. */
  readonly norm: number;
  /** V, the noise variance of a coordinate. */
  readonly noiseVariance: number;
  readonly table: SoftThresholdTable;
  /** Mean and variance of y^2 for a coordinate off the support. */
  readonly offSquare: number;
  readonly offSquareVariance: number;
  /** ln P(y = 0) off the support. */
  readonly offLogZero: number;
  /** w^2 of a column where columns are not normalised; null where they are. */
  readonly fixedWeight: number | null;
  /** Points of the squared length off the support, with weights. */
  readonly offLengths: Float64Array;
  readonly offWeights: Float64Array;
}

/** The groups of a problem under an l_inf attack of a given radius eps > 0; `support` is s. */
export function thresholdedGroups(problem: Problem, method: Method, eps: number): ThresholdedGroup[] {
  const counts = largestRemainder(
    problem.signal.map((group) => group.share),
    problem.tasks,
  );
  const off = problem.dimension - (problem.support ?? problem.dimension);
  return problem.signal.map((group, i) => {
    const { norm, noiseVariance } = effectiveMean(problem, method, group.norm);
    const tau = Math.sqrt(noiseVariance);
    const zero = softThresholdMoments(0, tau, eps);
    const variance = Math.max(0, zero.fourth - zero.second ** 2);
    const { lengths, weights } = offSupportLengths(off * zero.second, off * variance);
    const fixedWeight =
      method.aggregation === "normalized"
        ? null
        : method.aggregation === "raw"
          ? 1
          : oracleWeight(problem, method.pseudoLabels, group.norm) ** 2;
    return {
      share: counts[i]! / problem.tasks,
      norm,
      noiseVariance,
      table: softThresholdTable(tau, eps, norm),
      offSquare: zero.second,
      offSquareVariance: variance,
      offLogZero: Math.log(Math.max(1e-300, zero.zero)),
      fixedWeight,
      offLengths: lengths,
      offWeights: weights,
    };
  });
}

/**
 * A group's mean as signal plus isotropic noise, with the second moments of {@link meanNodes}: V from the length off mu, and the norm from the
 * second moment along mu less V.
 */
export function effectiveMean(
  problem: Problem,
  method: Method,
  norm: number,
): { norm: number; noiseVariance: number } {
  const estimate = normEstimate(problem);
  const { nodes, weights } = gaussHermite(12);
  let along2 = 0;
  let length2 = 0;
  for (let i = 0; i < nodes.length; i++) {
    for (const node of meanNodes(problem, method.pseudoLabels, norm, nodes[i]!, estimate)) {
      along2 += weights[i]! * node.weight * node.along2;
      length2 += weights[i]! * node.weight * (node.fixed + node.rest);
    }
  }
  const noiseVariance = Math.max(1e-300, (length2 - along2) / Math.max(1, problem.dimension - 1));
  return { norm: Math.sqrt(Math.max(0, along2 - noiseVariance)), noiseVariance };
}

/** Five points of a sum of many small squares with this mean and variance: a scaled chi-square variable. */
function offSupportLengths(mean: number, variance: number): { lengths: Float64Array; weights: Float64Array } {
  // Nothing off the support survives a threshold that far.
  if (!(mean > 1e-150 && variance > 0)) return { lengths: Float64Array.of(0), weights: Float64Array.of(1) };
  const { nodes, weights } = gaussHermite(5);
  const freedom = Math.max(0.5, (2 * mean * mean) / variance);
  const raw = nodes.map((z) => chiSquarePoint(freedom, z));
  const average = raw.reduce((sum, x, i) => sum + weights[i]! * x, 0);
  return { lengths: raw.map((x) => (x * mean) / average), weights };
}
