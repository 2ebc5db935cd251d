import { canonicalJson } from "../core/canonicalJson.js";
import { digestHex } from "../core/digest.js";
import type { ReplicationRow } from "./results.js";
import type { RowShape } from "./study.js";

const CHECK_DIGITS = 12;
const CHECK = /,"check":"([0-9a-f]{12})"\}$/;

/** The row of a replication that gave no result: kept with its reason, never redrawn, never averaged. */
export function failedRow(cell: number, replication: number, error: unknown): ReplicationRow {
  const text = error instanceof Error ? error.message : String(error);
  return { cell, replication, error: text === "" ? "failed without a reason" : text };
}

/**
 * A row as the study owes it: every name of the shape with every metric a finite number or null. What does not fit becomes
 * a failed row, so that no NaN reaches a mean.
 */
export function checkedRow(row: ReplicationRow, { names, metrics }: RowShape): ReplicationRow {
  if ("error" in row) return failedRow(row.cell, row.replication, row.error);
  for (const name of names) {
    const found = row.methods[name];
    for (const metric of metrics) {
      const value = found?.[metric];
      if (value === null || Number.isFinite(value)) continue;
      const reason = `${metric} of ${name} must be a finite number or null, the replication gave ${String(value)}`;
      return failedRow(row.cell, row.replication, reason);
    }
  }
  return row;
}

/** One line of the ledger, without the line break: canonical JSON with a check sum of the rest as its last field. */
export function ledgerLine(row: ReplicationRow): string {
  const body = canonicalJson(row);
  return `${body.slice(0, -1)},"check":"${digestHex(body, CHECK_DIGITS)}"}`;
}

/** Reads a ledger line back; null when it is torn, altered, or not of the shape that `shapeOf` gives for its cell (null: no such cell). */
export function rowOfLine(line: string, shapeOf: (cell: number) => RowShape | null): ReplicationRow | null {
  const found = CHECK.exec(line);
  if (found === null) return null;
  const body = `${line.slice(0, found.index)}}`;
  if (digestHex(body, CHECK_DIGITS) !== found[1]) return null;
  const row = parsed(body);
  if (row === null || !isKey(row.cell) || !isKey(row.replication)) return null;
  const shape = shapeOf(row.cell);
  if (shape === null) return null;
  if ("error" in row) return typeof row.error === "string" ? row : null;
  if (typeof row.methods !== "object" || row.methods === null) return null;
  return "error" in checkedRow(row, shape) ? null : row;
}

function parsed(body: string): ReplicationRow | null {
  try {
    return JSON.parse(body) as ReplicationRow | null;
  } catch {
    return null;
  }
}

function isKey(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
