import type { StudyResult } from "../study/results.js";

/** Methods and baselines of a study in the order of first appearance. */
export function allMethods(result: StudyResult): string[] {
  return [...new Set(result.cells.flatMap((cell) => Object.keys(cell.methods)))];
}
