import { join } from "node:path";
import { AdvTransferError } from "../core/errors.js";
import type { Gallery } from "../deep/gallery/gallery.js";
import { galleryOf } from "../deep/gallery/galleryOf.js";
import type { DeepResult } from "../deep/study/deepResult.js";
import type { DeepStudy } from "../deep/study/deepStudy.js";
import { firstNetworks } from "../deep/study/firstNetworks.js";
import type { Backend } from "../deep/tensors/loadBackend.js";
import { deepReport } from "../report/deep/deepReport.js";
import { writeAtomically } from "../study/disk/atomicFile.js";
import { createFolder, RESULT_FILES } from "../study/disk/resultsFolder.js";

/** A deep study that has results in a folder. */
export interface DeepRun {
  readonly study: DeepStudy;
  readonly result: DeepResult;
  readonly folder: string;
}

/** Where the report goes, and what it needs beside the results. */
export interface DeepReportPlace {
  readonly folder: string;
  /** The folder with image sets; null where none was given. */
  readonly data: string | null;
  readonly backend: Backend;
  readonly images: boolean;
}

/**
 * Writes `report.html` on deep studies into a folder, and with `images` each figure as SVG into `images/`. Returns its path.
 */
export async function writeDeepReport(
  runs: readonly DeepRun[],
  { folder, data, backend, images }: DeepReportPlace,
  onNotice: (text: string) => void,
): Promise<string> {
  const path = join(folder, RESULT_FILES.report);
  const inputs = runs.map((run) => ({ result: run.result, gallery: gallery(run, data, backend, onNotice) }));
  createFolder(folder);
  writeAtomically(path, deepReport(inputs));
  if (!images) return path;
  const { exportImages } = await import("../report/exportImages.js");
  const { notice } = await exportImages(path, join(folder, "images"));
  if (notice !== null) onNotice(notice);
  return path;
}

/** The pictures of a study; without them, where its networks or its data are not there, the report has all of its numbers. */
function gallery(
  { study, folder }: DeepRun,
  data: string | null,
  { tf }: Backend,
  onNotice: (text: string) => void,
): Gallery | null {
  try {
    const first = firstNetworks(study, folder, data);
    return first === null ? null : galleryOf(tf, study, first.data, first.networks);
  } catch (error) {
    if (!(error instanceof AdvTransferError)) throw error;
    onNotice(`no pictures of ${study.name}: ${error.message}`);
    return null;
  }
}
