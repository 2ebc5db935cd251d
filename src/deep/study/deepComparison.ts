import { holm } from "../../claims/statistics/holm.js";
import { studentQuantile, studentTail } from "../../claims/statistics/studentT.js";
import { type DeepMetric, deepMetrics } from "./deepMetrics.js";
import type { DeepStudy } from "./deepStudy.js";

/** The probability that any verdict of a family is wrong, and one minus the coverage of its simultaneous intervals. */
export const FAMILY_LEVEL = 0.05;

/** How much lower an arm's metric is than another's, over the replications that both have: paired, the same data and the same initial weights. */
export interface DeepComparison {
  readonly point: number;
  /** The gain of `a` over `b`: the mean of metric(b) - metric(a), > 0 where a is better, in the units of the metric (rates: 0.01 is a point). */
  readonly a: string;
  readonly b: string;
  readonly metric: DeepMetric;
  readonly gain: number | null;
  /** Half the width of the interval at 95 % for this comparison alone, and for all of its family at once (Bonferroni); null for n < 2 or equal differences. */
  readonly halfWidth: number | null;
  readonly simultaneousHalfWidth: number | null;
  readonly n: number;
  /** Two-sided, of the t test against no difference (of the sign test where all differences are equal); null for n < 2. */
  readonly pValue: number | null;
  /** By Holm's test over the family at level 5 %. `no difference seen` is not `no difference`. */
  readonly verdict: "better" | "worse" | "no difference seen" | "not measured";
}

/** A standard error of this share of the mean is that of rounding: the differences are all equal. */
const EQUAL = 1e-9;

/** metric values by cell and replication; null where a replication failed or has none. */
export type ValueAt = (cell: number, replication: number, metric: DeepMetric) => number | null;

/**
 * Every comparison of a study in one metric family: the paired differences of each pair of arms, at each point, in each of the metrics, with t intervals over
 * replications and verdicts corrected for their number. The metrics of one call are one family.
 *
 * Differences that are all equal, as those of error rates on a finite test set can be by chance, say nothing of their spread. The t test would take them for certain;
 * they get the exact sign test instead, p = 2^(1 - n), or 1 where all are 0, and no interval.
 *
 * @example compareArms(study, values, ["errorRate@10", "errorRate@50"])
 */
export function compareArms(
  study: DeepStudy,
  valueAt: ValueAt,
  metrics: readonly DeepMetric[],
): readonly DeepComparison[] {
  const open = study.points.flatMap(({ cells }, point) =>
    study.comparisons.flatMap(([a, b]) =>
      measuredIn(study, cells[a]!, metrics).map((metric) => {
        const differences: number[] = [];
        for (let replication = 0; replication < study.replications; replication++) {
          const left = valueAt(cells[a]!, replication, metric);
          const right = valueAt(cells[b]!, replication, metric);
          if (left !== null && right !== null) differences.push(right - left);
        }
        return { point, a, b, metric, ...pairedGain(differences) };
      }),
    ),
  );
  const tested = open.filter(({ pValue }) => pValue !== null);
  const rejected = holm(
    tested.map(({ pValue }) => pValue!),
    FAMILY_LEVEL,
  );
  const verdicts = new Map(tested.map((one, i) => [one, rejected[i]!]));
  return open.map(({ error, ...one }, i): DeepComparison => {
    const dof = one.n - 1;
    const width = (level: number): number | null =>
      error === null ? null : error * studentQuantile(level / 2, dof);
    return {
      ...one,
      halfWidth: width(FAMILY_LEVEL),
      simultaneousHalfWidth: width(FAMILY_LEVEL / Math.max(1, tested.length)),
      verdict: verdictOf(one.gain, verdicts.get(open[i]!)),
    };
  });
}

/** The metrics that the problem of a cell has: a label budget of another point is no missing value. */
function measuredIn(study: DeepStudy, cell: number, metrics: readonly DeepMetric[]): DeepMetric[] {
  const own = deepMetrics(study.cells[cell]!.problem);
  return metrics.filter((metric) => own.includes(metric));
}

/** The mean of the differences with its standard error and the p-value of the t test. */
function pairedGain(differences: readonly number[]): {
  gain: number | null;
  error: number | null;
  n: number;
  pValue: number | null;
} {
  const n = differences.length;
  if (n === 0) return { gain: null, error: null, n, pValue: null };
  const gain = differences.reduce((sum, d) => sum + d, 0) / n;
  if (n < 2) return { gain, error: null, n, pValue: null };
  const square = differences.reduce((sum, d) => sum + (d - gain) ** 2, 0);
  const error = Math.sqrt(square / (n - 1) / n);
  if (error <= EQUAL * Math.abs(gain)) return { gain, error: null, n, pValue: gain === 0 ? 1 : 2 ** (1 - n) };
  return { gain, error, n, pValue: 2 * studentTail(Math.abs(gain) / error, n - 1) };
}

function verdictOf(gain: number | null, rejected: boolean | undefined): DeepComparison["verdict"] {
  if (rejected === undefined || gain === null) return "not measured";
  if (!rejected) return "no difference seen";
  return gain > 0 ? "better" : "worse";
}
