import { convolutionOf } from "./convolution.js";
import type { KernelBody } from "./kernelCall.js";

/**
 * The stock convolution with two defects avoided. Where tensorflow.js works out a wrong output shape, the stock kernel would write over other tensors:
 * an error instead. And padding "same" is passed on as numbers: asked for it by name, the stock kernel returns wrong numbers when a filter is shorter
 * than its stride (the padding it works out is negative).
 */
export const conv2d: KernelBody = (call) => {
  const { x, filter } = call.inputs;
  const { rows, columns } = convolutionOf(call, x!.shape, filter!.shape);
  const pad = [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ];
  return call.stock({ x: x!, filter: filter! }, { ...call.attrs, pad });
};
