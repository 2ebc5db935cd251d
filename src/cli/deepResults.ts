import { join } from "node:path";
import type { DeepMetric } from "../deep/study/deepMetrics.js";
import { type DeepResult, deepResult } from "../deep/study/deepResult.js";
import type { DeepCell, DeepStudy } from "../deep/study/deepStudy.js";
import { indexLedger, ledgerRows } from "../study/disk/ledgerIndex.js";
import { RESULT_FILES } from "../study/disk/resultsFolder.js";
import { readResultsOf } from "../study/readResults.js";
import type { StudyKind } from "../study/studyKind.js";

/** What a results folder of a deep study has so far: summaries, and the comparisons of arms. */
export function deepResultsOf(
  kind: StudyKind<DeepStudy, DeepCell>,
  folder: string,
): { study: DeepStudy; result: DeepResult; done: number; total: number; damaged: number } {
  const found = readResultsOf<DeepStudy, DeepCell, DeepMetric>(kind, folder);
  const { study } = found;
  const index = indexLedger(join(folder, RESULT_FILES.ledger), study);
  return { ...found, result: deepResult(study, found.result, ledgerRows(index, study)) };
}
