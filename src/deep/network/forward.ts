import type { Tensor, Tf } from "../tensors/tf.js";
import type { Network } from "./network.js";

/** The weights of a network as tensors, by the same names. */
export type WeightTensors = Readonly<Record<string, Tensor>>;

/** Puts the weights of a network on the backend; the caller's `tidy`, or `dispose`, frees them. */
export function weightTensors(tf: Tf, network: Network): WeightTensors {
  const tensors: Record<string, Tensor> = {};
  for (const [name, values] of Object.entries(network.weights)) {
    tensors[name] = tf.tensor(values, [...network.shapes[name]!]);
  }
  return tensors;
}

/** `count` inputs, row-major, as the tensor that {@link features} takes: `[count, ...inputShape]`. */
export function inputTensor(tf: Tf, network: Network, inputs: Float32Array, count: number): Tensor {
  return tf.tensor(inputs, [count, ...network.inputShape]);
}

/** The features of inputs `[n, ...inputShape]`: `[n, width]`. Differentiable in the inputs and the weights. */
export function features(tf: Tf, network: Network, weights: WeightTensors, x: Tensor): Tensor {
  let h = x;
  for (const { name, kind, shape } of network.layers) {
    const kernel = weights[`${name}.kernel`]!;
    const bias = weights[`${name}.bias`]!;
    h =
      kind === "convolution"
        ? tf.conv2d(h as never, kernel as never, strideOf(network), "same")
        : tf.matMul(tf.reshape(h, [h.shape[0]!, shape[0]!]), kernel);
    h = tf.relu(tf.add(h, bias));
  }
  return h;
}

/**
 * The logits of one task for inputs `[n, ...inputShape]`: `[n, k]`. Differentiable in the inputs and the weights; what attacks, the average gradient
 * outer product and fine-tuning take gradients of.
 *
 * @example tf.grad((x) => tf.sum(forward(tf, network, weights, x, 0)))(x) // the gradient in the inputs
 */
export function forward(tf: Tf, network: Network, weights: WeightTensors, x: Tensor, task: number): Tensor {
  const { width, classes, tasks } = network;
  const h = features(tf, network, weights, x);
  const kernel = headOf(tf, weights["heads.kernel"]!, tasks, task, [width, classes]);
  const bias = headOf(tf, weights["heads.bias"]!, tasks, task, [1, classes]);
  return tf.add(tf.matMul(h, kernel), bias);
}

/**
 * The logits of all tasks at once, each for samples of its own: inputs `[T n, ...inputShape]`, the n of task 0 first, give `[T, n, k]`. The trunk is one
 * product for all of them, so a step of T tasks costs what a step of one task with T n samples does.
 */
export function forwardAll(tf: Tf, network: Network, weights: WeightTensors, x: Tensor): Tensor {
  const { width, tasks } = network;
  const h = tf.reshape(features(tf, network, weights, x), [tasks, x.shape[0]! / tasks, width]);
  return tf.add(tf.matMul(h, weights["heads.kernel"]!), weights["heads.bias"]!);
}

function headOf(tf: Tf, all: Tensor, tasks: number, task: number, shape: [number, number]): Tensor {
  // A reshape is free where a slice would copy, and its gradient pad.
  if (tasks === 1) return tf.reshape(all, shape);
  return tf.reshape(tf.slice(all, [task, 0, 0], [1, ...shape]), shape);
}

function strideOf(network: Network): number {
  return network.architecture.kind === "cnn" ? network.architecture.stride : 1;
}
