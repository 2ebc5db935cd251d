import type { Problem } from "../model/problem.js";
import { groupCounts } from "../model/signalGroups.js";
import { gaussHermite } from "../numerics/special/gaussHermite.js";
import { oracleWeight } from "../training/columnWeights.js";
import type { Method } from "../training/method.js";
import { effectiveMean } from "./effectiveMean.js";
import { chiSquarePoint } from "./meanLaw.js";
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
  const counts = groupCounts(problem.signal, problem.tasks);
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
