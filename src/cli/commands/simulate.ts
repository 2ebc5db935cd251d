import { join } from "node:path";
import { AdvTransferError } from "../../core/errors.js";
import type { Progress } from "../../study/compute.js";
import type { StudyResult } from "../../study/results.js";
import { resultJson } from "../../study/resultText.js";
import { runStudy } from "../../study/runStudy.js";
import type { Study } from "../../study/study.js";
import { theoryAnnotation } from "../../study/theoryAnnotation.js";
import { interruptible } from "../interrupts.js";
import { ProgressLine } from "../progressLine.js";
import { readStudyFile } from "../readStudyFile.js";
import { resultTable } from "../resultTable.js";
import { EXIT_FAILED, EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";
import { writeReport } from "../writeReport.js";

export interface SimulateOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly seed?: number;
  readonly replications?: number;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly images?: boolean;
}

/** `advtransfer simulate FILE`: runs the study into a results folder and shows the means. Returns the exit code. */
export async function simulate(
  file: string,
  options: SimulateOptions,
  terminal: Terminal,
  resumeCommand: string,
): Promise<number> {
  const { stdout, stderr, env } = terminal;
  const { resume, overwrite, workers, json, quiet } = options;
  const study = readStudyFile(file, { seed: options.seed, replications: options.replications });
  const out = options.out ?? join("results", folderName(study.name));
  const line = new ProgressLine(study.name, stderr);
  let progress: Progress | null = null;
  const onProgress = (now: Progress): void => {
    progress = now;
    if (!quiet) line.update(now);
  };
  const onNotice = (text: string): void => {
    line.clear();
    stderr.write(`${painter(stderr, env)("yellow", "note:")} ${text}\n`);
  };
  const onInterrupt = (): void => onNotice("stopping after the replications at hand; again to stop at once");

  let result: StudyResult;
  try {
    result = await interruptible(
      (signal) =>
        runStudy(study, {
          out,
          resume,
          overwrite,
          workers,
          signal,
          onProgress,
          onNotice,
          annotate: theoryAnnotation(),
        }),
      onInterrupt,
    );
  } catch (error) {
    throw interrupted(error, progress, out, resumeCommand);
  } finally {
    line.clear();
  }
  const notice = await writeReport(out, result, options.images === true);
  if (notice !== null) onNotice(notice);
  if (json) stdout.write(resultJson(result));
  else if (!quiet) stdout.write(`${resultTable(result, painter(stdout, env))}\nresults in ${out}\n`);
  return verdict(study, result, out, onNotice);
}

/** Failed replications are said; a cell without any result is a failed study. */
function verdict(study: Study, result: StudyResult, out: string, onNotice: (text: string) => void): number {
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

/** A study name as the name of a folder: letters, digits, dots, dashes and underscores. */
export function folderName(name: string): string {
  const text = name
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, 80);
  return text === "" ? "study" : text;
}
