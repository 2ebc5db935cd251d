import type { MetricName } from "../transfer/metricNames.js";
import { fingerprint } from "./fingerprint.js";
import type {
  CellSummary,
  Contrast,
  Estimate,
  MetricSummary,
  ReplicationRow,
  StudyResult,
} from "./results.js";
import { rowShape } from "./rowShape.js";
import { RunningMean } from "./runningMean.js";
import type { AnyCell, AnyStudy, Cell } from "./study.js";
import { VERSION } from "./version.js";

/** What theory says of one method in one cell; a metric that is left out has neither prediction nor bound. */
export type Annotation = Partial<Record<MetricName, { predicted: number | null; bound: number | null }>>;

/** The hook for predictions and bounds: null where there are none. */
export type Annotate<C extends AnyCell = Cell> = (cell: C, method: string) => Annotation | null;

type Means<M extends string> = Record<M, RunningMean>;

/**
 * Gathers rows into the summaries of a study: mean, Monte Carlo standard error and n of each metric, paired differences with
 * their own error, and the failures beside them. Rows have to come in the order of (cell, replication): then the sums, and so
 * the last digits, are the same for every way of computing the rows.
 *
 * Memory: O(cells x methods), whatever the number of replications.
 */
export class Summary<C extends AnyCell = Cell, M extends string = MetricName> {
  private readonly metrics: readonly (readonly M[])[];
  private readonly means: Map<string, Means<M>>[];
  private readonly differences: Means<M>[][];
  private readonly failures: { replication: number; error: string }[][];

  constructor(private readonly study: AnyStudy<C>) {
    const shapes = study.cells.map((cell) => rowShape(study, cell));
    this.metrics = shapes.map(({ metrics }) => metrics as readonly M[]);
    const newMeans = (cell: number): Means<M> => perMetric(this.metrics[cell]!, () => new RunningMean());
    this.means = shapes.map(({ names }, i) => new Map(names.map((name) => [name, newMeans(i)])));
    this.differences = study.cells.map((_, i) => study.contrasts.map(() => newMeans(i)));
    this.failures = study.cells.map(() => []);
  }

  add(row: ReplicationRow): void {
    if ("error" in row) {
      this.failures[row.cell]!.push({ replication: row.replication, error: row.error });
      return;
    }
    const metrics = this.metrics[row.cell]!;
    for (const [name, means] of this.means[row.cell]!) {
      for (const metric of metrics) means[metric].add(row.methods[name]?.[metric] ?? null);
    }
    for (const [i, [a, b]] of this.study.contrasts.entries()) {
      for (const metric of metrics) {
        const left = row.methods[a]?.[metric] ?? null;
        const right = row.methods[b]?.[metric] ?? null;
        this.differences[row.cell]![i]![metric].add(left === null || right === null ? null : left - right);
      }
    }
  }

  result(annotate: Annotate<C> = () => null): StudyResult<M, C["problem"]> {
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

  private cellSummary(cell: C, i: number, annotate: Annotate<C>): CellSummary<M, C["problem"]> {
    const metrics = this.metrics[i]!;
    const methods = [...this.means[i]!].map(([name, means]) => {
      const annotation = annotate(cell, name);
      return [
        name,
        perMetric(metrics, (metric) =>
          withTheory(means[metric].estimate(), annotation?.[metric as string as MetricName]),
        ),
      ] as const;
    });
    const contrasts: Contrast<M>[] = this.study.contrasts.map(([a, b], k) => ({
      a,
      b,
      metrics: perMetric(metrics, (metric) => this.differences[i]![k]![metric].estimate()),
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
export function summarize(
  study: AnyStudy<Cell>,
  rows: readonly ReplicationRow[],
  annotate?: Annotate,
): StudyResult {
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

function perMetric<M extends string, Item>(metrics: readonly M[], of: (metric: M) => Item): Record<M, Item> {
  return Object.fromEntries(metrics.map((metric) => [metric, of(metric)])) as Record<M, Item>;
}
