import type { KernelConfig } from "@tensorflow/tfjs-core";
import type { Tf } from "../tf.js";
import { type KernelBody, KernelCall } from "./kernelCall.js";

/** A kernel of ours knows the one that it stands in for, null where wasm has none: the registry is the only memory. */
interface Replacement extends KernelConfig {
  readonly replaces: KernelConfig | null;
}

/** The wasm kernel of a name that tensorflow.js itself registered. */
function stockOf(tf: Tf, name: string): KernelConfig | null {
  const current = tf.getKernel(name, "wasm");
  if (current === undefined) return null;
  return "replaces" in current ? (current as Replacement).replaces : current;
}

function put(tf: Tf, name: string, config: KernelConfig | null): void {
  // The registry prints a warning when a name is taken.
  if (tf.getKernel(name, "wasm") !== undefined) tf.unregisterKernel(name, "wasm");
  if (config !== null) tf.registerKernel(config);
}

/**
 * Registers kernels of ours on wasm, in place of those of the same names. To be called before the backend starts, which prepares the stock kernels
 * that ours call. Repeated calls are as one.
 */
export function replaceKernels(tf: Tf, bodies: Readonly<Record<string, KernelBody>>): void {
  for (const [name, body] of Object.entries(bodies)) {
    const replaces = stockOf(tf, name);
    const ours: Replacement = {
      ...(replaces ?? { kernelName: name, backendName: "wasm" }),
      kernelFunc: (params) => new KernelCall(tf, replaces, params).resultOf(body),
      replaces,
    };
    put(tf, name, ours);
  }
}

/** Puts the stock kernels back: what the benchmark measures against. */
export function restoreKernels(tf: Tf, names: readonly string[]): void {
  for (const name of names) put(tf, name, stockOf(tf, name));
}
