import { type MeanEstimate, meanEstimate, scaleEstimate, sumEstimates } from "./statistics/meanEstimate.js";

/** The values of one series in one cell, by replication; null where a replication failed or the metric is not defined. */
export interface PointValues {
  /** Equal contents (problem and sampling) see the same draws: their replications are paired. */
  readonly content: string;
  readonly values: readonly (number | null)[];
}

/** c times the mean of a point. */
export interface Term {
  readonly c: number;
  readonly point: PointValues;
}

/**
 * The estimate of sum_j c_j E[point_j] + constant. Terms that see the same draws are combined replication by replication (a replication that
 * any of them lacks is left out), terms of different problems are independent and add as such.
 */
export function linearEstimate(terms: readonly Term[], constant: number = 0): MeanEstimate {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const group = groups.get(term.point.content);
    if (group === undefined) groups.set(term.point.content, [term]);
    else group.push(term);
  }
  const parts = [...groups.values()].map((group) => meanEstimate(combined(group)));
  return sumEstimates(parts, constant);
}

/**
 * E[a] / (sum_j E[b_j] + constant) with the standard error of the linearised ratio R: that of a - R (sum_j b_j), paired as in {@link linearEstimate}, in units of the
 * denominator. For people to read; tests are on linear combinations.
 */
export function ratioEstimate(a: PointValues, b: readonly PointValues[], constant: number = 0): MeanEstimate {
  const below = b.reduce((sum, point) => sum + meanEstimate(present(point)).mean, constant);
  const ratio = meanEstimate(present(a)).mean / below;
  const rest = linearEstimate([{ c: 1, point: a }, ...b.map((point) => ({ c: -ratio, point }))]);
  return { ...scaleEstimate(rest, 1 / below), mean: ratio };
}

/** The values that are there. */
export function present(point: PointValues): number[] {
  return point.values.filter((value) => value !== null);
}

function combined(terms: readonly Term[]): number[] {
  const n = Math.min(...terms.map(({ point }) => point.values.length));
  const sums: number[] = [];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (const { c, point } of terms)
      sum = point.values[i] === null ? Number.NaN : sum + c * point.values[i]!;
    if (!Number.isNaN(sum)) sums.push(sum);
  }
  return sums;
}
