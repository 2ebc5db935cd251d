import { readStoredFile } from "../study/disk/resultsFolder.js";

/** Whether a results folder has a deep study. Throws as `readStoredStudy` where there is no study at all. */
export function isDeepFolder(folder: string): boolean {
  const { file } = readStoredFile(folder);
  return (file as { kind?: unknown } | null)?.kind === "deep";
}
