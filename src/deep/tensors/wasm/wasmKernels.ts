import type { Tf } from "../tf.js";
import { batchMatMul } from "./batchMatMul.js";
import { conv2d } from "./conv2d.js";
import { conv2dBackpropFilter } from "./conv2dBackpropFilter.js";
import { conv2dBackpropInput } from "./conv2dBackpropInput.js";
import { cast, clipByValue, identity, keepingNaN, sign } from "./elementwise.js";
import { fusedConv2d, fusedMatMul } from "./fused.js";
import type { KernelBody } from "./kernelCall.js";
import { maxPoolGrad } from "./maxPoolGrad.js";
import { oneHotKernel } from "./oneHotKernel.js";
import { replaceKernels, restoreKernels } from "./replaceKernels.js";
import { unsortedSegmentSum } from "./unsortedSegmentSum.js";

/**
 * The kernels of the wasm backend that are missing, slow or wrong in tensorflow.js 4.22, by the names that tensorflow.js calls them. Looked at: what the
 * training of networks uses, on 32-bit floats. Other operations are the stock ones; test/deep/tensors/wasm/operations.test.ts says which were compared.
 */
const BODIES: Readonly<Record<string, KernelBody>> = {
  BatchMatMul: batchMatMul,
  Cast: cast,
  ClipByValue: clipByValue,
  Conv2D: conv2d,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  Conv2DBackpropInput: conv2dBackpropInput,
  FusedConv2D: fusedConv2d,
  Identity: identity,
  MaxPoolGrad: maxPoolGrad,
  Maximum: keepingNaN("b"),
  Minimum: keepingNaN("b"),
  OneHot: oneHotKernel,
  Relu6: keepingNaN("x"),
  Sign: sign,
  UnsortedSegmentSum: unsortedSegmentSum,
  _FusedMatMul: fusedMatMul,
};

/** Registers our kernels on wasm, before the backend starts; again after `useStockKernels`. */
export function useOurKernels(tf: Tf): void {
  replaceKernels(tf, BODIES);
}

/** Puts the stock kernels back, for comparisons. */
export function useStockKernels(tf: Tf): void {
  restoreKernels(tf, Object.keys(BODIES));
}
