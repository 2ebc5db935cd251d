import { badInput, requireInteger } from "../../core/guards.js";
import { type Matrix, zeros } from "../../numerics/matrix.js";
import type { LabeledData } from "../data/labeledData.js";
import { forwardAll, inputTensor, weightTensors } from "../network/forward.js";
import type { Network } from "../network/network.js";
import type { Tensor, Tf } from "../tensors/tf.js";

/** Samples on the backend at a time. */
const CHUNK = 1024;

/**
 * Gradients of a network's logits in its inputs, one a row: for each of the first `perTask` samples of every task (`parts[t]` are those of task t) and each of k - 1
 * orthonormal contrasts c between the classes, the gradient of <c, logits_t> at the sample; `(k - 1) T perTask x p`. Contrasts, because a number added to all logits of a
 * sample changes no decision: for two classes the row is grad (logit_0 - logit_1) / sqrt 2.
 *
 * Throws `bad-input` when the parts are not one a task with `perTask` samples each. Cost: k - 1 forward and backward passes. Leaves no tensor behind.
 */
export function inputGradients(
  tf: Tf,
  network: Network,
  parts: readonly Pick<LabeledData, "count" | "features" | "inputs">[],
  perTask: number,
): Matrix {
  const { tasks, classes, inputShape } = network;
  const p = inputShape.reduce((product, side) => product * side, 1);
  if (parts.length !== tasks) throw badInput("samples", `one part for each of ${tasks} tasks`, parts.length);
  requireInteger("perTask", perTask, 1, Math.min(...parts.map((part) => part.count)));
  const gradients = zeros((classes - 1) * tasks * perTask, p);
  const most = Math.max(1, Math.floor(CHUNK / tasks));
  let row = 0;
  tf.tidy(() => {
    const weights = weightTensors(tf, network);
    for (let from = 0; from < perTask; from += most) {
      const size = Math.min(most, perTask - from);
      const inputs = new Float32Array(tasks * size * p);
      parts.forEach((part, t) => {
        inputs.set(part.inputs.subarray(from * p, (from + size) * p), t * size * p);
      });
      for (let j = 1; j < classes; j++) {
        tf.tidy(() => {
          const contrast = tf.tensor(contrastOf(j, classes), [1, 1, classes]);
          const total = (x: Tensor): Tensor => tf.sum(tf.mul(forwardAll(tf, network, weights, x), contrast));
          const found = tf
            .grad(total)(inputTensor(tf, network, inputs, tasks * size))
            .dataSync();
          gradients.data.set(found, row * p);
        });
        row += tasks * size;
      }
    }
  });
  return gradients;
}

/** Row j of Helmert's matrix, j = 1 .. k - 1: (1, ..., 1, -j, 0, ..., 0) / sqrt(j (j + 1)), orthonormal and orthogonal to (1, ..., 1). */
function contrastOf(j: number, classes: number): Float32Array {
  const length = Math.sqrt(j * (j + 1));
  return Float32Array.from({ length: classes }, (_, c) => (c < j ? 1 : c === j ? -j : 0) / length);
}
