import { METRIC_NAMES } from "../transfer/metricNames.js";
import type { CellSummary, StudyResult } from "./results.js";

/** A result as JSON text, two spaces an indent, infinities as `"inf"`: what `--json` prints. Same result, same bytes. */
export function resultJson(result: StudyResult): string {
  const text = JSON.stringify(
    result,
    (_key, value: unknown) => (value === Infinity ? "inf" : value === -Infinity ? "-inf" : value),
    2,
  );
  return `${text}\n`;
}

/**
 * A result as CSV (RFC 4180: CRLF, quotes doubled), one row a cell, method and metric: cell, the varied paths, method, metric,
 * mean, mcse, n, failed, predicted, bound. Empty means not available.
 */
export function summaryCsv(result: StudyResult): string {
  const header = [
    "cell",
    ...result.varied,
    "method",
    "metric",
    "mean",
    "mcse",
    "n",
    "failed",
    "predicted",
    "bound",
  ];
  const lines = result.cells.flatMap((cell) => cellRows(cell, result.varied));
  return [header, ...lines].map((fields) => `${fields.map(csvField).join(",")}\r\n`).join("");
}

function cellRows(cell: CellSummary, varied: readonly string[]): unknown[][] {
  const point = varied.map((path) => cell.varied[path]);
  const failed = cell.failures.length;
  return Object.entries(cell.methods).flatMap(([method, metrics]) =>
    METRIC_NAMES.map((metric) => {
      const { mean, mcse, n, predicted, bound } = metrics[metric];
      return [cell.cell, ...point, method, metric, mean, mcse, n, failed, predicted, bound];
    }),
  );
}

function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
