import { cellCost, pendingBlocks } from "./blocks.js";
import type { ReplicationRow } from "./results.js";
import { type BlockRunner, runBlocks } from "./runBlocks.js";
import type { AnyStudy } from "./study.js";

/** How far a study is. `work` weighs each replication by the cost of its cell: the share of the time, roughly. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Share of the work that is done, in [0, 1]. */
  readonly work: number;
}

export interface ComputeOptions {
  /** Replications that need no computing. */
  readonly isDone: (cell: number, replication: number) => boolean;
  /** Receives rows in the order of (cell, replication). */
  readonly onRows: (rows: readonly ReplicationRow[]) => void | Promise<void>;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Computes what is missing of a study, and says whether the study is complete afterwards (false: it was stopped). */
export async function compute(
  study: AnyStudy,
  runner: BlockRunner,
  options: ComputeOptions,
): Promise<boolean> {
  const { isDone, onRows, onProgress, signal } = options;
  const costs = study.cells.map(cellCost);
  const total = study.cells.length * study.replications;
  const allWork = costs.reduce((sum, cost) => sum + cost * study.replications, 0);
  let done = 0;
  let work = 0;
  for (const { cell } of study.cells) {
    for (let replication = 0; replication < study.replications; replication++) {
      if (!isDone(cell, replication)) continue;
      done++;
      work += costs[cell]!;
    }
  }
  const report = (): void => onProgress?.({ done, total, work: work / allWork });
  report();
  const blocks = pendingBlocks(study, isDone, runner.slots);
  await runBlocks(
    blocks,
    runner,
    async (rows) => {
      await onRows(rows);
      done += rows.length;
      for (const row of rows) work += costs[row.cell]!;
      report();
    },
    signal,
  );
  return done === total;
}
