import { METRIC_NAMES, type MetricName } from "../transfer/metricNames.js";
import { fingerprint } from "./fingerprint.js";
import {
  BASELINES,
  type CellSummary,
  type Contrast,
  type Estimate,
  type MetricSummary,
  type ReplicationRow,
  type StudyResult,
} from "./results.js";
import { RunningMean } from "./runningMean.js";
import type { Cell, Study } from "./study.js";
import { VERSION } from "./version.js";

/** What theory says of one method in one cell; a metric that is left out has neither prediction nor bound. */
export type Annotation = Partial<Record<MetricName, { predicted: number | null; bound: number | null }>>;

/** The hook for predictions and bounds: null where there are none. */
export type Annotate = (cell: Cell, method: string) => Annotation | null;

type Means = Record<MetricName, RunningMean>;

const newMeans = (): Means => perMetric(() => new RunningMean());

/**
 * Gathers rows into the summaries of a study: mean, Monte Carlo standard error and n of each metric, paired differences with
 * their own error, and the failures beside them. Rows have to come in the order of (cell, replication): then the sums, and so
 * the last digits, are the same for every way of computing the rows.
 *
 * Memory: O(cells x methods), whatever the number of replications.
 */
export class Summary {
  private readonly means: Map<string, Means>[];
  private readonly differences: Means[][];
  private readonly failures: { replication: number; error: string }[][];

  constructor(private readonly study: Study) {
    const names = [...study.methodNames, ...BASELINES];
    this.means = study.cells.map(() => new Map(names.map((name) => [name, newMeans()])));
    this.differences = study.cells.map(() => study.contrasts.map(newMeans));
    this.failures = study.cells.map(() => []);
  }

  add(row: ReplicationRow): void {
    if ("error" in row) {
      this.failures[row.cell]!.push({ replication: row.replication, error: row.error });
      return;
    }
    for (const [name, means] of this.means[row.cell]!) {
      for (const metric of METRIC_NAMES) means[metric].add(row.methods[name]?.[metric] ?? null);
    }
    for (const [i, [a, b]] of this.study.contrasts.entries()) {
      for (const metric of METRIC_NAMES) {
        const left = row.methods[a]?.[metric] ?? null;
        const right = row.methods[b]?.[metric] ?? null;
        this.differences[row.cell]![i]![metric].add(left === null || right === null ? null : left - right);
      }
    }
  }

  result(annotate: Annotate = () => null): StudyResult {
    const { study } = this;
    return {
      study: study.name,
      question: study.question,
      seed: study.seed,
      fingerprint: fingerprint(study),
      version: VERSION,
      varied: study.varied,
      cells: study.cells.map((cell, i) => this.cellSummary(cell, i, annotate)),
    };
  }

  private cellSummary(cell: Cell, i: number, annotate: Annotate): CellSummary {
    const methods = [...this.means[i]!].map(([name, means]) => {
      const annotation = annotate(cell, name);
      return [
        name,
        perMetric((metric) => withTheory(means[metric].estimate(), annotation?.[metric])),
      ] as const;
    });
    const contrasts: Contrast[] = this.study.contrasts.map(([a, b], k) => ({
      a,
      b,
      metrics: perMetric((metric) => this.differences[i]![k]![metric].estimate()),
    }));
    const failures = this.failures[i]!;
    const { varied, problem } = cell;
    return { cell: cell.cell, varied, problem, methods: Object.fromEntries(methods), contrasts, failures };
  }
}

/**
 * The summaries of a study from its rows, in any order.
 *
 * @example summarize(study, rows).cells[0].methods.standard.sinTheta2.mean
 */
export function summarize(study: Study, rows: readonly ReplicationRow[], annotate?: Annotate): StudyResult {
  const summary = new Summary(study);
  const ordered = [...rows].sort((a, b) => a.cell - b.cell || a.replication - b.replication);
  for (const row of ordered) summary.add(row);
  return summary.result(annotate);
}

function withTheory(estimate: Estimate, theory: Annotation[MetricName]): MetricSummary {
  const predicted = theory?.predicted ?? null;
  const { mean } = estimate;
  const deviation = predicted === null || mean === null || mean === 0 ? null : predicted / mean - 1;
  return { ...estimate, predicted, bound: theory?.bound ?? null, deviation };
}

function perMetric<Item>(of: (metric: MetricName) => Item): Record<MetricName, Item> {
  return Object.fromEntries(METRIC_NAMES.map((metric) => [metric, of(metric)])) as Record<MetricName, Item>;
}
