import { cellText } from "../study/grid.js";
import type { CellSummary, Estimate, StudyResult } from "../study/results.js";
import { METRIC_NAMES, type MetricName } from "../transfer/metricNames.js";
import type { Style } from "./terminal.js";

type Paint = (style: Style, text: string) => string;
type Line = { readonly label: string; readonly metrics: Readonly<Record<MetricName, Estimate>> };

/**
 * A result as a table for the terminal: for each cell a line a method, one with its prediction where there is one, and a line
 * a paired difference. Values are mean ± Monte Carlo standard error; metrics that no method has are left out, "-" is a value that is not
 * available.
 */
export function resultTable(result: StudyResult, paint: Paint): string {
  return result.cells.map((cell) => cellTable(cell, paint)).join("\n");
}

function cellTable(cell: CellSummary, paint: Paint): string {
  const methods: Line[] = Object.entries(cell.methods).flatMap(([label, metrics]) => {
    const line = { label, metrics };
    const known = METRIC_NAMES.some((metric) => metrics[metric].predicted !== null);
    return known ? [line, { label: "  predicted", metrics: predictions(metrics) }] : [line];
  });
  const differences: Line[] = cell.contrasts.map(({ a, b, metrics }) => ({ label: `${a} - ${b}`, metrics }));
  const metrics = METRIC_NAMES.filter((metric) => methods.some((line) => line.metrics[metric].mean !== null));
  const rows = [...methods, ...differences].map(({ label, metrics: values }) => [
    label,
    ...metrics.map((metric) => estimateText(values[metric])),
  ]);
  const [header, ...body] = aligned([["", ...metrics], ...rows]);
  const lines = [paint("bold", cellText(cell.cell, cell.varied)), paint("dim", header!)];
  lines.push(...body.slice(0, methods.length));
  if (differences.length > 0) {
    lines.push(paint("dim", "paired differences"), ...body.slice(methods.length));
  }
  if (cell.failures.length > 0) lines.push(paint("yellow", `${cell.failures.length} replications failed`));
  return `${lines.join("\n")}\n`;
}

function predictions(metrics: CellSummary["methods"][string]): Line["metrics"] {
  const entries = METRIC_NAMES.map((metric) => [
    metric,
    { mean: metrics[metric].predicted, mcse: null, n: 0 },
  ]);
  return Object.fromEntries(entries) as Line["metrics"];
}

/** `0.1234 ± 0.0012`: the error with two significant digits, the mean to the same place; an error that is rounding alone is not shown. */
export function estimateText({ mean, mcse }: Estimate): string {
  if (mean === null) return "-";
  if (mcse === null || !(mcse > 1e-12 * Math.abs(mean))) return String(Number(mean.toPrecision(4)));
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(mcse))));
  return `${mean.toFixed(decimals)} ± ${mcse.toFixed(decimals)}`;
}

/** The first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}
