import type { Matrix } from "../numerics/matrix.js";
import type { GroupPopulation } from "./thresholdedPopulation.js";
import type { ColumnClass } from "./weightedSpike.js";

/** The groups' columns as the top r eigenvectors q_i of the population see them. */
export interface ColumnsAlong {
  /** For each direction, a class per group. */
  readonly classes: readonly ColumnClass[][];
  /**
   * kappa_i: how much more than for independent factors the products <q_i, x> <q_k, x> fluctuate, on average over k >= r weighted by l_k: the
   * length that a column has off the top r eigenvectors may go with its length along q_i.
   */
  readonly kappa: Float64Array;
}

/** `vectors` has the eigenvectors as rows, `values` their eigenvalues. Cost: r N s per group. */
export function columnsAlong(
  populations: readonly GroupPopulation[],
  vectors: Matrix,
  values: Float64Array,
  r: number,
): ColumnsAlong {
  const s = vectors.cols;
  const q = vectors.data;
  const classes: ColumnClass[][] = Array.from({ length: r }, () => []);
  const products = new Float64Array(r);
  const along = new Float64Array(r);
  const second = new Float64Array(r);
  const joint = new Float64Array(r);
  for (const g of populations) {
    const { factors, means, variances, skews, lengths } = g;
    const n = lengths.length;
    for (let i = 0; i < r; i++) {
      let own = 0;
      let withNoise = 0;
      for (let j = 0; j < s; j++) {
        const square = q[i * s + j]! ** 2;
        own += square * g.diagonal[j]!;
        withNoise += square * g.noiseDiagonal[j]!;
      }
      second[i] = own;
      joint[i] = withNoise;
    }
    for (let t = 0; t < n; t++) {
      let rest = lengths[t]!;
      for (let i = 0; i < r; i++) {
        let mean = 0;
        let skew = 0;
        let variance = 0;
        for (let at = t * s, to = i * s, end = to + s; to < end; at++, to++) {
          const entry = q[to]!;
          mean += entry * means[at]!;
          skew += entry * skews[at]!;
          variance += entry * entry * variances[at]!;
        }
        along[i] = mean * mean + variance;
        rest -= along[i]!;
        second[i] = second[i]! + (mean * (factors.f[t]! * mean - 2 * factors.g[t]! * skew)) / n;
        joint[i] = joint[i]! + (mean * (factors.fNoise[t]! * mean - 2 * factors.gNoise[t]! * skew)) / n;
      }
      const w4 = (g.share * factors.plain[t]! ** 2) / n;
      for (let i = 0; i < r; i++) products[i] = products[i]! + w4 * along[i]! * Math.max(0, rest);
    }
    const { share, noise, noiseVariance } = g;
    for (let i = 0; i < r; i++) {
      classes[i]!.push({
        share,
        signal: Math.max(0, second[i]! - noise),
        noise,
        covariance: joint[i]! - second[i]! * noise - noiseVariance,
        noiseVariance,
      });
    }
  }
  let others = 0;
  for (let k = r; k < s; k++) others += Math.max(0, values[k]!);
  const kappa = products.map((x, i) => (others > 0 ? x / (others * values[i]!) : 1));
  return { classes, kappa };
}
