import type { ReplicationRow, StudyResult } from "../../study/results.js";
import { compareArms, type DeepComparison, type ValueAt } from "./deepComparison.js";
import { BUDGET_METRICS, type DeepMetric, deepMetrics, metricParts } from "./deepMetrics.js";
import type { DeepProblem, DeepStudy } from "./deepStudy.js";

/** What `deep --json` prints, and what the report is made from: the summaries of all cells, and the comparisons of arms, by family. */
export interface DeepResult extends StudyResult<DeepMetric, DeepProblem> {
  readonly backend: string;
  readonly points: DeepStudy["points"];
  /** The probe on frozen features at every label budget: the main outcome. */
  readonly probe: readonly DeepComparison[];
  /** The subspace error of the first layer and of the average gradient outer product; empty where no subspace is known. */
  readonly representation: readonly DeepComparison[];
  /** Fine-tuning, errors under attack, and the source tasks. */
  readonly secondary: readonly DeepComparison[];
  /** The metrics of every replication that did not fail, by cell: for what means cannot show. */
  readonly values: readonly DeepValues[];
}

/** One replication of one cell. */
export interface DeepValues {
  readonly cell: number;
  readonly replication: number;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/**
 * Adds the comparisons of arms to the summaries of a deep study. Rows that failed are in no difference.
 */
export function deepResult(
  study: DeepStudy,
  summary: StudyResult<DeepMetric, DeepProblem>,
  rows: Iterable<ReplicationRow>,
): DeepResult {
  const kept = [...rows];
  const valueAt = valuesOf(study, kept);
  // Where `target.labels` is varied cells differ in their label budgets.
  const metrics = [...new Set(study.cells.flatMap(({ problem }) => deepMetrics(problem)))];
  const known = (metric: DeepMetric): boolean =>
    study.cells.some(({ cell }) =>
      Array.from({ length: study.replications }, (_, r) => valueAt(cell, r, metric)).some((v) => v !== null),
    );
  const probe = metrics.filter((metric) => metricParts(metric).name === BUDGET_METRICS[0]);
  const representation = (["sinTheta2", "gradientSinTheta2"] as const).filter(known);
  const secondary = metrics.filter(
    (metric) =>
      !probe.includes(metric) &&
      metric !== "sinTheta2" &&
      metric !== "gradientSinTheta2" &&
      metric !== "pseudoLabelErrorRate" &&
      known(metric),
  );
  return {
    ...summary,
    backend: study.file.backend,
    points: study.points,
    probe: compareArms(study, valueAt, probe),
    representation: compareArms(study, valueAt, representation),
    secondary: compareArms(study, valueAt, secondary),
    values: kept.flatMap((row): DeepValues[] => {
      if ("error" in row) return [];
      const { cell, replication } = row;
      return [{ cell, replication, metrics: row.methods[study.cells[cell]!.problem.arm.name]! }];
    }),
  };
}

/** The values of the rows, each under the name of its cell's arm. */
export function valuesOf(study: DeepStudy, rows: Iterable<ReplicationRow>): ValueAt {
  const values = new Map<number, Readonly<Record<string, number | null>>>();
  const key = (cell: number, replication: number): number => cell * study.replications + replication;
  for (const row of rows) {
    if ("error" in row) continue;
    values.set(key(row.cell, row.replication), row.methods[study.cells[row.cell]!.problem.arm.name]!);
  }
  return (cell, replication, metric) => values.get(key(cell, replication))?.[metric] ?? null;
}
