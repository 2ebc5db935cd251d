import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { forwardAll, type WeightTensors, weightTensors } from "../network/forward.js";
import { type Network, type Weights, withWeights } from "../network/network.js";
import type { Tensor, Tf } from "../tensors/tf.js";
import type { Arm } from "./arm.js";
import { attacked } from "./attack.js";
import type { Batch } from "./pool.js";

/** The mean loss of a batch, as the arm sees it, and its gradients. */
export interface LossAndGradients {
  readonly loss: number;
  readonly gradients: Weights;
}

/**
 * The mean cross-entropy of a batch over all tasks and its gradient in every weight, after the arm has added its noise and its attack to the inputs. The
 * draws of a step are functions of the key and the step. Leaves no tensor behind.
 */
export function lossStep(
  tf: Tf,
  network: Network,
  weights: Weights,
  batch: Batch,
  arm: Pick<Arm, "attack" | "augmentation">,
  key: StreamKey,
  step: number,
): LossAndGradients {
  const { tasks, classes, inputShape } = network;
  const names = Object.keys(network.weights);
  let result: LossAndGradients | null = null;
  tf.tidy(() => {
    const at = weightTensors(tf, withWeights(network, weights));
    const targets = tf.tensor(batch.targets, [tasks, batch.size, classes]);
    const inputs = augmented(batch.inputs, arm.augmentation, key, step);
    const clean = tf.tensor(inputs, [tasks * batch.size, ...inputShape]);
    const total = (current: WeightTensors, x: Tensor): Tensor =>
      tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(forwardAll(tf, network, current, x)))));
    const x =
      arm.attack === null
        ? clean
        : attacked(tf, (input) => total(at, input), clean, arm.attack, keyedStream([...key, "start", step]));
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
      tf.div(total(Object.fromEntries(names.map((name, i) => [name, tensors[i]!])), x), tasks * batch.size),
    )(names.map((name) => at[name]!));
    result = {
      loss: value.dataSync()[0]!,
      gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!.dataSync() as Float32Array])),
    };
  });
  return result!;
}

function augmented(
  inputs: Float32Array,
  augmentation: Arm["augmentation"],
  key: StreamKey,
  step: number,
): Float32Array {
  if (augmentation === null || augmentation.sd === 0) return inputs;
  const rng = keyedStream([...key, "augmentation", step]);
  return inputs.map((x) => x + augmentation.sd * rng.normal());
}
