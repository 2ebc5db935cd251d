import { join } from "node:path";
import { canonicalJson } from "../core/canonicalJson.js";
import { AdvTransferError } from "../core/errors.js";
import { requireInteger } from "../core/guards.js";
import type { MetricName } from "../transfer/metricNames.js";
import { indexLedger, type LedgerIndex, ledgerRow, ledgerRows } from "./disk/ledgerIndex.js";
import { RESULT_FILES, readStoredStudy } from "./disk/resultsFolder.js";
import type { RunReplication } from "./inProcessRunner.js";
import { loadReplication } from "./loadReplication.js";
import type { ReplicationRow, StudyResult } from "./results.js";
import { rowShape } from "./rowShape.js";
import { checkedRow, failedRow } from "./rows.js";
import type { AnyCell, AnyStudy, Cell, Study } from "./study.js";
import { LINEAR, type StudyKind } from "./studyKind.js";
import { type Annotate, Summary } from "./summarize.js";

export interface FolderResults<
  S extends AnyStudy = Study,
  C extends AnyCell = Cell,
  M extends string = MetricName,
> {
  readonly study: S;
  readonly result: StudyResult<M, C["problem"]>;
  /** Replications that the ledger has, and those that the study asks for. */
  readonly done: number;
  readonly total: number;
  /** Lines of the ledger that could not be used. */
  readonly damaged: number;
}

/**
 * Summarises what the ledger of a results folder has so far; a study need not be complete, and nothing is written.
 *
 * Throws an AdvTransferError when the folder has no study, or no replication at all.
 *
 * @example readResults("results/complementary-gains").result.cells[0].methods.both.sinTheta2.mean
 */
export function readResults(folder: string, annotate?: Annotate): FolderResults {
  return readResultsOf(LINEAR, folder, annotate);
}

/** {@link readResults} for a folder with a study of any kind, whose metrics are M. */
export function readResultsOf<S extends AnyStudy<C>, C extends AnyCell, M extends string = MetricName>(
  kind: StudyKind<S, C>,
  folder: string,
  annotate?: Annotate<C>,
): FolderResults<S, C, M> {
  const { study } = readStoredStudy(folder, kind.resolve);
  const index = ledgerOf(folder, study);
  if (index.rows.size === 0) {
    throw new AdvTransferError("bad-input", `${index.path} must have at least one replication, it has none`, {
      hint: `Compute them with: advtransfer simulate FILE --out ${folder} --resume`,
    });
  }
  const summary = new Summary<C, M>(study);
  for (const row of ledgerRows(index, study)) summary.add(row);
  return {
    study,
    result: summary.result(annotate),
    done: index.rows.size,
    total: study.cells.length * study.replications,
    damaged: index.damaged,
  };
}

/** The rows that the ledger of a results folder has of a study, in canonical order. */
export function storedRows(folder: string, study: AnyStudy): Iterable<ReplicationRow> {
  return ledgerRows(ledgerOf(folder, study), study);
}

export interface Replay<S extends AnyStudy = Study> {
  /** The replication as it is computed now. */
  readonly row: ReplicationRow;
  /** The row of the ledger; null when the ledger does not have it. */
  readonly stored: ReplicationRow | null;
  /** Whether the two are the same bit for bit; null when there is nothing to compare with. */
  readonly same: boolean | null;
  readonly study: S;
}

/**
 * Computes one replication of a results folder again, alone, and compares it with the ledger.
 *
 * Throws an AdvTransferError (`bad-input`) for a cell or replication that the study does not have.
 */
export async function replay(
  folder: string,
  cell: number,
  replication: number,
  module: string = LINEAR.module,
): Promise<Replay> {
  return replayOf({ ...LINEAR, module }, folder, cell, replication);
}

/** {@link replay} for a folder with a study of any kind. */
export async function replayOf<S extends AnyStudy<C>, C extends AnyCell>(
  kind: StudyKind<S, C>,
  folder: string,
  cell: number,
  replication: number,
): Promise<Replay<S>> {
  const { study } = readStoredStudy(folder, kind.resolve);
  requireInteger("cell", cell, 0, study.cells.length - 1);
  requireInteger("replication", replication, 0, study.replications - 1);
  const runReplication = await loadReplication<C>(kind.module);
  const row = recomputed(study, cell, replication, runReplication);
  const stored = ledgerRow(ledgerOf(folder, study), study, cell, replication);
  const same = stored === null ? null : canonicalJson(row) === canonicalJson(stored);
  return { row, stored, same, study };
}

function recomputed<C extends AnyCell>(
  study: AnyStudy<C>,
  number: number,
  replication: number,
  run: RunReplication<C>,
): ReplicationRow {
  const cell = study.cells[number]!;
  try {
    return checkedRow(run({ seed: study.seed }, cell, replication), rowShape(study, cell));
  } catch (error) {
    return failedRow(number, replication, error);
  }
}

function ledgerOf(folder: string, study: AnyStudy): LedgerIndex {
  return indexLedger(join(folder, RESULT_FILES.ledger), study);
}
