import { type Matrix, zeros } from "../numerics/matrix.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";

/** Second moments of the columns that one group gives on the support of one frame B_S (docs/theory.md 5.3). */
export interface GroupPopulation {
  readonly share: number;
  /** E[w^2 x x^T] on the support, s x s. */
  readonly moment: Matrix;
  /** Its part from noise on single coordinates: a diagonal. */
  readonly noiseDiagonal: Float64Array;
  /** v = E[w^2 y^2] of a coordinate off the support, and its variance over columns beyond that of independent entries. */
  readonly noise: number;
  readonly noiseVariance: number;
  /** The same moment with the column's noise off the support as a further factor, in the parts that {@link momentWithNoise} needs. */
  readonly withNoise: NoiseFactors;
  /** Conditional means E y, variances and Cov(y, y^2) (each s x N), and weights w^2 (N), at the N design points of a. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  readonly skews: Float64Array;
  readonly weights: Float64Array;
  /** Expected share of the group's columns that are not all zero. */
  readonly survival: number;
  /** Var ||x||^2 / (E ||x||^2)^2 from the support, on average: the expansion in it needs it small. */
  readonly lengthSpread: number;
}

/**
 * The population of a group's columns on the support: averages over the design of a, with the noise integrated in closed form.
 *
 * A normalised column has w^2 = 1/D, D = sum_S y^2 + N, which fluctuates and is correlated with x. N (off the support) is averaged over its
 * points; for the support the expansion to second order in D - E D is used, at given a and N:
 *
 *     E[y_j y_k / D] = m_j m_k (1/D + Var D / D^3) - (m_k Cov(y_j, y_j^2) + m_j Cov(y_k, y_k^2)) / D^2   (j != k),
 *     E[y_j^2 / D]   = m2_j (1/D + Var D / D^3) - Var(y_j^2) / D^2.
 *
 * Cost: N s^2.
 */
export function groupPopulation(
  group: ThresholdedGroup,
  frame: Matrix,
  design: Matrix,
  offCount: number,
): GroupPopulation {
  const { rows: s, cols: r } = frame;
  const n = design.rows;
  const normalized = group.fixedWeight === null;
  const moment = zeros(s, s);
  const noiseDiagonal = new Float64Array(s);
  const withNoiseDiagonal = new Float64Array(s);
  const means = new Float64Array(s * n);
  const variances = new Float64Array(s * n);
  const skews = new Float64Array(s * n);
  const factors = new Float64Array(n);
  const skewFactors = new Float64Array(n);
  const weights = new Float64Array(n);
  const row = new Float64Array(5 * s);
  const scaled = new Float64Array(s);
  let noise = 0;
  let noiseSquare = 0;
  let survival = 0;
  let lengthSpread = 0;
  for (let i = 0; i < n; i++) {
    let onLength = 0;
    let onVariance = 0;
    let logZero = offCount * group.offLogZero;
    for (let j = 0; j < s; j++) {
      let x = 0;
      for (let k = 0; k < r; k++) x += frame.data[j * r + k]! * design.data[i * r + k]!;
      group.table.at(group.norm * x, row, j);
      onLength += row[5 * j + 1]!;
      onVariance += row[5 * j + 3]!;
      logZero += Math.min(0, row[5 * j + 4]!);
    }
    const alive = -Math.expm1(logZero);
    survival += alive / n;
    // Columns that are all zero but once in a million have no moments worth dividing by their length.
    if (!(alive > 1e-6)) continue;
    // Averages over N: f and g weigh the two parts of E[y y^T / D], fNoise and gNoise those of E[y y^T (N/offCount) / D^2].
    let plain = 0;
    let f = 0;
    let g = 0;
    let fNoise = 0;
    let gNoise = 0;
    if (normalized) {
      for (let k = 0; k < group.offLengths.length; k++) {
        const off = group.offLengths[k]!;
        const d = onLength + off;
        const weight = d > 0 ? group.offWeights[k]! / d : 0;
        const v = d > 0 ? onVariance / (d * d) : 0;
        plain += weight;
        f += weight * (1 + v);
        g += weight / d;
        if (offCount > 0) {
          const ratio = off / (d * offCount);
          fNoise += weight * ratio * (1 + 3 * v);
          gNoise += (2 * weight * ratio) / d;
          noise += (group.offWeights[k]! * ratio * (1 + v)) / n;
          noiseSquare += (group.offWeights[k]! * ratio * ratio * (1 + 3 * v)) / n;
        }
        lengthSpread += (group.offWeights[k]! * v) / n;
      }
    } else {
      f = group.fixedWeight!;
      plain = f;
      fNoise = f * f * group.offSquare;
      noise += (f * group.offSquare) / n;
      if (offCount > 0) {
        noiseSquare += (f * f * (group.offSquare ** 2 + group.offSquareVariance / offCount)) / n;
      }
    }
    weights[i] = plain;
    factors[i] = fNoise;
    skewFactors[i] = gNoise;
    for (let j = 0; j < s; j++) {
      const m = row[5 * j]!;
      const skew = row[5 * j + 2]!;
      means[j * n + i] = m;
      variances[j * n + i] = row[5 * j + 1]! - m * m;
      skews[j * n + i] = skew;
      scaled[j] = f * m - g * skew;
      const single = row[5 * j + 1]! - m * m;
      const cross = row[5 * j + 3]! - 2 * m * skew;
      noiseDiagonal[j] = noiseDiagonal[j]! + (f * single - g * cross) / n;
      withNoiseDiagonal[j] = withNoiseDiagonal[j]! + (fNoise * single - gNoise * cross) / n;
    }
    // m_j (f m_k - g skew_k) - g skew_j m_k: symmetric, and at j = k the part of y_j^2 that is not noise of a single coordinate.
    for (let j = 0; j < s; j++) {
      const m = row[5 * j]!;
      const skew = row[5 * j + 2]!;
      for (let k = 0; k <= j; k++) {
        const at = j * s + k;
        moment.data[at] = moment.data[at]! + (m * scaled[k]! - g * skew * row[5 * k]!) / n;
      }
    }
  }
  finish(moment, noiseDiagonal);
  return {
    share: group.share,
    moment,
    noiseDiagonal,
    noise,
    noiseVariance: noiseSquare - noise * noise * (1 + ownSpread(group, offCount)),
    withNoise: { factors, skewFactors, diagonal: withNoiseDiagonal },
    means,
    variances,
    skews,
    weights,
    survival,
    lengthSpread,
  };
}

/** Per design point, what multiplies m m^T and the skews in E[w^2 x x^T times the noise off the support]; and its diagonal rest. */
export interface NoiseFactors {
  readonly factors: Float64Array;
  readonly skewFactors: Float64Array;
  readonly diagonal: Float64Array;
}

/** q^T E[w^2 x x^T (w^2 y^2 off the support)] q for the i-th column q of `vectors`. Cost N s. */
export function momentWithNoise(population: GroupPopulation, vectors: Matrix, i: number): number {
  const { means, skews, withNoise } = population;
  const s = vectors.rows;
  const n = withNoise.factors.length;
  let sum = 0;
  for (let j = 0; j < s; j++) sum += vectors.data[j * s + i]! ** 2 * withNoise.diagonal[j]!;
  for (let t = 0; t < n; t++) {
    let mean = 0;
    let skew = 0;
    for (let j = 0; j < s; j++) {
      const q = vectors.data[j * s + i]!;
      mean += q * means[j * n + t]!;
      skew += q * skews[j * n + t]!;
    }
    sum += (mean * (withNoise.factors[t]! * mean - 2 * withNoise.skewFactors[t]! * skew)) / n;
  }
  return sum;
}

/** Relative variance of the squared length off the support that independent entries have anyway: no difference between columns. */
export function ownSpread(group: ThresholdedGroup, offCount: number): number {
  return offCount > 0 && group.offSquare > 0
    ? group.offSquareVariance / (offCount * group.offSquare ** 2)
    : 0;
}

/** Mirrors the lower triangle and adds the diagonal of single-coordinate noise. */
function finish(m: Matrix, diagonal: Float64Array): void {
  const s = m.rows;
  for (let j = 0; j < s; j++) {
    m.data[j * s + j] = m.data[j * s + j]! + diagonal[j]!;
    for (let k = 0; k < j; k++) m.data[k * s + j] = m.data[j * s + k]!;
  }
}
