import { AdvTransferError } from "../../core/errors.js";
import { badInput } from "../../core/guards.js";
import { importTfjsNode, meansAbsent } from "./importTfjsNode.js";
import type { Tf } from "./tf.js";
import { useOurKernels } from "./wasm/wasmKernels.js";
import { withoutListenersOf } from "./withoutListenersOf.js";

export type { Tf } from "./tf.js";

/** Best first: the order in which "auto" tries them. */
const NAMES = ["tfjs-node", "wasm", "cpu"] as const;

export type BackendName = (typeof NAMES)[number];

/** What computes, and the library that drives it. */
export interface Backend {
  readonly name: BackendName;
  readonly tf: Tf;
  /** The version of tensorflow.js. */
  readonly version: string;
  /** Whether wasm computes with SIMD instructions; null for the other backends. */
  readonly simd: boolean | null;
  /** What a user should know of the choice, one line each; usually empty. */
  readonly notes: readonly string[];
}

/** How the packages are imported; to be replaced in tests alone. */
export type Importers = Readonly<Record<BackendName, () => Promise<unknown>>>;

const IMPORTERS: Importers = {
  "tfjs-node": importTfjsNode,
  wasm: () => import("@tensorflow/tfjs-backend-wasm"),
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
};

/** The name under which tensorflow.js knows a backend. */
const REGISTERED: Readonly<Record<BackendName, string>> = {
  "tfjs-node": "tensorflow",
  wasm: "wasm",
  cpu: "cpu",
};

/** The calls of this process so far: they take turns, since starting a backend changes what all others compute with. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Loads tensorflow.js and starts a backend. After it everything is synchronous.
 *
 * - `"tfjs-node"`: TensorFlow's native library, where a user has installed `@tensorflow/tfjs-node`;
 * - `"wasm"`: comes with the toolkit, one thread, with its missing, slow and wrong kernels replaced (`wasm/`);
 * - `"cpu"`: plain JavaScript, some 20 to 100 times slower than wasm, for small tests and comparisons;
 * - `"auto"` (default): the first of these that starts; one that is there and does not start leaves a note.
 *
 * There is one engine in a process: a second call returns the same one, and the backend that was started last is the one that computes.
 * The same seed on the same backend gives the same bytes; two backends differ in the last bits, so results name theirs.
 *
 * @throws {AdvTransferError} `bad-input` for an unknown name, and for a backend asked for by name that does not start.
 * @example
 * const { tf, name } = await loadBackend();
 * let sums: ArrayLike<number> = [];
 * tf.tidy(() => {
 *   // Not returned: `tidy` looks for tensors in what it returns, entry by entry, which for a large array takes longer than a training step.
 *   sums = tf.sum(tf.ones([2, 3]), 1).dataSync(); // [3, 3]
 * });
 */
export function loadBackend(
  wanted: BackendName | "auto" = "auto",
  importers: Partial<Importers> = {},
): Promise<Backend> {
  const loading = turn.then(() => load(wanted, { ...IMPORTERS, ...importers }));
  turn = loading.catch(() => {});
  return loading;
}

async function load(wanted: BackendName | "auto", importers: Importers): Promise<Backend> {
  if (wanted !== "auto" && !NAMES.includes(wanted)) {
    throw badInput("backend", `"auto", "tfjs-node", "wasm" or "cpu"`, wanted);
  }
  const tf = await import("@tensorflow/tfjs-core");
  // Keeps the cpu backend from printing a banner that advises tfjs-node.
  tf.enableProdMode();
  // In Node the core has no gradients of its own: importing the layers registers them.
  await import("@tensorflow/tfjs-layers");
  const notes: string[] = [];
  for (const name of wanted === "auto" ? NAMES : [wanted]) {
    try {
      await start(tf, name, importers[name]);
      const simd = name === "wasm" ? await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT") : null;
      return { name, tf, version: tf.version_core, simd: simd as boolean | null, notes };
    } catch (error) {
      if (wanted !== "auto") throw notStarted(name, error);
      if (!meansAbsent(error)) notes.push(`${name} is there but does not start (${firstLine(error)})`);
    }
  }
  throw notStarted("cpu", notes.join("; "));
}

async function start(tf: Tf, name: BackendName, importPackage: () => Promise<unknown>): Promise<void> {
  await importPackage();
  if (name === "wasm") useOurKernels(tf);
  if (await withoutListenersOf("tfjs-backend-wasm", () => tf.setBackend(REGISTERED[name]))) return;
  throw new Error("its initialization failed");
}

function notStarted(name: BackendName, cause: unknown): AdvTransferError {
  const hint =
    name === "tfjs-node"
      ? `Install it beside the toolkit (npm install @tensorflow/tfjs-node@4.22.0), or use the backend "wasm" or "auto".`
      : `Try another backend: "auto" takes the first that starts.`;
  const reason = meansAbsent(cause) ? "@tensorflow/tfjs-node is not installed" : firstLine(cause);
  return new AdvTransferError("bad-input", `the backend ${name} does not start: ${reason}`, { hint, cause });
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split("\n")[0]!;
