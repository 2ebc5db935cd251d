import type { KernelBody } from "./kernelCall.js";

/**
 * Rows that are `onValue` at an index and `offValue` elsewhere, all `offValue` for an index outside. The stock kernel writes integers whatever the type asked for: as
 * float32 their bits are about 1e-45, so that a loss has no gradient, and as bool they take four times the memory that is there.
 */
export const oneHotKernel: KernelBody = (call) => {
  const indices = call.inputs.indices!;
  const { depth, onValue, offValue, dtype } = call.attrs as {
    depth: number;
    onValue: number;
    offValue: number;
    dtype: "float32" | "int32" | "bool";
  };
  const rows = call.read(indices);
  const Numbers = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  const values = new Numbers(rows.length * depth).fill(offValue);
  rows.forEach((index, row) => {
    if (0 <= index && index < depth) values[row * depth + index] = onValue;
  });
  return call.write(values, [...indices.shape, depth], dtype);
};
