import type { Matrix } from "../../numerics/matrix.js";
import { featuresOf, logitsOf } from "../network/evaluate.js";
import { features, forwardAll, weightTensors } from "../network/forward.js";
import type { Network } from "../network/network.js";
import type { Tensor, Tf } from "../tensors/tf.js";
import { type Probe, probeLogits } from "./probe.js";

/** A classifier that can be asked, and attacked. */
export interface Classifier {
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** The logits of `count` inputs (`count x p`, row-major): what its decisions are made by, `count x classes`. */
  readonly logits: (inputs: Float32Array, count: number) => ArrayLike<number>;
  /**
   * Puts the classifier on the backend and returns its logits as a differentiable function, inputs `[n, ...inputShape]` to `[n, classes]`. To be called in a
   * `tidy`, which frees it.
   */
  readonly open: () => (x: Tensor) => Tensor;
}

/** A probe on top of what makes its features: the trunk of a network, or (null) the inputs themselves, of the given shape. */
export function probeClassifier(
  tf: Tf,
  trunk: Network | null,
  inputShape: readonly number[],
  probe: Probe,
): Classifier {
  const { weights, bias } = probe;
  return {
    inputShape,
    classes: bias.length,
    logits: (inputs, count) =>
      probeLogits(probe, trunk === null ? inputs : featuresOf(tf, trunk, inputs, count), count),
    open: () => {
      const kernel = tf.tensor(transposed32(weights), [weights.cols, weights.rows]);
      const shift = tf.tensor(Float32Array.from(bias), [1, bias.length]);
      const at = trunk === null ? null : weightTensors(tf, trunk);
      return (x) => {
        const h = trunk === null ? tf.reshape(x, [x.shape[0]!, weights.cols]) : features(tf, trunk, at!, x);
        return tf.add(tf.matMul(h, kernel), shift);
      };
    },
  };
}

/** All heads of a network at once: of T n inputs the n first are for task 0, and so on; as many inputs for every task. */
export function allHeadsClassifier(tf: Tf, network: Network): Classifier {
  const { tasks, classes, inputShape } = network;
  return {
    inputShape,
    classes,
    logits: (inputs, count) => {
      const [each, size] = [count / tasks, inputs.length / tasks];
      const result = new Float64Array(count * classes);
      for (let t = 0; t < tasks; t++) {
        const own = inputs.subarray(t * size, (t + 1) * size);
        result.set(logitsOf(tf, network, t, own, each), t * each * classes);
      }
      return result;
    },
    open: () => {
      const weights = weightTensors(tf, network);
      return (x) => tf.reshape(forwardAll(tf, network, weights, x), [x.shape[0]!, classes]);
    },
  };
}

function transposed32({ rows, cols, data }: Matrix): Float32Array {
  const result = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result[j * rows + i] = data[i * cols + j]!;
  return result;
}
