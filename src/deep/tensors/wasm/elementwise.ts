import type { KernelBody } from "./kernelCall.js";

/**
 * A tensor with the same numbers: shared, as in Reshape and on the other backends. The stock kernel copies, and every activation that a gradient needs
 * passes through it.
 */
export const identity: KernelBody = (call) => {
  const x = call.inputs.x!;
  return call.run("Reshape", { x }, { shape: x.shape });
};

/**
 * -1, 0 or 1, as [x > 0] - [-x > 0]. The stock kernel takes seven times as long, has 0 for subnormal numbers, and 0 for NaN, which an attack by the sign of
 * a gradient would take for a place where nothing is to be done. Here NaN stays NaN (the cpu backend has 0).
 */
export const sign: KernelBody = (call) => {
  const x = call.inputs.x!;
  if (x.dtype !== "float32") return call.stock({ x });
  const negative = call.run("Step", { x: call.run("Neg", { x }) }, { alpha: 0 });
  return call.run("Sub", { a: call.run("Step", { x }, { alpha: 0 }), b: negative });
};

/**
 * A stock kernel that takes NaN in the named inputs for a number, made to return NaN there: Relu6 has 0, Maximum and Minimum have the first number
 * where the second is NaN. Its result is multiplied by a step of height 1 on both sides, which is NaN at NaN.
 */
export function keepingNaN(...names: string[]): KernelBody {
  return (call) => {
    let result = call.stock(call.inputs, call.attrs);
    for (const name of names) {
      const x = call.inputs[name]!;
      if (x.dtype !== "float32") continue;
      result = call.run("Multiply", { a: result, b: call.run("Step", { x }, { alpha: 1 }) });
    }
    return result;
  };
}

const clipped = keepingNaN("x");

/** x held within two bounds. The stock kernel makes NaN the lower bound, and reads integers as the floats of the same bits: an error here. */
export const clipByValue: KernelBody = (call) => {
  const { dtype } = call.inputs.x!;
  if (dtype !== "float32") throw new Error(`the wasm backend clips float32 only, received ${dtype}`);
  return clipped(call);
};

/** Another type of number; as bool, 1 for whatever is not 0. The stock kernel keeps the low byte: 0 for 0.5 and 255 for -1. */
export const cast: KernelBody = (call) => {
  const x = call.inputs.x!;
  if (call.attrs.dtype !== "bool" || (x.dtype !== "float32" && x.dtype !== "int32")) {
    return call.stock({ x }, call.attrs);
  }
  const Numbers = x.dtype === "float32" ? Float32Array : Int32Array;
  return call.run("NotEqual", { a: x, b: call.write(new Numbers(1), [], x.dtype) });
};
