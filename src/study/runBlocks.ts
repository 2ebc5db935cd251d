import type { Block } from "./blocks.js";
import type { ReplicationRow } from "./results.js";

/** Something that computes blocks: this thread, or a pool of worker threads. */
export interface BlockRunner {
  /** Blocks that it wants in hand at the same time, >= 1. */
  readonly slots: number;
  /** The rows of a block in order; fewer when it was told to stop. Rejects only when the runner itself broke. */
  run(block: Block): Promise<readonly ReplicationRow[]>;
  /** Asks running blocks to end after the replication at hand. */
  stop(): void;
  close(): Promise<void>;
}

/** Blocks in hand or waiting for an earlier one, for each slot: bounds the memory that a slow first block costs. */
const WINDOW = 3;

/**
 * Runs blocks on a runner and hands their rows out in the order of the blocks, whatever order they finish in: a ledger that is
 * written from here has the same bytes for every number of workers.
 *
 * When `signal` aborts, no further block starts, running ones end after the replication at hand, and everything computed is
 * still handed out. When a block rejects, the others end in the same way and the error is thrown.
 */
export async function runBlocks(
  blocks: Iterable<Block>,
  runner: BlockRunner,
  onRows: (rows: readonly ReplicationRow[]) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const queue: Promise<Outcome>[] = [];
  const source = blocks[Symbol.iterator]();
  let failure: { error: unknown } | null = null;
  let exhausted = false;
  let running = 0;
  let wake: () => void = () => {};

  const halted = (): boolean => signal?.aborted === true || failure !== null;
  const stop = (): void => runner.stop();
  const start = (block: Block): Promise<Outcome> => {
    running++;
    return runner
      .run(block)
      .then(
        (rows): Outcome => ({ rows }),
        (error: unknown): Outcome => {
          failure ??= { error };
          stop();
          return { rows: [] };
        },
      )
      .finally(() => {
        running--;
        wake();
      });
  };
  const fill = (): void => {
    while (!exhausted && !halted() && running < runner.slots && queue.length < WINDOW * runner.slots) {
      const next = source.next();
      if (next.done) exhausted = true;
      else queue.push(start(next.value));
    }
  };

  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    fill();
    while (queue.length > 0) {
      // A block may finish while an earlier one is still computed: its worker gets the next one at once.
      const finished = new Promise<null>((resolve) => {
        wake = () => resolve(null);
      });
      const outcome = await Promise.race([queue[0]!, finished]);
      if (outcome !== null) {
        queue.shift();
        if (outcome.rows.length > 0) await onRows(outcome.rows);
      }
      fill();
    }
  } catch (error) {
    // The rows could not be handed out (a full disk, say): end what runs, then say it.
    stop();
    await Promise.allSettled(queue);
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  if (failure !== null) throw (failure as { error: unknown }).error;
}

interface Outcome {
  rows: readonly ReplicationRow[];
}
