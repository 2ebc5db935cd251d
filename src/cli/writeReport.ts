import { join } from "node:path";
import { studyReport } from "../report/studyReport.js";
import { writeAtomically } from "../study/disk/atomicFile.js";
import { RESULT_FILES } from "../study/disk/resultsFolder.js";
import type { StudyResult } from "../study/results.js";

/**
 * Writes `report.html` into a results folder, and with `images` each figure as SVG into `images/`. Returns what the user
 * should know (no Chromium: no images), or null.
 */
export async function writeReport(
  folder: string,
  result: StudyResult,
  images: boolean,
): Promise<string | null> {
  const path = join(folder, RESULT_FILES.report);
  writeAtomically(path, studyReport([result]));
  if (!images) return null;
  // Loaded when asked for: the browser driver takes longer to load than many a study to run.
  const { exportImages } = await import("../report/exportImages.js");
  return (await exportImages(path, join(folder, "images"))).notice;
}
