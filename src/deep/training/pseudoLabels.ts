import type { LabeledData } from "../data/labeledData.js";
import { logitsOf, logSoftmaxRows } from "../network/evaluate.js";
import type { Network } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import type { PseudoLabels } from "./arm.js";
import type { PoolPart } from "./pool.js";

/** The samples that a network labels for itself, and how well it does. */
export interface SelfLabeled {
  readonly part: PoolPart;
  /** How many of the samples used have another most probable class than their true one. */
  readonly wrong: number;
}

/**
 * Labels the samples of one task by the network's own class probabilities: a sample whose most probable class reaches `threshold` is used, with that
 * class as its target, or with the probabilities themselves where labels are soft. The true labels are counted against and not used. A threshold
 * that no sample reaches gives an empty part. On a tie the first class is the most probable one.
 */
export function selfLabeled(
  tf: Tf,
  network: Network,
  task: number,
  data: LabeledData,
  { threshold, soft }: Pick<PseudoLabels, "threshold" | "soft">,
): SelfLabeled {
  const { count, classes } = data;
  const logits = logitsOf(tf, network, task, data.inputs, count);
  const probabilities = logSoftmaxRows(logits, classes).map(Math.exp);
  const rows: number[] = [];
  const targets: number[] = [];
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    const best = row.reduce((most, p, c) => (p > row[most]! ? c : most), 0);
    if (!(row[best]! >= threshold)) continue;
    rows.push(i);
    row.forEach((p, c) => {
      targets.push(soft ? p : c === best ? 1 : 0);
    });
    if (best !== data.labels[i]) wrong++;
  }
  return { part: { inputs: data.inputs, rows, targets: Float32Array.from(targets) }, wrong };
}
