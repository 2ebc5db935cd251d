import type { Matrix } from "../numerics/matrix.js";
import type { GroupPopulation } from "./thresholdedPopulation.js";

/**
 * kappa_i: how much more than for independent factors the products <q_i, x> <q_k, x> fluctuate, on average over k >= r weighted by l_k: the
 * length that a column has off the top r eigenvectors may go with its length along q_i.
 */
export function fourthMomentRatios(
  populations: readonly GroupPopulation[],
  vectors: Matrix,
  values: Float64Array,
  r: number,
): Float64Array {
  const s = vectors.rows;
  const joint = new Float64Array(r);
  const along = new Float64Array(r);
  for (const g of populations) {
    const n = g.weights.length;
    for (let t = 0; t < n; t++) {
      let rest = 0;
      for (let j = 0; j < s; j++) rest += g.means[j * n + t]! ** 2 + g.variances[j * n + t]!;
      for (let i = 0; i < r; i++) {
        let mean = 0;
        let variance = 0;
        for (let j = 0; j < s; j++) {
          const q = vectors.data[j * s + i]!;
          mean += q * g.means[j * n + t]!;
          variance += q * q * g.variances[j * n + t]!;
        }
        along[i] = mean * mean + variance;
        rest -= along[i]!;
      }
      const w4 = (g.share * g.weights[t]! ** 2) / n;
      for (let i = 0; i < r; i++) joint[i] = joint[i]! + w4 * along[i]! * Math.max(0, rest);
    }
  }
  let others = 0;
  for (let k = r; k < s; k++) others += Math.max(0, values[k]!);
  return joint.map((x, i) => (others * values[i]! > 0 ? x / (others * values[i]!) : 1));
}
