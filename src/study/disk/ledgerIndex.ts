import { closeSync, openSync, readSync } from "node:fs";
import type { ReplicationRow } from "../results.js";
import { rowShape } from "../rowShape.js";
import { rowOfLine } from "../rows.js";
import type { AnyStudy, RowShape } from "../study.js";
import { writeAtomically } from "./atomicFile.js";
import { ioError } from "./ioError.js";

/** What a ledger holds for a study: where each good row is, and what could not be used. */
export interface LedgerIndex {
  readonly path: string;
  /** Good rows by key, in the order of the file. */
  readonly rows: ReadonlyMap<number, { readonly offset: number; readonly length: number }>;
  /** Lines that are torn, altered, contradictory or of no replication of this study. */
  readonly damaged: number;
  /** Only the last line is damaged and has no line break: a write that was cut off, nothing unusual. */
  readonly torn: boolean;
  /** Every line is good and they are in order: nothing to rewrite. */
  readonly canonical: boolean;
}

const CHUNK = 1 << 20;
const NEWLINE = 10;

/**
 * Reads a ledger line by line without holding it. A missing file is an empty ledger. Two good lines that contradict each other
 * are both left out: neither can be trusted.
 */
export function indexLedger(path: string, study: AnyStudy): LedgerIndex {
  const rows = new Map<number, { offset: number; length: number }>();
  const checks = new Map<number, string>();
  const contradicted = new Set<number>();
  let damaged = 0;
  let canonical = true;
  let lastKey = -1;
  let torn = false;
  const shapeOf = shapesOf(study);
  for (const { offset, bytes, complete } of linesOf(path)) {
    const line = bytes.toString("utf8");
    const key = complete ? keyOf(rowOfLine(line, shapeOf), study) : null;
    if (key === null) {
      damaged++;
      torn = !complete;
      canonical = false;
      continue;
    }
    const check = line.slice(-14);
    if (rows.has(key)) {
      canonical = false;
      if (checks.get(key) !== check) contradicted.add(key);
      continue;
    }
    if (key <= lastKey) canonical = false;
    lastKey = key;
    rows.set(key, { offset, length: bytes.length });
    checks.set(key, check);
  }
  for (const key of contradicted) rows.delete(key);
  damaged += 2 * contradicted.size;
  return { path, rows, damaged, torn: torn && damaged === 1, canonical };
}

/** The good rows of a ledger in canonical order. */
export function* ledgerRows(index: LedgerIndex, study: AnyStudy): Generator<ReplicationRow> {
  const shapeOf = shapesOf(study);
  for (const bytes of sortedLines(index)) {
    const row = rowOfLine(bytes.toString("utf8"), shapeOf);
    if (row !== null) yield row;
  }
}

/** One row of a ledger, or null when the ledger does not have it. */
export function ledgerRow(
  index: LedgerIndex,
  study: AnyStudy,
  cell: number,
  replication: number,
): ReplicationRow | null {
  const place = index.rows.get(cell * study.replications + replication);
  if (place === undefined) return null;
  const one: LedgerIndex = { ...index, rows: new Map([[0, place]]) };
  return ledgerRows(one, study).next().value ?? null;
}

/** Rewrites a ledger as its good rows in canonical order, all or nothing. */
export function rewriteLedger(index: LedgerIndex): void {
  const newline = Buffer.from([NEWLINE]);
  writeAtomically(
    index.path,
    (function* () {
      for (const bytes of sortedLines(index)) yield Buffer.concat([bytes, newline]);
    })(),
  );
}

/** The shapes of the rows of a study, by the number of the cell. */
function shapesOf(study: AnyStudy): (cell: number) => RowShape | null {
  const shapes = study.cells.map((cell) => rowShape(study, cell));
  return (cell) => shapes[cell] ?? null;
}

function keyOf(row: ReplicationRow | null, study: AnyStudy): number | null {
  if (row === null || row.replication >= study.replications) return null;
  return row.cell * study.replications + row.replication;
}

function* sortedLines(index: LedgerIndex): Generator<Buffer> {
  if (index.rows.size === 0) return;
  const file = opened(index.path);
  try {
    for (const [, { offset, length }] of [...index.rows].sort(([a], [b]) => a - b)) {
      const bytes = Buffer.alloc(length);
      readFully(file, bytes, offset, index.path);
      yield bytes;
    }
  } finally {
    closeSync(file);
  }
}

function* linesOf(path: string): Generator<{ offset: number; bytes: Buffer; complete: boolean }> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return;
    throw ioError("read", path, error);
  }
  try {
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const size = readSome(file, chunk, path);
      if (size === 0) break;
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      let start = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
        yield { offset: offset + start, bytes: rest.subarray(start, end), complete: true };
        start = end + 1;
      }
      offset += start;
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield { offset, bytes: rest, complete: false };
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw ioError("read", path, error);
  }
}

function readSome(file: number, into: Buffer, path: string): number {
  try {
    return readSync(file, into, 0, into.length, null);
  } catch (error) {
    throw ioError("read", path, error);
  }
}

function readFully(file: number, into: Buffer, offset: number, path: string): void {
  try {
    let done = 0;
    while (done < into.length) {
      const size = readSync(file, into, done, into.length - done, offset + done);
      if (size === 0) throw new Error("the file became shorter while it was read");
      done += size;
    }
  } catch (error) {
    throw ioError("read", path, error);
  }
}
