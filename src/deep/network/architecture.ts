import { badInput, requireInteger } from "../../core/guards.js";

/** Fully connected layers with ReLU, of the widths given; the last is the feature layer. */
export interface MlpArchitecture {
  readonly kind: "mlp";
  /** Widths, at least one, each >= 1. */
  readonly hidden: readonly number[];
}

/** Convolutions with ReLU ("same" padding, no pooling: the stride does it), then one fully connected layer with ReLU, the feature layer. */
export interface CnnArchitecture {
  readonly kind: "cnn";
  /** Channels of each convolution, at least one. */
  readonly filters: readonly number[];
  /** The side of the square kernels. */
  readonly kernel: number;
  readonly stride: number;
  /** The width of the feature layer. */
  readonly dense: number;
}

export type Architecture = MlpArchitecture | CnnArchitecture;

/** The small CNN for images of about 28 x 28. */
export const SMALL_CNN: CnnArchitecture = { kind: "cnn", filters: [16, 32], kernel: 3, stride: 2, dense: 64 };

/** One layer of the trunk: its weights are `NAME.kernel` of this shape and `NAME.bias`, as long as the shape's last entry. */
export interface Layer {
  readonly name: string;
  readonly kind: "dense" | "convolution";
  /** `[in, out]`, or `[side, side, in channels, out channels]`. */
  readonly shape: readonly number[];
  /** How many inputs a unit sees. */
  readonly fanIn: number;
}

/**
 * The layers of a trunk from the input to the features, named `layer1`, `layer2`, ...; an MLP's `layer1.kernel` is the `p x h` matrix whose top left
 * singular subspace is compared with span(B). Throws `bad-input` on an architecture that does not fit the input shape.
 *
 * @example trunkLayers({ kind: "mlp", hidden: [128] }, [784])[0].shape // [784, 128]
 */
export function trunkLayers(architecture: Architecture, inputShape: readonly number[]): Layer[] {
  const size = inputShape.reduce((product, side) => product * side, 1);
  requireInteger("network input size", size, 1);
  if (architecture.kind === "mlp") return denseLayers(architecture.hidden, size, 1);
  if (architecture.kind !== "cnn")
    throw badInput("network.kind", '"mlp" or "cnn"', (architecture as Architecture).kind);
  const { filters, kernel, stride, dense } = architecture;
  if (inputShape.length !== 3) {
    throw badInput("network.kind", '"mlp" for inputs that are no images', "cnn", "Use an MLP.");
  }
  requireInteger("network.kernel", kernel, 1);
  requireInteger("network.stride", stride, 1, kernel);
  requireSizes("network.filters", filters);
  let [height, width, channels] = inputShape as [number, number, number];
  const layers: Layer[] = [];
  for (const count of filters) {
    layers.push({
      name: `layer${layers.length + 1}`,
      kind: "convolution",
      shape: [kernel, kernel, channels, count],
      fanIn: kernel * kernel * channels,
    });
    [height, width, channels] = [Math.ceil(height / stride), Math.ceil(width / stride), count];
  }
  return [...layers, ...denseLayers([dense], height * width * channels, layers.length + 1)];
}

/** The number of features of a trunk. */
export function featureWidth(layers: readonly Layer[]): number {
  return layers.at(-1)!.shape.at(-1)!;
}

function denseLayers(widths: readonly number[], inputs: number, first: number): Layer[] {
  requireSizes("network.hidden", widths);
  return widths.map((width, i) => {
    const fanIn = i === 0 ? inputs : widths[i - 1]!;
    return { name: `layer${first + i}`, kind: "dense", shape: [fanIn, width], fanIn };
  });
}

function requireSizes(parameter: string, sizes: readonly number[]): void {
  if (!(sizes.length >= 1)) throw badInput(parameter, "a list of at least one size", sizes);
  for (const size of sizes) requireInteger(parameter, size, 1, 1 << 16);
}
