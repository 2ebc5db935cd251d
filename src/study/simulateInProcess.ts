import { AdvTransferError } from "../core/errors.js";
import { compute, type Progress } from "./compute.js";
import { inProcessRunner, type RunReplication } from "./inProcessRunner.js";
import type { StudyResult } from "./results.js";
import type { Study } from "./study.js";
import { type Annotate, Summary } from "./summarize.js";

export interface SimulateInProcessOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly annotate?: Annotate;
}

/**
 * Runs a study in this thread and keeps nothing on disk: for a browser and for small studies. The result has the same bytes
 * as one from worker threads and a results folder.
 *
 * Throws an AdvTransferError (`interrupted`) when `signal` aborts.
 *
 * @example const result = await simulateInProcess(study, runReplication)
 */
export async function simulateInProcess(
  study: Study,
  runReplication: RunReplication,
  options: SimulateInProcessOptions = {},
): Promise<StudyResult> {
  const summary = new Summary(study);
  const complete = await compute(study, inProcessRunner(study, runReplication), {
    isDone: () => false,
    onRows: (rows) => {
      for (const row of rows) summary.add(row);
    },
    onProgress: options.onProgress,
    signal: options.signal,
  });
  if (!complete)
    throw new AdvTransferError("interrupted", `the study ${study.name} was stopped before its end`);
  return summary.result(options.annotate);
}
