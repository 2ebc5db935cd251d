import { type ConvolutionAxis, convolutionBehind, convolve, type Margins } from "./convolution.js";
import type { KernelBody } from "./kernelCall.js";

/**
 * The gradient of a convolution in its input. With s the stride, t the zeros before, W the filter of length f and dy zero outside,
 *
 *     dx[h] = sum over u with s | h + t - u of  dy[(h + t - u) / s] W[u]          (one axis; channels and the other axis likewise)
 *
 * Write h + t = s q + a with 0 <= a < s: then u = a + s j, and
 *
 *     dx[s q + a - t] = sum over j < J of  dy[q - j] W[a + s j],    J = ceil(f / s), W zero from f on
 *
 * So for each remainder a it is a convolution of dy with every s-th entry of W in reverse order, stride 1. The s remainders of the rows and those of
 * the columns are channels of one convolution; its output, with q, a, q', a', channel in the right order of axes, is dx with up to s - 1 rows and
 * columns too many at either end. Nothing is multiplied by the zeros that a dilated dy would have.
 */
export const conv2dBackpropInput: KernelBody = (call) => {
  const { inputs, attrs } = call;
  const dy = inputs.dy!;
  const filter = inputs.filter!;
  const shape = attrs.inputShape as number[];
  const { batch, rows, columns, inChannels, outChannels } = convolutionBehind(call, shape, filter.shape, dy);
  if (batch === 0) return call.write(new Float32Array(0), shape);
  const vertical = phasesOf(rows);
  const horizontal = phasesOf(columns);
  const phases = call.write(
    filterPhases(call.read(filter) as Float32Array, rows, columns, inChannels, outChannels),
    [vertical.taps, horizontal.taps, outChannels, rows.stride * columns.stride * inChannels],
  );
  // b, q, q', (a, a', i)
  const all = convolve(call, dy, phases, vertical.margins, horizontal.margins, [1, 1]);
  // (b, q), q', a, (a', i)  ->  (b, q), a, q', (a', i)
  const apart = call.run(
    "Reshape",
    { x: all },
    {
      shape: [batch * vertical.count, horizontal.count, rows.stride, columns.stride * inChannels],
    },
  );
  const ordered = rows.stride === 1 ? apart : call.run("Transpose", { x: apart }, { perm: [0, 2, 1, 3] });
  const image = call.run(
    "Reshape",
    { x: ordered },
    {
      shape: [batch, vertical.count * rows.stride, horizontal.count * columns.stride, inChannels],
    },
  );
  const exact = image.shape.join() === shape.join();
  return exact
    ? image
    : call.run("Slice", { x: image }, { begin: [0, vertical.skip, horizontal.skip, 0], size: shape });
};

interface Phases {
  /** J above. */
  readonly taps: number;
  /** The number of q, from the first to the last that dx has. */
  readonly count: number;
  /** The zeros around dy with which the convolution has these q. */
  readonly margins: Margins;
  /** The entries of the first q that lie before dx. */
  readonly skip: number;
}

function phasesOf({ input, filter, output, stride, before }: ConvolutionAxis): Phases {
  const taps = Math.ceil(filter / stride);
  const first = Math.floor(before / stride);
  const count = Math.floor((before + input - 1) / stride) - first + 1;
  // The output at q sees dy[q - J + 1] to dy[q].
  const ahead = taps - 1 - first;
  return { taps, count, margins: [ahead, count + taps - 1 - output - ahead], skip: before - first * stride };
}

/** The filter [u, v, i, o] as [J - 1 - j, J' - 1 - j', o, (a, a', i)] with u = a + s j, v = a' + s' j', zero where u or v is too large. */
function filterPhases(
  weights: Float32Array,
  rows: ConvolutionAxis,
  columns: ConvolutionAxis,
  inChannels: number,
  outChannels: number,
): Float32Array {
  const down = Math.ceil(rows.filter / rows.stride);
  const across = Math.ceil(columns.filter / columns.stride);
  const width = rows.stride * columns.stride * inChannels;
  const out = new Float32Array(down * across * outChannels * width);
  for (let u = 0; u < rows.filter; u++) {
    const row = down - 1 - Math.floor(u / rows.stride);
    for (let v = 0; v < columns.filter; v++) {
      const column = across - 1 - Math.floor(v / columns.stride);
      const phase = (u % rows.stride) * columns.stride + (v % columns.stride);
      const from = (u * columns.filter + v) * inChannels * outChannels;
      const to = (row * across + column) * outChannels * width + phase * inChannels;
      for (let i = 0; i < inChannels; i++) {
        for (let o = 0; o < outChannels; o++) {
          out[to + o * width + i] = weights[from + i * outChannels + o]!;
        }
      }
    }
  }
  return out;
}
