import { type ConvolutionAxis, convolutionBehind, convolve, type Margins } from "./convolution.js";
import type { KernelBody } from "./kernelCall.js";

/**
 * The gradient of a convolution in its filter, which wasm lacks. With x the input (zero outside), s the stride, t the zeros before, b the sample,
 *
 *     dW[u, v, i, o] = sum over b, y, z of  x[b, y s + u - t, z s + v - t, i] dy[b, y, z, o]
 *
 * Read (u, v) as the place in an output, (y, z) as the place in a filter with entries s apart, b as the channel that is summed over and i as the
 * sample: this is again a convolution, of the image x[i, :, :, b] by the filter dy[y, z, b, o], with stride 1 and dilation s. It costs as many
 * multiplications as the forward convolution, in XNNPACK's fast loop over b, and no array is larger than x, dy or W.
 *
 * The zeros after x are as many as give f outputs: (f - 1) + (n - 1) s + 1 places in all for n outputs of the forward convolution, t of them before x.
 * When a stride leaves the last rows of x unused that number is negative, and the rows are taken away.
 */
export const conv2dBackpropFilter: KernelBody = (call) => {
  const { inputs, attrs } = call;
  const x = inputs.x!;
  const dy = inputs.dy!;
  const filterShape = attrs.filterShape as number[];
  const { batch, rows, columns } = convolutionBehind(call, x.shape, filterShape, dy);
  if (batch === 0) return call.write(new Float32Array(filterShape.reduce((a, b) => a * b, 1)), filterShape);
  const image = call.run("Transpose", { x }, { perm: [3, 1, 2, 0] });
  const filter = call.run("Transpose", { x: dy }, { perm: [1, 2, 0, 3] });
  const dilations = [rows.stride, columns.stride] as const;
  // i, u, v, o
  const gradient = convolve(call, image, filter, marginsOf(rows), marginsOf(columns), dilations);
  return call.run("Transpose", { x: gradient }, { perm: [1, 2, 0, 3] });
};

function marginsOf({ input, filter, output, stride, before }: ConvolutionAxis): Margins {
  const places = filter + (output - 1) * stride;
  return [before, places - before - input];
}
