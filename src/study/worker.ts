import type { Block } from "./blocks.js";
import { blockRows } from "./inProcessRunner.js";
import { loadReplication } from "./loadReplication.js";
import type { ReplicationRow } from "./results.js";
import type { AnyCell } from "./study.js";

/** What crosses to a worker thread: plain data, and one shared word that says "stop after this replication". */
export interface WorkerTask {
  /** URL of the module that exports `runReplication`. */
  readonly module: string;
  readonly seed: number;
  readonly methodNames: readonly string[];
  readonly cell: AnyCell;
  readonly block: Block;
  readonly stop: Int32Array;
}

/** Runs in a worker thread: the rows of one block. */
export default async function work(task: WorkerTask): Promise<readonly ReplicationRow[]> {
  const { seed, methodNames, cell, block, stop } = task;
  const runReplication = await loadReplication<AnyCell>(task.module);
  return blockRows({ seed, methodNames }, cell, block, runReplication, () => Atomics.load(stop, 0) !== 0);
}
