import type { KernelBackend } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import type { Tensor, Tf } from "../../../src/deep/tensors/tf.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

await loadBackend("cpu");
/** Both backends are there, and wasm computes. */
export const tf: Tf = (await loadBackend("wasm")).tf;

/** Numbers and their shape, on the host. */
export interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}

/** Tensors and buffers of numbers that are alive on the present backend. A kernel's own buffers are no tensors: only the second count sees them. */
export function alive(): [tensors: number, buffers: number] {
  return [tf.memory().numTensors, (tf.engine().backend as KernelBackend).numDataIds()];
}

/** What `compute` returns on a backend; checks that nothing is left behind. A backend that has been started is switched to at once. */
export function on(backend: "cpu" | "wasm", compute: () => Tensor[]): Result[] {
  void tf.setBackend(backend);
  expect(tf.getBackend()).toBe(backend);
  try {
    const before = alive();
    const results = tf.tidy(() =>
      compute().map(({ shape, dtype, dataSync }, k, all) => ({
        shape,
        dtype,
        values: Array.from(dataSync.call(all[k]!) as ArrayLike<number>),
      })),
    ) as unknown as Result[];
    expect(alive()).toEqual(before);
    return results;
  } finally {
    void tf.setBackend("wasm");
  }
}

const POOL = Float32Array.from(
  { length: 4093 },
  (
    (rng) => () =>
      rng.normal()
  )(keyedStream(["test tensors"])),
);

/** Standard normal numbers, from another place of one pool for every name. */
export function normals(shape: readonly number[], name: string): Float32Array {
  const start = [...name].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7);
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => POOL[(start + i) % POOL.length]!);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** The computation with tensors of normal numbers, of the shapes given, or of their sizes. */
export type Sums = (tensorOf: (name: string, shape: readonly number[]) => Tensor) => Tensor[];

/** Expects that sums of products on wasm are those of the cpu backend; `terms` is the number of products in each. */
export function expectEqualSums(compute: Sums, terms: readonly number[]): void {
  const run = (size: (value: number) => number): Tensor[] =>
    compute((name, shape) => tf.tensor(normals(shape, name).map(size), [...shape]));
  const wasm = on("wasm", () => run((value) => value));
  const cpu = on("cpu", () => [...run((value) => value), ...run(Math.abs)]);
  wasm.forEach((result, k) => {
    expectEqual(result, cpu[k]!, cpu[wasm.length + k]!, terms[k]!);
  });
}

/**
 * Two results agree when they are of one shape and type and no entry differs by more than the rounding of a sum of `terms` products in 32 bits, in any
 * order: (terms + 2) 2^-24 times the sum of the products' sizes, for each of the two sides.
 */
function expectEqual(actual: Result, expected: Result, sizes: Result, terms: number): void {
  expect([actual.shape, actual.dtype]).toEqual([expected.shape, expected.dtype]);
  const unit = 2 * (terms + 2) * 2 ** -24;
  const wrong = expected.values.findIndex(
    (value, i) => !(Math.abs(actual.values[i]! - value) <= unit * sizes.values[i]! + 1e-37),
  );
  if (wrong >= 0) expect([wrong, actual.values[wrong]]).toEqual([wrong, expected.values[wrong]]);
}
