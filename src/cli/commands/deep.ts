import { existsSync } from "node:fs";
import { join } from "node:path";
import { badInput } from "../../core/guards.js";
import { BUILT_IN, type BuiltIn, builtInStudy, DEFAULT_STUDIES } from "../../deep/study/builtIn.js";
import { checkedSums } from "../../deep/study/dataFor.js";
import { deepKind } from "../../deep/study/deepKind.js";
import type { DeepMetric } from "../../deep/study/deepMetrics.js";
import { type DeepResult, deepResult } from "../../deep/study/deepResult.js";
import type { DeepCell, DeepStudy } from "../../deep/study/deepStudy.js";
import { resolveDeepStudy } from "../../deep/study/resolveDeepStudy.js";
import { removeDeepFolders } from "../../deep/study/workerFiles.js";
import { type Backend, type BackendName, loadBackend } from "../../deep/tensors/loadBackend.js";
import { RESULT_FILES } from "../../study/disk/resultsFolder.js";
import { nearNames, orList } from "../../study/nearNames.js";
import { storedRows } from "../../study/readResults.js";
import { plainJson } from "../../study/resultText.js";
import { deepTable } from "../deepTable.js";
import { folderName } from "../folderName.js";
import { readStudyFileAs } from "../readStudyFile.js";
import { EXIT_OK } from "../showError.js";
import { failuresSaid, noticeOn, type RunFlags, studyRun } from "../studyRun.js";
import { painter, type Terminal } from "../terminal.js";
import { type DeepRun, writeDeepReport } from "../writeDeepReport.js";

export interface DeepOptions extends RunFlags {
  readonly data?: string;
  readonly backend?: BackendName | "auto";
  readonly preset?: "smoke" | "quick" | "full";
  readonly out?: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly replications?: number;
  readonly images?: boolean;
}

/**
 * `advtransfer deep [STUDY]`: runs deep studies, built-in ones by name or one from a file, each into its folder, and writes a report of all of them.
 * Returns the exit code.
 */
export async function deep(
  names: readonly string[],
  options: DeepOptions,
  terminal: Terminal,
  resumeCommand: string,
): Promise<number> {
  const onNotice = noticeOn(terminal);
  const backend = await loadBackend(options.backend ?? "auto");
  for (const note of backend.notes) onNotice(note);
  const asked = names.length === 0 ? DEFAULT_STUDIES : names;
  // All are resolved, and their data read, before the first one is run: a typing error costs nothing.
  const studies = asked.map((name) => deepStudyNamed(name, options, backend));
  const root = options.out ?? join("results", "deep");
  const runs: DeepRun[] = [];
  let code = EXIT_OK;
  for (const study of studies) {
    const folder =
      studies.length === 1 && options.out !== undefined ? root : join(root, folderName(study.name));
    const { result, exit } = await ranInto(folder, study, options, terminal, resumeCommand);
    runs.push({ study, result, folder });
    code = Math.max(code, exit);
  }
  const place = { folder: root, data: options.data ?? null, backend, images: options.images === true };
  const report = await writeDeepReport(runs, place, onNotice);
  const results = runs.map(({ result }) => result);
  if (options.json) terminal.stdout.write(plainJson(results.length === 1 ? results[0]! : results));
  else if (!options.quiet) {
    const paint = painter(terminal.stdout, terminal.env);
    for (const result of results) terminal.stdout.write(`${deepTable(result, paint)}\n\n`);
    terminal.stdout.write(`backend ${backend.name}, tensorflow.js ${backend.version}; report in ${report}\n`);
  }
  return code;
}

async function ranInto(
  out: string,
  study: DeepStudy,
  options: DeepOptions,
  terminal: Terminal,
  resumeCommand: string,
): Promise<{ result: DeepResult; exit: number }> {
  const kind = deepKind({ backend: study.file.backend, data: options.data ?? null, out });
  if (options.overwrite && existsSync(join(out, RESULT_FILES.study))) removeDeepFolders(out);
  const summary = await studyRun<DeepStudy, DeepCell, DeepMetric>(kind, study, {
    flags: options,
    out,
    terminal,
    resumeCommand,
  });
  const exit = failuresSaid(study, summary, out, noticeOn(terminal));
  return { result: deepResult(study, summary, storedRows(out, study)), exit };
}

function deepStudyNamed(name: string, options: DeepOptions, backend: Backend): DeepStudy {
  const { seed, replications, preset, data } = options;
  const overrides = { seed, replications };
  const resolve = (input: unknown): DeepStudy => resolveDeepStudy(input, backend.name);
  requireStudy(name);
  const builtIn: BuiltIn | null = builtInStudy(name, preset ?? "quick", data ?? null);
  const study =
    builtIn === null
      ? readStudyFileAs(name, overrides, resolve)
      : resolve({
          ...builtIn,
          ...Object.fromEntries(Object.entries(overrides).filter(([, v]) => v !== undefined)),
        });
  const checksums = checkedSums(study, data ?? null);
  return resolve({ ...study.file, checksums });
}

/** A word that is neither a built-in study nor a file is a typing error in one of the two. */
function requireStudy(name: string): void {
  if (BUILT_IN.includes(name) || name === "-" || existsSync(name) || /[./\\]/.test(name)) return;
  const near = nearNames(name, BUILT_IN);
  const hint = near.length > 0 ? `Did you mean ${orList(near)}?` : "A file has a dot or a slash in its name.";
  throw badInput("study", `a file or one of ${BUILT_IN.join(", ")}`, name, hint);
}
