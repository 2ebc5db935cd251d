import type { DeepMetric } from "../deep/study/deepMetrics.js";
import { type DeepResult, deepResult } from "../deep/study/deepResult.js";
import type { DeepCell, DeepStudy } from "../deep/study/deepStudy.js";
import { type FolderResults, readResultsOf, storedRows } from "../study/readResults.js";
import type { StudyKind } from "../study/studyKind.js";

/** What a results folder of a deep study has so far: summaries, and the comparisons of arms. */
export function deepResultsOf(
  kind: StudyKind<DeepStudy, DeepCell>,
  folder: string,
): FolderResults<DeepStudy, DeepCell, DeepMetric> & { readonly result: DeepResult } {
  const found = readResultsOf<DeepStudy, DeepCell, DeepMetric>(kind, folder);
  return { ...found, result: deepResult(found.study, found.result, storedRows(folder, found.study)) };
}
