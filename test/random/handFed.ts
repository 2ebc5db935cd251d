import type { Rng } from "../../src/random/keyedStream.js";

/** A stream that hands out these numbers and no others: to ask for one more is an error, and `left` counts what was not asked for. */
export function handFed(
  uniforms: readonly number[],
  normals: readonly number[] = [],
): Rng & { readonly left: () => [uniforms: number, normals: number] } {
  let u = 0;
  let z = 0;
  const take = (list: readonly number[], at: number): number => {
    const value = list[at];
    if (value === undefined) throw new Error(`only ${list.length} numbers, one more was asked for`);
    return value;
  };
  return {
    uniform: () => take(uniforms, u++),
    normal: () => take(normals, z++),
    left: () => [uniforms.length - u, normals.length - z],
  };
}
