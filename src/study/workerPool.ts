import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Piscina } from "piscina";
import { EXTENSION, REPLICATION_MODULE } from "./loadReplication.js";
import type { BlockRunner } from "./runBlocks.js";
import type { AnyStudy } from "./study.js";
import type { WorkerTask } from "./worker.js";

/**
 * A pool of worker threads that computes blocks. Results do not depend on the number of threads: a replication is a function of
 * its key alone, and `runBlocks` puts the rows in order. `moduleOf` is the URL of the module that replicates a cell.
 */
export function workerPool(
  study: AnyStudy,
  threads: number,
  moduleOf: (cell: number) => string = () => REPLICATION_MODULE,
): BlockRunner {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const pool = new Piscina({
    filename: new URL(`./worker.${EXTENSION}`, import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    ...(EXTENSION === "ts" ? { execArgv: ["--import", tsxLoader()] } : {}),
  });
  // A thread that dies between two blocks: the block that waits for it rejects with the same error.
  pool.on("error", () => {});
  return {
    // Twice the threads, so that none waits for this one between two blocks.
    slots: 2 * threads,
    run: (block) => {
      const { seed, methodNames } = study;
      const module = moduleOf(block.cell);
      const task: WorkerTask = { module, seed, methodNames, cell: study.cells[block.cell]!, block, stop };
      return pool.run(task);
    },
    stop: () => Atomics.store(stop, 0, 1),
    close: () => pool.destroy(),
  };
}

/**
 * A worker thread does not inherit how this thread reads TypeScript, and `--import tsx` acts on the main thread alone: the
 * worker registers tsx through its programming interface, from a module that is small enough for a data URL.
 */
function tsxLoader(): string {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx"));
  const api = new URL("./esm/api/index.mjs", loader).href;
  return `data:text/javascript,${encodeURIComponent(`import { register } from "${api}"; register();`)}`;
}
