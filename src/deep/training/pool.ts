import { randomSubset } from "../../random/distributions/haarFrame.js";
import type { Rng } from "../../random/keyedStream.js";
import { indicatorsOf, type LabeledData } from "../data/labeledData.js";

/** What one task is trained on: samples with class probabilities as targets, in parts that are views of the data. */
export interface Pool {
  readonly count: number;
  readonly features: number;
  readonly classes: number;
  readonly parts: readonly PoolPart[];
}

export interface PoolPart {
  readonly inputs: Float32Array;
  /** The rows of `inputs` that take part. */
  readonly rows: ArrayLike<number>;
  /** `rows.length x classes`: the target of each row that takes part. */
  readonly targets: Float32Array;
}

/** A part in which every sample takes part with its own label. */
export function labeledPart(data: LabeledData): PoolPart {
  return {
    inputs: data.inputs,
    rows: Uint32Array.from({ length: data.count }, (_, i) => i),
    targets: indicatorsOf(data.labels, data.classes),
  };
}

/** The pool of some parts of one task. */
export function poolOf(
  { features, classes }: Pick<LabeledData, "features" | "classes">,
  parts: readonly PoolPart[],
): Pool {
  return { features, classes, parts, count: parts.reduce((sum, part) => sum + part.rows.length, 0) };
}

/** Samples of every task for one step: `T x size` of them, task by task. */
export interface Batch {
  readonly size: number;
  /** `T size x p`. */
  readonly inputs: Float32Array;
  /** `T size x k`. */
  readonly targets: Float32Array;
}

/**
 * Draws `size` samples of every task (fewer when no task has as many), without replacement; a task with fewer than the others repeats its samples
 * equally often, to within one. The batch is a function of the stream and the pools' sizes, so a step needs no memory of the steps before it, and
 * arms whose pools have equal sizes see the same samples in the same order.
 */
export function drawBatch(pools: readonly Pool[], wanted: number, rng: Rng): Batch {
  const { features, classes } = pools[0]!;
  const size = Math.min(wanted, Math.max(...pools.map((pool) => pool.count)));
  const inputs = new Float32Array(pools.length * size * features);
  const targets = new Float32Array(pools.length * size * classes);
  let at = 0;
  for (const pool of pools) {
    const rounds = Math.floor(size / pool.count);
    const chosen = randomSubset(rng, pool.count, size - rounds * pool.count);
    for (let i = 0; i < rounds * pool.count + chosen.length; i++) {
      const row = i < chosen.length ? chosen[i]! : (i - chosen.length) % pool.count;
      copySample(pool, row, inputs, targets, at++);
    }
  }
  return { size, inputs, targets };
}

function copySample(
  pool: Pool,
  index: number,
  inputs: Float32Array,
  targets: Float32Array,
  at: number,
): void {
  const { features, classes } = pool;
  let i = index;
  for (const part of pool.parts) {
    if (i < part.rows.length) {
      const row = part.rows[i]!;
      inputs.set(part.inputs.subarray(row * features, (row + 1) * features), at * features);
      targets.set(part.targets.subarray(i * classes, (i + 1) * classes), at * classes);
      return;
    }
    i -= part.rows.length;
  }
}
