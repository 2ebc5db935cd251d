import { AdvTransferError } from "../core/errors.js";
import type { Progress } from "../study/compute.js";
import type { StudyResult } from "../study/results.js";
import { type RunStudyOptions, runStudyOf } from "../study/runStudy.js";
import type { AnyCell, AnyStudy } from "../study/study.js";
import type { StudyKind } from "../study/studyKind.js";
import { interruptible } from "./interrupts.js";
import { ProgressLine } from "./progressLine.js";
import { EXIT_FAILED, EXIT_OK } from "./showError.js";
import { painter, type Terminal } from "./terminal.js";

/** What the commands that run a study have in common. */
export interface RunFlags {
  readonly quiet?: boolean;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
}

export interface StudyRun<C extends AnyCell> {
  readonly flags: RunFlags;
  readonly out: string;
  readonly annotate?: RunStudyOptions<C>["annotate"];
  readonly terminal: Terminal;
  /** What a user types to go on after an interruption. */
  readonly resumeCommand: string;
}

/** A line on stderr that says what a user should know. */
export function noticeOn({ stderr, env }: Terminal, line?: ProgressLine): (text: string) => void {
  return (text) => {
    line?.clear();
    stderr.write(`${painter(stderr, env)("yellow", "note:")} ${text}\n`);
  };
}

/** Runs a study into its folder with a progress line and a Ctrl-C that keeps what is done. */
export async function studyRun<S extends AnyStudy<C>, C extends AnyCell, M extends string>(
  kind: StudyKind<S, C>,
  study: S,
  { flags, out, annotate, terminal, resumeCommand }: StudyRun<C>,
): Promise<StudyResult<M, C["problem"]>> {
  const { resume, overwrite, workers, quiet } = flags;
  const line = new ProgressLine(study.name, terminal.stderr);
  const onNotice = noticeOn(terminal, line);
  let progress: Progress | null = null;
  const onProgress = (now: Progress): void => {
    progress = now;
    if (!quiet) line.update(now);
  };
  const onInterrupt = (): void => onNotice("stopping after the replications at hand; again to stop at once");
  try {
    return await interruptible(
      (signal) =>
        runStudyOf<S, C, M>(kind, study, {
          out,
          resume,
          overwrite,
          workers,
          signal,
          onProgress,
          onNotice,
          annotate,
        }),
      onInterrupt,
    );
  } catch (error) {
    throw interrupted(error, progress, out, resumeCommand);
  } finally {
    line.clear();
  }
}

/** Failed replications are said; a cell without any result is a failed study. Returns the exit code. */
export function failuresSaid(
  study: AnyStudy,
  result: StudyResult<string, object>,
  out: string,
  onNotice: (text: string) => void,
): number {
  const failed = result.cells.flatMap(({ cell, failures }) =>
    failures.map((failure) => ({ cell, ...failure })),
  );
  if (failed.length === 0) return EXIT_OK;
  const { cell, replication, error } = failed[0]!;
  onNotice(
    `${failed.length} of ${study.cells.length * study.replications} replications failed and are in no mean; the first: ` +
      `cell ${cell}, replication ${replication}: ${error}\n` +
      `  look at it with: advtransfer replay ${out} --cell ${cell} --replication ${replication}`,
  );
  const empty = result.cells.filter(({ failures }) => failures.length === study.replications);
  if (empty.length === 0) return EXIT_OK;
  onNotice(`the study failed: ${empty.length} of its cells have no result (cell ${empty[0]!.cell})`);
  return EXIT_FAILED;
}

function interrupted(error: unknown, progress: Progress | null, out: string, resumeCommand: string): unknown {
  if (!(error instanceof AdvTransferError) || error.code !== "interrupted") return error;
  const count = progress === null ? "0" : `${progress.done} of ${progress.total}`;
  return new AdvTransferError("interrupted", `stopped; ${count} replications are kept in ${out}`, {
    hint: `Continue with: ${resumeCommand}`,
  });
}
