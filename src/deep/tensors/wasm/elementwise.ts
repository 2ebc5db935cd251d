import type { KernelBody } from "./kernelCall.js";

/**
 * A tensor with the same numbers: shared, as tensorflow.js does on its other backends and in Reshape. The stock kernel copies, and every activation
 * that a gradient needs passes through it.
 */
export const identity: KernelBody = (call) => {
  const x = call.inputs.x!;
  return call.run("Reshape", { x }, { shape: x.shape });
};

/**
 * -1, 0 or 1, as [x > 0] - [-x > 0]. The stock kernel takes seven times as long, has 0 for subnormal numbers, and 0 for NaN, which an attack by the sign of
 * a gradient would take for a place where nothing is to be done; here NaN stays NaN.
 */
export const sign: KernelBody = (call) => {
  const x = call.inputs.x!;
  if (x.dtype !== "float32") return call.stock({ x });
  const negative = call.run("Step", { x: call.run("Neg", { x }) }, { alpha: 0 });
  return call.run("Sub", { a: call.run("Step", { x }, { alpha: 0 }), b: negative });
};

/** x held within two bounds. The stock kernel makes NaN the lower bound; times a step of height 1 on both sides, which is NaN at NaN, it stays NaN. */
export const clipByValue: KernelBody = (call) => {
  const x = call.inputs.x!;
  const clipped = call.stock({ x }, call.attrs);
  if (x.dtype !== "float32") return clipped;
  return call.run("Multiply", { a: clipped, b: call.run("Step", { x }, { alpha: 1 }) });
};
