import { join } from "node:path";
import { canonicalJson } from "../core/canonicalJson.js";
import { AdvTransferError } from "../core/errors.js";
import { requireInteger } from "../core/guards.js";
import { indexLedger, type LedgerIndex, ledgerRow, ledgerRows } from "./disk/ledgerIndex.js";
import { RESULT_FILES, readStoredStudy } from "./disk/resultsFolder.js";
import type { RunReplication } from "./inProcessRunner.js";
import { loadReplication, REPLICATION_MODULE } from "./loadReplication.js";
import type { ReplicationRow, StudyResult } from "./results.js";
import { checkedRow, failedRow } from "./rows.js";
import type { Study } from "./study.js";
import { type Annotate, Summary } from "./summarize.js";

export interface FolderResults {
  readonly study: Study;
  readonly result: StudyResult;
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
  const { study } = readStoredStudy(folder);
  const index = ledgerOf(folder, study);
  if (index.rows.size === 0) {
    throw new AdvTransferError("bad-input", `${index.path} must have at least one replication, it has none`, {
      hint: `Compute them with: advtransfer simulate FILE --out ${folder} --resume`,
    });
  }
  const summary = new Summary(study);
  for (const row of ledgerRows(index, study)) summary.add(row);
  return {
    study,
    result: summary.result(annotate),
    done: index.rows.size,
    total: study.cells.length * study.replications,
    damaged: index.damaged,
  };
}

export interface Replay {
  /** The replication as it is computed now. */
  readonly row: ReplicationRow;
  /** The row of the ledger; null when the ledger does not have it. */
  readonly stored: ReplicationRow | null;
  /** Whether the two are the same bit for bit; null when there is nothing to compare with. */
  readonly same: boolean | null;
  readonly study: Study;
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
  module: string = REPLICATION_MODULE,
): Promise<Replay> {
  const { study } = readStoredStudy(folder);
  requireInteger("cell", cell, 0, study.cells.length - 1);
  requireInteger("replication", replication, 0, study.replications - 1);
  const runReplication = await loadReplication(module);
  const row = recomputed(study, cell, replication, runReplication);
  const stored = ledgerRow(ledgerOf(folder, study), study, cell, replication);
  const same = stored === null ? null : canonicalJson(row) === canonicalJson(stored);
  return { row, stored, same, study };
}

function recomputed(study: Study, cell: number, replication: number, run: RunReplication): ReplicationRow {
  try {
    return checkedRow(run({ seed: study.seed }, study.cells[cell]!, replication), study.methodNames);
  } catch (error) {
    return failedRow(cell, replication, error);
  }
}

function ledgerOf(folder: string, study: Study): LedgerIndex {
  return indexLedger(join(folder, RESULT_FILES.ledger), study);
}
