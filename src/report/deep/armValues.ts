import { studentQuantile } from "../../claims/statistics/studentT.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { DeepProblem } from "../../deep/study/deepStudy.js";
import type { CellSummary, Estimate, MetricSummary } from "../../study/results.js";
import type { Shown } from "../interval.js";
import { shownFactor } from "./deepText.js";

/** A cell of a deep study: one arm at one point of the grid, or at all where nothing varies it. */
export type DeepCellSummary = CellSummary<DeepMetric, DeepProblem>;

/** The arms of a study in its order, references last. */
export function armNames(result: DeepResult): string[] {
  return Object.keys(result.points[0]?.cells ?? {});
}

/** The cell of an arm at a point. */
export function armCell(result: DeepResult, point: number, arm: string): DeepCellSummary {
  return result.cells[result.points[point]!.cells[arm]!]!;
}

/**
 * The mean of a metric of an arm at a point as figures show it (rates in percent), with half the width of its 95 % t interval over replications: null for fewer than
 * two, and where the metric is not there.
 */
export function armValue(result: DeepResult, point: number, arm: string, metric: DeepMetric): Shown {
  const metrics = armCell(result, point, arm).methods[arm] as Partial<Record<string, MetricSummary>>;
  const estimate = metrics[metric];
  if (estimate === undefined || estimate.mean === null) return { mean: null, half: null, n: 0 };
  const factor = shownFactor(metric);
  const half = tHalfWidth(estimate);
  return { mean: factor * estimate.mean, half: half === null ? null : factor * half, n: estimate.n };
}

/** Half the width of the two-sided 95 % interval of a mean by Student's t with n - 1 degrees of freedom. */
export function tHalfWidth({ mcse, n }: Estimate): number | null {
  return mcse === null || n < 2 ? null : mcse * studentQuantile(0.025, n - 1);
}

/** The metrics of a name (`errorRate`) at every label budget that some cell has, in ascending order. */
export function budgetMetrics(result: DeepResult, name: string): DeepMetric[] {
  const all = new Set(
    result.cells.flatMap((cell) => Object.values(cell.methods).flatMap((m) => Object.keys(m))),
  );
  return ([...all] as DeepMetric[])
    .filter((metric) => metricParts(metric).name === name && metricParts(metric).budget !== null)
    .sort((a, b) => metricParts(a).budget! - metricParts(b).budget!);
}

/** Metrics that are known for some arm somewhere, in the order of the study. */
export function knownMetrics(result: DeepResult): DeepMetric[] {
  const known = new Set<string>();
  const all = new Set<string>();
  for (const cell of result.cells) {
    for (const metrics of Object.values(cell.methods)) {
      for (const [metric, { mean }] of Object.entries(metrics)) {
        all.add(metric);
        if (mean !== null) known.add(metric);
      }
    }
  }
  return [...all].filter((metric) => known.has(metric)) as DeepMetric[];
}
