import type { LabeledData } from "../data/labeledData.js";
import { logitsOf, logSoftmaxRows } from "../network/evaluate.js";
import type { Network } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";

/**
 * The mean cross-entropy of a network over samples of its tasks (`parts[t]` are those of task t), in nats: every task counts alike. Without attack and
 * noise. Throws nothing; NaN weights give NaN, which the caller reports.
 */
export function meanLoss(tf: Tf, network: Network, parts: readonly LabeledData[]): number {
  let total = 0;
  parts.forEach((data, task) => {
    const logs = logSoftmaxRows(logitsOf(tf, network, task, data.inputs, data.count), data.classes);
    let sum = 0;
    for (let i = 0; i < data.count; i++) sum -= logs[i * data.classes + data.labels[i]!]!;
    total += sum / data.count;
  });
  return total / parts.length;
}
