import type { KernelBody } from "./kernelCall.js";

/**
 * The gradient of max pooling: each entry of dy goes to the first place of its window where the input is largest. Worked out on the host: the stock
 * kernel looks for a maximum above the least positive number and loses the gradient of windows without one.
 * Cost: one look at every entry of every window. Channels last.
 */
export const maxPoolGrad: KernelBody = (call) => {
  const { dy, input } = call.inputs;
  const shape = input!.shape as [number, number, number, number];
  const { attrs } = call;
  const info = call.tf.backend_util.computePool2DInfo(
    shape,
    attrs.filterSize as number,
    attrs.strides as number,
    1,
    attrs.pad as "same",
    attrs.dimRoundingMode as "floor",
  );
  const x = call.read(input!);
  const slopes = call.read(dy!);
  const [, height, width, channels] = shape;
  const gradient = new Float32Array(x.length);
  const { top, left } = info.padInfo;
  for (let k = 0; k < slopes.length; k++) {
    const channel = k % channels;
    const column = Math.floor(k / channels) % info.outWidth;
    const row = Math.floor(k / (channels * info.outWidth)) % info.outHeight;
    const sample = Math.floor(k / (channels * info.outWidth * info.outHeight));
    const firstRow = row * info.strideHeight - top;
    const firstColumn = column * info.strideWidth - left;
    let largest = -1;
    for (let i = Math.max(0, firstRow); i < Math.min(height, firstRow + info.filterHeight); i++) {
      for (let j = Math.max(0, firstColumn); j < Math.min(width, firstColumn + info.filterWidth); j++) {
        const place = ((sample * height + i) * width + j) * channels + channel;
        if (largest < 0 || x[place]! > x[largest]!) largest = place;
      }
    }
    if (largest >= 0) gradient[largest]! += slopes[k]!;
  }
  return call.write(gradient, shape);
};
