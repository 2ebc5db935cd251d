import { join } from "node:path";
import { resultJson } from "../../study/resultText.js";
import type { Cell, Study } from "../../study/study.js";
import { LINEAR } from "../../study/studyKind.js";
import { theoryAnnotation } from "../../study/theoryAnnotation.js";
import type { MetricName } from "../../transfer/metricNames.js";
import { folderName } from "../folderName.js";
import { readStudyFile } from "../readStudyFile.js";
import { resultTable } from "../resultTable.js";
import { failuresSaid, noticeOn, type RunFlags, studyRun } from "../studyRun.js";
import { painter, type Terminal } from "../terminal.js";
import { writeReport } from "../writeReport.js";

export interface SimulateOptions extends RunFlags {
  readonly out?: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly replications?: number;
  readonly images?: boolean;
}

/** `advtransfer simulate FILE`: runs the study into a results folder and shows the means. Returns the exit code. */
export async function simulate(
  file: string,
  options: SimulateOptions,
  terminal: Terminal,
  resumeCommand: string,
): Promise<number> {
  const { stdout, env } = terminal;
  const study = readStudyFile(file, { seed: options.seed, replications: options.replications });
  const out = options.out ?? join("results", folderName(study.name));
  const result = await studyRun<Study, Cell, MetricName>(LINEAR, study, {
    flags: options,
    out,
    annotate: theoryAnnotation(),
    terminal,
    resumeCommand,
  });
  const onNotice = noticeOn(terminal);
  const notice = await writeReport(out, result, options.images === true);
  if (notice !== null) onNotice(notice);
  if (options.json) stdout.write(resultJson(result));
  else if (!options.quiet) stdout.write(`${resultTable(result, painter(stdout, env))}\nresults in ${out}\n`);
  return failuresSaid(study, result, out, onNotice);
}
