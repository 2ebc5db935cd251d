import type { Matrix } from "../numerics/matrix.js";
import { averageOverLengths, type ColumnFactors, ownSpread } from "./columnFactors.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";

/** What is known of a group's columns at each of N design points of a, and on each of s coordinates. */
interface PopulationArrays {
  /** Per design point: what multiplies means and skews in E[w^2 x x^T], alone and times the noise off the support, and w^2. */
  readonly factors: ColumnFactors;
  /** Diagonals (s) of these two moments that are noise on single coordinates. */
  readonly diagonal: Float64Array;
  readonly noiseDiagonal: Float64Array;
  /** E y, Var y and Cov(y, y^2), each N x s, and E ||y||^2 on the support (N). */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  readonly skews: Float64Array;
  readonly lengths: Float64Array;
}

/** Second moments of the columns that one group gives on the support of one frame B_S (docs/theory.md 5.3), at the N design points of a. */
export interface GroupPopulation extends PopulationArrays {
  readonly share: number;
  /** v = E[w^2 y^2] of a coordinate off the support, and its variance over columns beyond that of independent entries. */
  readonly noise: number;
  readonly noiseVariance: number;
  /** Expected share of the group's columns that are not all zero. */
  readonly survival: number;
  /** Var ||x||^2 / (E ||x||^2)^2 from the support, on average: the expansion in it needs it small. */
  readonly lengthSpread: number;
}

/** The arrays of a {@link GroupPopulation}, filled anew for every frame: a frame is used for microseconds, allocating takes as long. */
export interface PopulationSpace extends PopulationArrays {
  /** Scratch: a row of the table for every coordinate, and f m - g skew. */
  readonly row: Float64Array;
  readonly scaled: Float64Array;
  /** All of the above, to be cleared at once. */
  readonly memory: Float64Array;
}

/** Space for `n` design points on a support of `s` coordinates. */
export function populationSpace(n: number, s: number): PopulationSpace {
  const memory = new Float64Array(6 * n + 3 + 3 * s * n + 8 * s);
  let used = 0;
  const take = (length: number): Float64Array => {
    used += length;
    return memory.subarray(used - length, used);
  };
  return {
    factors: {
      f: take(n),
      g: take(n),
      fNoise: take(n),
      gNoise: take(n),
      plain: take(n),
      offSums: take(3),
    },
    lengths: take(n),
    diagonal: take(s),
    noiseDiagonal: take(s),
    means: take(s * n),
    variances: take(s * n),
    skews: take(s * n),
    row: take(5 * s),
    scaled: take(s),
    memory,
  };
}

/**
 * The population of a group's columns on the support: averages over the design of a, with the noise integrated in closed form. Adds the group's
 * share of E[w^2 x x^T] to the lower triangle of `total` (s x s). The result lies in `space` and is valid until that is used again.
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
  total: Matrix,
  space: PopulationSpace,
): GroupPopulation {
  const { rows: s, cols: r } = frame;
  const n = design.rows;
  const { factors, lengths, diagonal, noiseDiagonal, means, variances, skews, row, scaled } = space;
  space.memory.fill(0);
  const perColumn = group.share / n;
  let survival = 0;
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
    averageOverLengths(group, onLength, onVariance, offCount, factors, i);
    lengths[i] = onLength;
    const [f, g, fNoise, gNoise] = [factors.f[i]!, factors.g[i]!, factors.fNoise[i]!, factors.gNoise[i]!];
    for (let j = 0, at = i * s; j < s; j++, at++) {
      const m = row[5 * j]!;
      const skew = row[5 * j + 2]!;
      const single = row[5 * j + 1]! - m * m;
      const cross = row[5 * j + 3]! - 2 * m * skew;
      means[at] = m;
      variances[at] = single;
      skews[at] = skew;
      scaled[j] = f * m - g * skew;
      diagonal[j] = diagonal[j]! + (f * single - g * cross) / n;
      noiseDiagonal[j] = noiseDiagonal[j]! + (fNoise * single - gNoise * cross) / n;
    }
    // m_j (f m_k - g skew_k) - g skew_j m_k: symmetric, and at j = k the part of y_j^2 that is not noise of a single coordinate.
    for (let j = 0; j < s; j++) {
      const m = perColumn * row[5 * j]!;
      const skew = perColumn * g * row[5 * j + 2]!;
      for (let k = 0, at = j * s; k <= j; k++, at++) {
        total.data[at] = total.data[at]! + (m * scaled[k]! - skew * row[5 * k]!);
      }
    }
  }
  for (let j = 0; j < s; j++) {
    total.data[j * s + j] = total.data[j * s + j]! + group.share * diagonal[j]!;
  }
  const noise = factors.offSums[0]! / n;
  const noiseSquare = factors.offSums[1]! / n;
  return {
    share: group.share,
    noise,
    noiseVariance: noiseSquare - noise * noise * (1 + ownSpread(group, offCount)),
    factors,
    diagonal,
    noiseDiagonal,
    means,
    variances,
    skews,
    lengths,
    survival,
    lengthSpread: factors.offSums[2]! / n,
  };
}
