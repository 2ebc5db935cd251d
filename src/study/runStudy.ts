import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AdvTransferError } from "../core/errors.js";
import { requireInteger } from "../core/guards.js";
import type { MetricName } from "../transfer/metricNames.js";
import { type ComputeOptions, compute, type Progress } from "./compute.js";
import { writeAtomically } from "./disk/atomicFile.js";
import { lockFolder } from "./disk/folderLock.js";
import { indexLedger, type LedgerIndex, ledgerRows, rewriteLedger } from "./disk/ledgerIndex.js";
import { LedgerWriter } from "./disk/ledgerWriter.js";
import { claimFolder, createFolder, RESULT_FILES, requireUsableFolder } from "./disk/resultsFolder.js";
import { inProcessRunner } from "./inProcessRunner.js";
import { loadReplication } from "./loadReplication.js";
import type { StudyResult } from "./results.js";
import { summaryCsv } from "./resultText.js";
import type { BlockRunner } from "./runBlocks.js";
import type { AnyCell, AnyStudy, Cell, Study } from "./study.js";
import { LINEAR, type StudyKind } from "./studyKind.js";
import { type Annotate, Summary } from "./summarize.js";
import { workerPool } from "./workerPool.js";

export interface RunStudyOptions<C extends AnyCell = Cell> {
  /** The results folder; without one nothing is kept on disk. */
  readonly out?: string | undefined;
  /** Continue the results that `out` has of this study. @defaultValue false */
  readonly resume?: boolean | undefined;
  /** Delete the results that `out` has. @defaultValue false */
  readonly overwrite?: boolean | undefined;
  /** Worker threads, in [1, 256]; 1 computes in this thread. @defaultValue the cores of this machine */
  readonly workers?: number | undefined;
  /** Aborting it stops after the replications at hand; what was computed is kept in `out`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Receives what the user should know, such as that a damaged ledger line is computed again. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Predictions and bounds that go beside the means. */
  readonly annotate?: Annotate<C> | undefined;
  /** URL of a module that exports `runReplication`, for another model than the built-in one. */
  readonly replicationModule?: string | undefined;
}

/**
 * Runs a study on worker threads and returns its summaries; with `out`, into a results folder: `study.json`, the ledger
 * `replications.jsonl` and `summary.csv`. The bytes are the same for every number of workers, and for a run that was stopped
 * or killed and resumed.
 *
 * A failed replication is a row with its reason and in no mean; it does not fail the study.
 *
 * Throws an AdvTransferError: `interrupted` when `signal` aborts, `bad-input` for a folder that is in the way, `io` for one that
 * cannot be written, `study-failed` when a worker thread breaks. What was computed before is in the ledger in each case.
 *
 * @example const result = await runStudy(resolveStudy(file), { out: "results/gains", workers: 4 })
 */
export async function runStudy(study: Study, options: RunStudyOptions = {}): Promise<StudyResult> {
  return runStudyOf(LINEAR, study, options);
}

/** {@link runStudy} for a study of any kind, whose metrics are M. */
export async function runStudyOf<S extends AnyStudy<C>, C extends AnyCell, M extends string = MetricName>(
  kind: StudyKind<S, C>,
  study: S,
  options: RunStudyOptions<C> = {},
): Promise<StudyResult<M, C["problem"]>> {
  const workers = requireInteger("workers", options.workers ?? availableParallelism(), 1, 256);
  if (options.resume && options.overwrite) {
    throw new AdvTransferError("bad-input", "resume and overwrite must not be asked for together");
  }
  const summary = new Summary<C, M>(study);
  if (options.out === undefined) {
    await computeAll(kind, study, workers, options, {
      isDone: () => false,
      onRows: (rows) => {
        for (const row of rows) summary.add(row);
      },
    });
  } else {
    await computeIntoFolder(kind, study, workers, options, options.out);
    const index = indexLedger(join(options.out, RESULT_FILES.ledger), study);
    for (const row of ledgerRows(index, study)) summary.add(row);
  }
  const result = summary.result(options.annotate);
  if (options.out !== undefined) writeAtomically(join(options.out, RESULT_FILES.csv), summaryCsv(result));
  return result;
}

async function computeIntoFolder<S extends AnyStudy<C>, C extends AnyCell>(
  kind: StudyKind<S, C>,
  study: S,
  workers: number,
  options: RunStudyOptions<C>,
  out: string,
): Promise<void> {
  const { resume = false, overwrite = false, onNotice } = options;
  const mode = { resume, overwrite };
  // First without touching anything, so that a refused folder stays as it was; then again when it is ours alone.
  requireUsableFolder(out, study, mode, kind.resolve);
  createFolder(out);
  const release = lockFolder(out);
  try {
    claimFolder(out, study, mode, kind.resolve);
    const path = join(out, RESULT_FILES.ledger);
    const found = indexLedger(path, study);
    noticeDamage(found, onNotice);
    if (!found.canonical) rewriteLedger(found);
    const writer = new LedgerWriter(path);
    try {
      const isDone = (cell: number, replication: number): boolean =>
        found.rows.has(cell * study.replications + replication);
      await computeAll(kind, study, workers, options, { isDone, onRows: (rows) => writer.append(rows) });
    } finally {
      writer.close();
    }
    const ended = indexLedger(path, study);
    if (!ended.canonical) rewriteLedger(ended);
  } finally {
    release();
  }
}

async function computeAll<S extends AnyStudy<C>, C extends AnyCell>(
  kind: StudyKind<S, C>,
  study: S,
  workers: number,
  options: RunStudyOptions<C>,
  sink: Pick<ComputeOptions, "isDone" | "onRows">,
): Promise<void> {
  const { signal, onProgress, replicationModule = kind.module } = options;
  let runner: BlockRunner | null = null;
  let complete: boolean;
  try {
    runner = await makeRunner(study, workers, replicationModule, kind.long);
    complete = await compute(study, runner, { ...sink, signal, onProgress });
  } catch (error) {
    if (error instanceof AdvTransferError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdvTransferError("study-failed", `a worker of the study broke: ${reason}`, { cause: error });
  } finally {
    await runner?.close();
  }
  if (complete) return;
  const kept = options.out === undefined ? "" : `; what was computed is kept in ${options.out}`;
  throw new AdvTransferError("interrupted", `the study was stopped before its end${kept}`);
}

async function makeRunner<C extends AnyCell>(
  study: AnyStudy<C>,
  workers: number,
  module: string,
  long: boolean,
): Promise<BlockRunner> {
  if (long || workers > 1) return workerPool(study, workers, () => module);
  return inProcessRunner(study, await loadReplication<C>(module));
}

function noticeDamage(found: LedgerIndex, notice: ((text: string) => void) | undefined): void {
  if (found.damaged === 0) return;
  const text = found.torn
    ? `${found.path}: the last line was cut off; it is computed again`
    : `${found.path}: ${found.damaged} of its lines cannot be used; they are computed again, the other ${found.rows.size} are kept`;
  notice?.(text);
}
