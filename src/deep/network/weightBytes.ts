import type { Weights } from "./network.js";

/** Weights one after another as 32-bit little-endian numbers, groups and weights in the order given: the same bytes on every machine, and the same numbers back. */
export function bytesOfWeights(groups: readonly Weights[]): Uint8Array {
  const arrays = groups.flatMap((group) => Object.values(group));
  const bytes = new Uint8Array(4 * arrays.reduce((sum, values) => sum + values.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]!, true);
  }
  return bytes;
}

/** How many bytes the weights take. */
export function sizeOfWeights(weights: Weights): number {
  return 4 * Object.values(weights).reduce((sum, values) => sum + values.length, 0);
}

/** Reads what {@link bytesOfWeights} wrote, one group of weights like `like` at every call. */
export function weightsReader(bytes: Uint8Array, like: Weights): () => Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): number => {
    at += 4;
    return view.getFloat32(at - 4, true);
  };
  return () =>
    Object.fromEntries(
      Object.entries(like).map(([name, { length }]) => [name, Float32Array.from({ length }, next)]),
    );
}
