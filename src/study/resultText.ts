import type { CellSummary, StudyResult } from "./results.js";

/** A result as JSON text: what `simulate --json` prints. Same result, same bytes. */
export function resultJson(result: StudyResult<string, object>): string {
  return plainJson(result);
}

/** Plain data as JSON text, two spaces an indent, infinities as `"inf"`. */
export function plainJson(value: object): string {
  const text = JSON.stringify(
    value,
    (_key, item: unknown) => (item === Infinity ? "inf" : item === -Infinity ? "-inf" : item),
    2,
  );
  return `${text}\n`;
}

/**
 * A result as CSV (RFC 4180: CRLF, quotes doubled), one row a cell, method and metric: cell, the varied paths, method, metric,
 * mean, mcse, n, failed, predicted, bound, deviation. Empty means not available.
 */
export function summaryCsv(result: StudyResult<string, object>): string {
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
    "deviation",
  ];
  const lines = result.cells.flatMap((cell) => cellRows(cell, result.varied));
  return [header, ...lines].map((fields) => `${fields.map(csvField).join(",")}\r\n`).join("");
}

function cellRows(cell: CellSummary<string, object>, varied: readonly string[]): unknown[][] {
  const point = varied.map((path) => cell.varied[path]);
  const failed = cell.failures.length;
  return Object.entries(cell.methods).flatMap(([method, metrics]) =>
    Object.entries(metrics).map(([metric, { mean, mcse, n, predicted, bound, deviation }]) => {
      return [cell.cell, ...point, method, metric, mean, mcse, n, failed, predicted, bound, deviation];
    }),
  );
}

function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
