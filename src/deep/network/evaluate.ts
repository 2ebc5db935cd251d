import { badInput, requireInteger } from "../../core/guards.js";
import type { Tf } from "../tensors/tf.js";
import { features, inputTensor, weightTensors } from "./forward.js";
import type { Network } from "./network.js";

/** Inputs on the backend at a time: enough to keep it busy, little enough for a few megabytes. */
const CHUNK = 1024;

/**
 * The features of `count` inputs (`count x p`, row-major): `count x width`, row-major. Cost: one forward pass.
 * Throws `bad-input` when the inputs are not `count` rows of the network's input size.
 */
export function featuresOf(tf: Tf, network: Network, inputs: Float32Array, count: number): Float32Array {
  const size = network.inputShape.reduce((product, side) => product * side, 1);
  if (inputs.length !== count * size) throw badInput("inputs", `${count} x ${size} numbers`, inputs.length);
  const result = new Float32Array(count * network.width);
  tf.tidy(() => {
    const weights = weightTensors(tf, network);
    for (let start = 0; start < count; start += CHUNK) {
      const end = Math.min(count, start + CHUNK);
      tf.tidy(() => {
        const x = inputTensor(tf, network, inputs.subarray(start * size, end * size), end - start);
        result.set(features(tf, network, weights, x).dataSync(), start * network.width);
      });
    }
  });
  return result;
}

/**
 * The logits of one task for `count` inputs: `count x k`, row-major, in 64 bits from 32-bit features. Cost and errors as {@link featuresOf}.
 */
export function logitsOf(
  tf: Tf,
  network: Network,
  task: number,
  inputs: Float32Array,
  count: number,
): Float64Array {
  requireInteger("task", task, 0, network.tasks - 1);
  const { width, classes } = network;
  const h = featuresOf(tf, network, inputs, count);
  const kernel = network.weights["heads.kernel"]!.subarray(task * width * classes);
  const bias = network.weights["heads.bias"]!.subarray(task * classes);
  const logits = new Float64Array(count * classes);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < classes; c++) {
      let sum = bias[c]!;
      for (let j = 0; j < width; j++) sum += h[i * width + j]! * kernel[j * classes + c]!;
      logits[i * classes + c] = sum;
    }
  }
  return logits;
}

/** The logarithms of class probabilities from logits, row by row, in place of the logits: z - max - log sum exp(z - max). */
export function logSoftmaxRows(logits: Float64Array, classes: number): Float64Array {
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = row.reduce((sum, z) => sum + Math.exp(z - most), 0);
    const rest = Math.log(total);
    for (let c = 0; c < classes; c++) row[c] = row[c]! - most - rest;
  }
  return logits;
}
