import { AdvTransferError } from "../../core/errors.js";
import type { Tf } from "./tf.js";
import { useOurKernels } from "./wasm/wasmKernels.js";
import { withoutNewListeners } from "./withoutNewListeners.js";

export type { Tf } from "./tf.js";

export type BackendName = "tfjs-node" | "wasm" | "cpu";

/** What computes, and the library that drives it. */
export interface Backend {
  readonly name: BackendName;
  readonly tf: Tf;
  /** The version of tensorflow.js. */
  readonly version: string;
  /** What a user should know of the choice, one line each; usually empty. */
  readonly notes: readonly string[];
}

/**
 * Loads tensorflow.js with a backend, once a process and backend. After it everything is synchronous.
 * Two backends may be loaded in one process; the one loaded last computes.
 */
export async function loadBackend(wanted: BackendName | "auto" = "auto"): Promise<Backend> {
  const tf = await import("@tensorflow/tfjs-core");
  // Silences the banner of the cpu backend.
  tf.enableProdMode();
  // The core alone has no gradients in Node; importing the layers registers them.
  await import("@tensorflow/tfjs-layers");
  const name = wanted === "cpu" ? "cpu" : "wasm";
  if (name === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    useOurKernels(tf);
  } else await import("@tensorflow/tfjs-backend-cpu");
  if (!(await withoutNewListeners(() => tf.setBackend(name)))) {
    throw new AdvTransferError("bad-input", `the backend ${name} could not be started`);
  }
  return { name, tf, version: tf.version_core, notes: [] };
}
