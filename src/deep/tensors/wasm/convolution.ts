import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "./kernelCall.js";

/** One axis of a convolution: `output[y]` sums `filter[u] input[y stride + u - before]` over u, wherever the input has such an entry. */
export interface ConvolutionAxis {
  readonly input: number;
  readonly filter: number;
  readonly output: number;
  readonly stride: number;
  /** Zeros put before the input, and after it. */
  readonly before: number;
  readonly after: number;
}

/** The shapes of a 2-d convolution, channels last: its batch, its rows and columns, its channels in and out. */
export interface Convolution {
  readonly batch: number;
  readonly rows: ConvolutionAxis;
  readonly columns: ConvolutionAxis;
  readonly inChannels: number;
  readonly outChannels: number;
}

/**
 * The convolution that a kernel is asked for, or whose gradient it is asked for, from the attributes that tensorflow.js passes on.
 *
 * Throws when the channels are not last, and when tensorflow.js works out another output than these strides give: it does so for a padding given as
 * one number with unequal strides (it uses the first for both axes) and for sizes rounded up, and the stock kernel would then write beyond its result.
 */
export function convolutionOf(
  { tf, attrs }: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
): Convolution {
  if (attrs.dataFormat !== "NHWC") {
    throw new Error(`the wasm backend convolves with dataFormat "NHWC" only, received ${attrs.dataFormat}`);
  }
  type Four = [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Four,
    filterShape as Four,
    attrs.strides as number,
    (attrs.dilations as number | undefined) ?? 1,
    attrs.pad as "same",
    attrs.dimRoundingMode as "floor",
  );
  const { padInfo } = info;
  const rows: ConvolutionAxis = {
    input: info.inHeight,
    filter: info.filterHeight,
    output: info.outHeight,
    stride: info.strideHeight,
    before: padInfo.top,
    after: padInfo.bottom,
  };
  const columns: ConvolutionAxis = {
    input: info.inWidth,
    filter: info.filterWidth,
    output: info.outWidth,
    stride: info.strideWidth,
    before: padInfo.left,
    after: padInfo.right,
  };
  const fits = (axis: ConvolutionAxis, filter: number): boolean =>
    axis.output === Math.floor((axis.before + axis.input + axis.after - filter) / axis.stride) + 1;
  if (!fits(rows, info.effectiveFilterHeight) || !fits(columns, info.effectiveFilterWidth)) {
    throw new Error(
      `a convolution of [${inputShape}] by [${filterShape}] with strides [${info.strideHeight}, ${info.strideWidth}] has no output of shape ` +
        `[${info.outShape}]; give the padding as "same", "valid" or four pairs, and round sizes down`,
    );
  }
  return {
    batch: info.batchSize,
    rows,
    columns,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
  };
}

/** The convolution whose gradient `dy` a kernel is given; throws when `dy` has another shape than its output. Dilated filters have no gradient in tensorflow.js. */
export function convolutionBehind(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
  dy: TensorInfo,
): Convolution {
  const convolution = convolutionOf(call, inputShape, filterShape);
  const { batch, rows, columns, outChannels } = convolution;
  const shape = [batch, rows.output, columns.output, outChannels];
  if (shape.join() === dy.shape.join()) return convolution;
  throw new Error(
    `the gradient of a convolution has the shape of its output, [${shape}], received [${dy.shape}]`,
  );
}

/** Zeros around an axis; a negative number takes entries away. */
export type Margins = readonly [before: number, after: number];

/**
 * Convolution, channels last, stride 1, of an image with zeros around it (or less of it); the filter's entries are `dilations` apart.
 * Zeros where nothing of the image is left.
 */
export function convolve(
  call: KernelCall,
  image: TensorInfo,
  filter: TensorInfo,
  rows: Margins,
  columns: Margins,
  dilations: readonly [number, number],
): TensorInfo {
  const [samples, height, width, channels] = image.shape as [number, number, number, number];
  const size = [samples, height - lost(rows), width - lost(columns), channels];
  if (size[1]! <= 0 || size[2]! <= 0) {
    const down = outputs(height, rows, filter.shape[0]!, dilations[0]);
    const across = outputs(width, columns, filter.shape[1]!, dilations[1]);
    const shape = [samples, down, across, filter.shape[3]!];
    return call.write(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
  }
  const begin = [0, Math.max(0, -rows[0]), Math.max(0, -columns[0]), 0];
  const whole = size[1] === height && size[2] === width;
  const padded = [rows, columns].map((margins) => margins.map((margin) => Math.max(0, margin)));
  return call.run(
    "Conv2D",
    { x: whole ? image : call.run("Slice", { x: image }, { begin, size }), filter },
    { strides: [1, 1], dilations, pad: [[0, 0], ...padded, [0, 0]], dataFormat: "NHWC" },
  );
}

/** The number of entries that margins take away. */
const lost = ([before, after]: Margins): number => Math.max(0, -before) + Math.max(0, -after);

/** The length of an axis of the output. */
const outputs = (length: number, [before, after]: Margins, filter: number, dilation: number): number =>
  before + length + after - (filter - 1) * dilation;
