import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import util from "node:util";

/** Optional: looked for at run time, where the compiler does not ask for it. */
const PACKAGE = "@tensorflow/tfjs-node";

/** What tfjs-node 4.22 calls in `node:util` and newer versions of Node have not (`isNullOrUndefined` is gone from Node 23 on). */
const FORMER: Readonly<Record<string, (value: unknown) => boolean>> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
};

/** Puts back the functions of `node:util` that tfjs-node needs, where they are missing. */
export function restoreFormerUtil(target: object = util): void {
  for (const [name, call] of Object.entries(FORMER)) {
    if (!(name in target)) Object.defineProperty(target, name, { value: call, configurable: true });
  }
}

/** Loads tfjs-node where a user has installed it, which registers its backend `tensorflow`; rejects otherwise. */
export async function importTfjsNode(): Promise<unknown> {
  restoreFormerUtil();
  // Keeps the notes that its native library prints about the processor off the screen; warnings and errors stay.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
  // Node's own search: test runners and bundlers put a stand-in, which throws errors of its own, in the place of an optional peer.
  return import(pathToFileURL(createRequire(import.meta.url).resolve(PACKAGE)).href);
}

/** Whether an error of `importTfjsNode` means that the package is not there at all, rather than there and broken. */
export function meansAbsent(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  // The lines after the first say who asked for it.
  return code === "MODULE_NOT_FOUND" && String(message).split("\n")[0]!.includes(`'${PACKAGE}'`);
}
