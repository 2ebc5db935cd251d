import type { KernelBackend, KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import type { Tf } from "../tf.js";

const NAME = "BatchMatMul";

/**
 * Products with transposed factors on wasm: the stock kernel takes a slow path when a transpose flag is set, and autodiff sets one in every
 * backward pass. A^T B costs less as a transposition followed by the plain product.
 */
export function registerBatchMatMul(tf: Tf): void {
  const stock = tf.getKernel(NAME, "wasm");
  const transpose = tf.getKernel("Transpose", "wasm");
  if (stock === undefined || transpose === undefined || "ours" in stock) return;
  const kernelFunc: KernelConfig["kernelFunc"] = ({ inputs, backend, attrs }) => {
    const flipped: TensorInfo[] = [];
    const plain = (x: TensorInfo, flag: unknown): TensorInfo => {
      if (flag !== true) return x;
      const rank = x.shape.length;
      const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
      const y = transpose.kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as TensorInfo;
      flipped.push(y);
      return y;
    };
    const a = plain(inputs.a!, attrs?.transposeA);
    const b = plain(inputs.b!, attrs?.transposeB);
    const out = stock.kernelFunc({
      inputs: { a, b },
      backend,
      attrs: { ...attrs, transposeA: false, transposeB: false },
    });
    for (const info of flipped) (backend as KernelBackend).disposeData(info.dataId);
    return out;
  };
  const ours: KernelConfig & { ours: true } = { ...stock, kernelFunc, ours: true };
  tf.unregisterKernel(NAME, "wasm");
  tf.registerKernel(ours);
}
