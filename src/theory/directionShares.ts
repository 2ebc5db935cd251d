import type { DiversityWeights } from "../model/problem.js";
import { integrate } from "../numerics/special/gaussLegendre.js";

/** Directions of the representation that the tasks use alike. */
export interface DirectionShare {
  /** How many directions. */
  readonly count: number;
  /** The mean share of ||a||^2 in each of them; the shares times counts sum to 1. */
  readonly share: number;
}

/**
 * How the squared norm of a task vector a = D g / ||D g|| spreads over the directions on average (docs/theory.md section 1): 1/r each
 * when the diversity weights d are equal, else
 *
 *     E[d_i g_i^2 / sum_j d_j g_j^2] = int_0^inf d_i / (1 + 2 d_i s) prod_j (1 + 2 d_j s)^{-1/2} ds,
 *
 * by Gauss-Legendre in a logarithmic variable (error below 1e-8). Equal weights are put together, largest share first.
 *
 * @example directionShares([1, 1, 0]) // [{ count: 2, share: 0.5 }, { count: 1, share: 0 }]
 */
export function directionShares(diversity: DiversityWeights): DirectionShare[] {
  const distinct = [...new Set(diversity)].sort((a, b) => b - a);
  const count = (d: number): number => diversity.filter((x) => x === d).length;
  const positive = distinct.filter((d) => d > 0);
  if (positive.length === 1) {
    return distinct.map((d) => ({ count: count(d), share: d > 0 ? 1 / count(d) : 0 }));
  }
  const raw = distinct.map((d) => momentIntegral(d, diversity, positive));
  const total = distinct.reduce((sum, d, i) => sum + count(d) * raw[i]!, 0);
  return distinct.map((d, i) => ({ count: count(d), share: raw[i]! / total }));
}

function momentIntegral(d: number, all: DiversityWeights, positive: readonly number[]): number {
  const largest = positive[0]!;
  const smallest = positive[positive.length - 1]!;
  // s = e^t: the integrand decays like e^t to the left of 1/largest and like e^{-t/2} or faster to the right of 1/smallest.
  const integrand = (t: number): number => {
    const s = Math.exp(t);
    let log = 0;
    for (const x of all) log += Math.log1p(2 * x * s);
    return (d * s * Math.exp(-0.5 * log)) / (1 + 2 * d * s);
  };
  const low = -Math.log(largest) - 24;
  const high = -Math.log(smallest) + 48;
  const pieces = 8;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    const a = low + ((high - low) * i) / pieces;
    sum += integrate(integrand, a, low + ((high - low) * (i + 1)) / pieces, 48);
  }
  return sum;
}
