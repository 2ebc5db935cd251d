import { AdvTransferError } from "../core/errors.js";
import type { RunReplication } from "./inProcessRunner.js";
import type { AnyCell, Cell } from "./study.js";

/** "ts" when these sources run through tsx or a test runner, "js" when compiled: workers load the same kind. */
export const EXTENSION: "ts" | "js" = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** The module that computes replications when no other is named. */
export const REPLICATION_MODULE: string = new URL(`./replication.${EXTENSION}`, import.meta.url).href;

/** Loads the function that computes a replication. Throws an AdvTransferError (`study-failed`) when there is none. */
export async function loadReplication<C extends AnyCell = Cell>(module: string): Promise<RunReplication<C>> {
  let loaded: { runReplication?: unknown };
  try {
    loaded = await import(module);
  } catch (error) {
    const reason = (error as { message?: string }).message ?? String(error);
    // Without a cause: what a loader throws may not be a value that can leave a worker thread.
    throw new AdvTransferError("study-failed", `cannot load the replication module ${module}: ${reason}`);
  }
  if (typeof loaded.runReplication === "function") return loaded.runReplication as RunReplication<C>;
  throw new AdvTransferError("study-failed", `${module} must export a function runReplication`);
}
