import { weightedFit } from "./weightedFit.js";

/**
 * Weights 1 / v_i for a fit through points whose variances v_i >= 0 are estimates from few values: the v_i are replaced by the least-squares line of log v on x, so that two
 * numbers are estimated instead of one a point. A variance of 0 (equal values) counts like the smallest other one; all 0: equal weights. Needs two different x.
 *
 * @example smoothWeights([0, 1, 2], [1, 4, 16]) // 1, 1/4, 1/16
 */
export function smoothWeights(x: ArrayLike<number>, variances: ArrayLike<number>): Float64Array {
  let least = Infinity;
  for (let i = 0; i < x.length; i++) if (variances[i]! > 0) least = Math.min(least, variances[i]!);
  const weights = new Float64Array(x.length).fill(1);
  if (!(least < Infinity)) return weights;
  const logs = weights.map((_, i) => Math.log(variances[i]! > 0 ? variances[i]! : least));
  const { slope } = weightedFit(x, logs, weights);
  // The level of the line is a common factor of all weights: the fit does not see it, and exp(-slope x) alone might overflow.
  return weights.map((_, i) => Math.exp(-slope * (x[i]! - x[0]!)));
}
