import { requireInteger } from "../../core/guards.js";
import { normalVector } from "../../random/distributions/haarFrame.js";
import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { type Architecture, featureWidth, type Layer, trunkLayers } from "./architecture.js";

/** The weights of a network at rest, by name, in a fixed order: comparable byte by byte, and free of any backend. */
export type Weights = Readonly<Record<string, Float32Array>>;

/**
 * One trunk and T linear heads on its features, `logits_t = relu-features(x) H_t + b_t` with k classes each. The names of the weights are `layer1.kernel`,
 * `layer1.bias`, ..., `heads.kernel` (`T x width x k`) and `heads.bias` (`T x 1 x k`), all row-major.
 */
export interface Network {
  readonly architecture: Architecture;
  /** `[p]`, or `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  readonly tasks: number;
  readonly classes: number;
  /** The trunk, from the input to the features. */
  readonly layers: readonly Layer[];
  /** The number of features. */
  readonly width: number;
  /** The shape of every weight. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly weights: Weights;
}

/**
 * A network before training: kernels of the trunk N(0, 2 / fan-in) (He, Zhang, Ren and Sun, ICCV 2015), of the heads N(0, 1 / width), biases 0. The
 * weights are a function of the key and the shapes alone, so every arm of a replication starts from the same ones.
 *
 * Throws `bad-input` on an architecture that does not fit the inputs.
 *
 * @example initialNetwork({ kind: "mlp", hidden: [64] }, { inputShape: [100], tasks: 40, classes: 2 }, [7]).width // 64
 */
export function initialNetwork(
  architecture: Architecture,
  problem: { readonly inputShape: readonly number[]; readonly tasks: number; readonly classes: number },
  key: StreamKey,
): Network {
  const { inputShape, tasks, classes } = problem;
  requireInteger("network tasks", tasks, 1);
  requireInteger("network classes", classes, 2, 256);
  const layers = trunkLayers(architecture, inputShape);
  const width = featureWidth(layers);
  const shapes: Record<string, readonly number[]> = {};
  const weights: Record<string, Float32Array> = {};
  const add = (name: string, shape: readonly number[], variance: number): void => {
    shapes[name] = shape;
    const count = shape.reduce((product, side) => product * side, 1);
    const sd = Math.sqrt(variance);
    weights[name] =
      sd === 0
        ? new Float32Array(count)
        : Float32Array.from(normalVector(keyedStream([...key, "weights", name]), count), (z) => sd * z);
  };
  for (const layer of layers) {
    add(`${layer.name}.kernel`, layer.shape, 2 / layer.fanIn);
    add(`${layer.name}.bias`, [layer.shape.at(-1)!], 0);
  }
  add("heads.kernel", [tasks, width, classes], 1 / width);
  add("heads.bias", [tasks, 1, classes], 0);
  return { architecture, inputShape, tasks, classes, layers, width, shapes, weights };
}

/** The same network with other weights. */
export function withWeights(network: Network, weights: Weights): Network {
  return { ...network, weights };
}
