import { damagedFile } from "./dataFile.js";

/**
 * The number of classes of labels read from a file. With `classes` given, every label must be below it. Without, it is one more than
 * the largest label, and every class between the smallest and the largest label must occur: a byte that was damaged would
 * otherwise make a class of its own.
 *
 * Throws `bad-input` naming the first label that does not fit.
 */
export function labelClasses(path: string, labels: Uint8Array, classes?: number): number {
  if (classes !== undefined) {
    const wrong = labels.findIndex((label) => !(label < classes));
    if (wrong < 0) return classes;
    throw damagedFile(
      path,
      `have labels in 0..${classes - 1}`,
      `label ${labels[wrong]} at index ${wrong}`,
      "The file is damaged, or it is of another set.",
    );
  }
  const seen = new Uint8Array(256);
  for (const label of labels) seen[label] = 1;
  const largest = seen.lastIndexOf(1);
  const gap = seen.indexOf(0, seen.indexOf(1));
  if (gap < 0 || gap > largest) return largest + 1;
  const next = seen.indexOf(1, gap);
  throw damagedFile(
    path,
    "have labels without gaps",
    `label ${next} at index ${labels.indexOf(next)}, but no label ${gap}`,
    "The file is damaged, or its classes must be numbered anew, one after the other.",
  );
}
