import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelBody, KernelCall } from "./kernelCall.js";

/**
 * An operation, a bias added, an activation, as three kernels. The stock kernel that does them at once adds the bias once for every 48 terms of the sum
 * when a factor is transposed, and shares the defects of the kernel that it extends.
 */
export function fused(operation: (call: KernelCall) => TensorInfo): KernelBody {
  return (call) => {
    const { inputs, attrs } = call;
    const plain = operation(call);
    const x = inputs.bias == null ? plain : call.run("Add", { a: plain, b: inputs.bias });
    switch (attrs.activation) {
      case "linear":
        return x;
      case "relu":
        return call.run("Relu", { x });
      case "relu6":
        return call.run("Relu6", { x });
      case "elu":
        return call.run("Elu", { x });
      case "sigmoid":
        return call.run("Sigmoid", { x });
      case "leakyrelu":
        return call.run("LeakyRelu", { x }, { alpha: attrs.leakyreluAlpha });
      case "prelu":
        return call.run("Prelu", { x, alpha: inputs.preluActivationWeights! });
      default:
        throw new Error(`the wasm backend has no activation ${attrs.activation}`);
    }
  };
}

export const fusedMatMul: KernelBody = fused((call) =>
  call.run("BatchMatMul", { a: call.inputs.a!, b: call.inputs.b! }, call.attrs),
);

export const fusedConv2d: KernelBody = fused((call) =>
  call.run("Conv2D", { x: call.inputs.x!, filter: call.inputs.filter! }, call.attrs),
);
