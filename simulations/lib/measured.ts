import { estimateText } from "../../src/cli/resultTable.js";
import { logLogSlope } from "../../src/report/logLogSlope.js";
import type { CellSummary, Estimate, StudyResult } from "../../src/study/results.js";
import type { MetricName } from "../../src/transfer/metricNames.js";

/** The slope of log ||sin Theta||_F on log x for one method, with its 95 % interval from Monte Carlo error: "-0.50 ± 0.01". */
export function slopeText(result: StudyResult, method: string, x: (cell: CellSummary) => number): string {
  const points = result.cells.map((cell) => {
    const { mean, mcse } = cell.methods[method]!.sinTheta2;
    const root = Math.sqrt(mean!);
    return { x: x(cell), y: root, se: mcse === null ? null : mcse / (2 * root) };
  });
  const { slope, se } = logLogSlope(points);
  return `${slope.toFixed(3).replace("-", "−")} ± ${(1.96 * (se ?? Number.NaN)).toFixed(3)}`;
}

/** A metric of a method in one cell as text, mean ± standard error. */
export function meanText(cell: CellSummary, method: string, metric: MetricName = "sinTheta2"): string {
  return estimateText(cell.methods[method]![metric]);
}

/** The paired difference a - b in one cell as text, with its 95 % interval. */
export function differenceText(
  cell: CellSummary,
  a: string,
  b: string,
  metric: MetricName = "sinTheta2",
): string {
  const { mean, mcse } = difference(cell, a, b, metric);
  return estimateText({ mean, mcse: mcse === null ? null : 1.96 * mcse, n: 0 });
}

/** The paired difference a - b of a metric in one cell. */
export function difference(
  cell: CellSummary,
  a: string,
  b: string,
  metric: MetricName = "sinTheta2",
): Estimate {
  const found = cell.contrasts.find((contrast) => contrast.a === a && contrast.b === b);
  if (found === undefined) throw new Error(`the study has no contrast ${a} - ${b}`);
  return found.metrics[metric];
}

/** Takes a method's column from one study into another with the same number of cells, under a new name: to draw both on one axis. */
export function borrowMethod(
  into: StudyResult,
  from: StudyResult,
  method: string,
  name: string,
): StudyResult {
  const cells = into.cells.map((cell, i) => {
    const { "no-transfer": noTransfer, oracle, ...methods } = cell.methods;
    const borrowed = from.cells[i]!.methods[method]!;
    return {
      ...cell,
      methods: { ...methods, [name]: borrowed, "no-transfer": noTransfer!, oracle: oracle! },
    };
  });
  return { ...into, cells };
}
