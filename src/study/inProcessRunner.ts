import type { Block } from "./blocks.js";
import type { ReplicationRow } from "./results.js";
import { rowShape } from "./rowShape.js";
import { checkedRow, failedRow } from "./rows.js";
import type { BlockRunner } from "./runBlocks.js";
import type { AnyCell, AnyStudy, Cell } from "./study.js";

/** One replication: a pure function of the study's seed, the content of the cell and the number of the replication. */
export type RunReplication<C extends AnyCell = Cell> = (
  study: { seed: number },
  cell: C,
  replication: number,
) => ReplicationRow;

/** Milliseconds of computing after which other events (Ctrl-C, a click) get their turn. */
const YIELD_AFTER = 20;

/** The rows of a block. A replication that throws is a failed row; `stopped` is asked before each but the first. */
export async function blockRows<C extends AnyCell>(
  study: { seed: number; methodNames: readonly string[] },
  cell: C,
  block: Block,
  runReplication: RunReplication<C>,
  stopped: () => boolean,
  pause: () => Promise<void> | void = () => {},
): Promise<ReplicationRow[]> {
  const rows: ReplicationRow[] = [];
  const shape = rowShape(study, cell);
  for (let replication = block.first; replication < block.first + block.count; replication++) {
    await pause();
    if (stopped()) break;
    try {
      rows.push(checkedRow(runReplication({ seed: study.seed }, cell, replication), shape));
    } catch (error) {
      rows.push(failedRow(cell.cell, replication, error));
    }
  }
  return rows;
}

/** Computes blocks in this thread; needs nothing of Node, so that it runs in a browser too. */
export function inProcessRunner<C extends AnyCell>(
  study: AnyStudy<C>,
  runReplication: RunReplication<C>,
): BlockRunner {
  let stopped = false;
  let last = 0;
  const pause = async (): Promise<void> => {
    if (performance.now() - last < YIELD_AFTER) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
  return {
    slots: 1,
    run: (block) => blockRows(study, study.cells[block.cell]!, block, runReplication, () => stopped, pause),
    stop: () => {
      stopped = true;
    },
    close: async () => {},
  };
}
