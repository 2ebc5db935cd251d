import { badInput, requireInteger } from "../../core/guards.js";
import { type LabeledData, rowsOf } from "../data/labeledData.js";

/**
 * The first `labels` samples of every class, in the order of the data; so a larger budget has all samples of a smaller one.
 * Throws `bad-input` when a class has fewer, naming the class.
 *
 * @example labelBudget(target.training, 10).count // 10 times the number of classes
 */
export function labelBudget(data: LabeledData, labels: number): LabeledData {
  requireInteger("target.labels", labels, 1);
  const seen = new Uint32Array(data.classes);
  const rows: number[] = [];
  data.labels.forEach((label, row) => {
    if (seen[label]! >= labels) return;
    seen[label] = seen[label]! + 1;
    rows.push(row);
  });
  const short = seen.findIndex((count) => count < labels);
  if (short >= 0) {
    throw badInput("target.labels", `at most ${seen[short]}, the target samples of class ${short}`, labels);
  }
  return rowsOf(data, rows);
}
