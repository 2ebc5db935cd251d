import type { Architecture } from "../../../src/deep/network/architecture.js";
import { initialNetwork, type Network, withWeights } from "../../../src/deep/network/network.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

/** An MLP on R^p whose weights, biases included, are random. */
export function smallMlp(
  key: unknown,
  p: number,
  hidden: readonly number[],
  tasks: number,
  classes: number,
): Network {
  return randomized(key, { kind: "mlp", hidden }, [p], tasks, classes);
}

/** A network of any architecture whose weights, biases included, are random. */
export function randomized(
  key: unknown,
  architecture: Architecture,
  inputShape: readonly number[],
  tasks: number,
  classes: number,
): Network {
  const network = initialNetwork(architecture, { inputShape, tasks, classes }, ["test network", key]);
  const rng = keyedStream(["test biases", key]);
  return changed(network, (name, values) =>
    name.endsWith(".bias") ? values.map(() => 0.5 * rng.normal()) : values,
  );
}

/** The network with each of its weights replaced. */
export function changed(
  network: Network,
  change: (name: string, values: Float32Array) => Float32Array,
): Network {
  return withWeights(
    network,
    Object.fromEntries(Object.entries(network.weights).map(([name, values]) => [name, change(name, values)])),
  );
}

/** The logits of an MLP for one input in 64 bits, from the definition. */
export function mlpLogits(network: Network, task: number, x: ArrayLike<number>): number[] {
  let h = Array.from(x);
  for (const { name, shape } of network.layers) {
    const [rows, cols] = shape as [number, number];
    const kernel = network.weights[`${name}.kernel`]!;
    h = Array.from(network.weights[`${name}.bias`]!, (b, j) => {
      let sum = b;
      for (let i = 0; i < rows; i++) sum += h[i]! * kernel[i * cols + j]!;
      return Math.max(0, sum);
    });
  }
  const { width, classes } = network;
  return Array.from({ length: classes }, (_, c) => {
    let sum = network.weights["heads.bias"]![task * classes + c]!;
    for (let j = 0; j < width; j++) {
      sum += h[j]! * network.weights["heads.kernel"]![(task * width + j) * classes + c]!;
    }
    return sum;
  });
}

/** `count` standard normal inputs for each of some tasks. */
export function normalParts(
  key: unknown,
  tasks: number,
  count: number,
  p: number,
): { count: number; features: number; inputs: Float32Array }[] {
  const rng = keyedStream(["test inputs", key]);
  return Array.from({ length: tasks }, () => ({
    count,
    features: p,
    inputs: Float32Array.from({ length: count * p }, () => rng.normal()),
  }));
}
