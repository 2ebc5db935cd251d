import { join } from "node:path";
import { writeAtomically } from "../../study/disk/atomicFile.js";
import { RESULT_FILES } from "../../study/disk/resultsFolder.js";
import { readResults } from "../../study/readResults.js";
import { resultJson, summaryCsv } from "../../study/resultText.js";
import { theoryAnnotation } from "../../study/theoryAnnotation.js";
import { isDeepFolder } from "../deepFolder.js";
import { resultTable } from "../resultTable.js";
import { EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";
import { writeReport } from "../writeReport.js";
import type { ReportOptions } from "./reportOptions.js";

/**
 * `advtransfer report DIR`: makes `summary.csv` and `report.html` again from the ledger, which may be that of a run that is not
 * at its end. Returns the exit code.
 */
export async function report(folder: string, options: ReportOptions, terminal: Terminal): Promise<number> {
  if (isDeepFolder(folder)) {
    const { reportDeep } = await import("./reportDeep.js");
    return reportDeep(folder, options, terminal);
  }
  const { stdout, stderr, env } = terminal;
  const { result, done, total, damaged } = readResults(folder, theoryAnnotation());
  const note = (text: string): void => stderr.write(`${painter(stderr, env)("yellow", "note:")} ${text}\n`);
  if (damaged > 0)
    note(`${damaged} lines of the ledger cannot be used; simulate --resume computes them again`);
  if (done < total) note(`${done} of ${total} replications are there; simulate --resume computes the rest`);
  writeAtomically(join(folder, RESULT_FILES.csv), summaryCsv(result));
  const notice = await writeReport(folder, result, options.images === true);
  if (notice !== null) note(notice);
  if (options.json) stdout.write(resultJson(result));
  else if (!options.quiet) {
    stdout.write(
      `${resultTable(result, painter(stdout, env))}\nreport in ${join(folder, RESULT_FILES.report)}\n`,
    );
  }
  return EXIT_OK;
}
