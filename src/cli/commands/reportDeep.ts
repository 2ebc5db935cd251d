import { join } from "node:path";
import { deepKind } from "../../deep/study/deepKind.js";
import { type BackendName, loadBackend } from "../../deep/tensors/loadBackend.js";
import { writeAtomically } from "../../study/disk/atomicFile.js";
import { RESULT_FILES, readStoredFile } from "../../study/disk/resultsFolder.js";
import { plainJson, summaryCsv } from "../../study/resultText.js";
import { deepResultsOf } from "../deepResults.js";
import { deepTable } from "../deepTable.js";
import { EXIT_OK } from "../showError.js";
import { noticeOn } from "../studyRun.js";
import { painter, type Terminal } from "../terminal.js";
import { writeDeepReport } from "../writeDeepReport.js";
import type { ReportOptions } from "./reportOptions.js";

/** `advtransfer report DIR` for the folder of a deep study. Returns the exit code. */
export async function reportDeep(
  folder: string,
  options: ReportOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, env } = terminal;
  const note = noticeOn(terminal);
  const data = options.data ?? null;
  const { backend: name } = readStoredFile(folder).file as { backend: BackendName };
  const kind = deepKind({ backend: name, data, out: folder });
  const { study, result, done, total, damaged } = deepResultsOf(kind, folder);
  if (damaged > 0) note(`${damaged} lines of the ledger cannot be used; deep --resume computes them again`);
  if (done < total) note(`${done} of ${total} replications are there; deep --resume computes the rest`);
  writeAtomically(join(folder, RESULT_FILES.csv), summaryCsv(result));
  const place = { folder, data, backend: await loadBackend("auto"), images: options.images === true };
  const report = await writeDeepReport([{ study, result, folder }], place, note);
  if (options.json) stdout.write(plainJson(result));
  else if (!options.quiet)
    stdout.write(`${deepTable(result, painter(stdout, env))}\n\nreport in ${report}\n`);
  return EXIT_OK;
}
