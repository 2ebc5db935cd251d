import type { ReplicationRow } from "../../src/study/results.js";
import type { AnyCell, AnyStudy } from "../../src/study/study.js";
import type { StudyKind } from "../../src/study/studyKind.js";

/** A cell of a kind of study that is not the linear model's: one coin, whose rows have metrics of their own. */
export interface CoinCell extends AnyCell {
  readonly problem: { readonly bias: number };
}

export interface CoinStudy extends AnyStudy<CoinCell> {
  readonly file: { readonly name: string; readonly replications: number; readonly coins: readonly number[] };
}

export type CoinMetric = "heads" | "thread";

/** A study of coins from its file form. */
export function resolveCoins(file: unknown): CoinStudy {
  const { name, replications, coins } = file as CoinStudy["file"];
  if (!Array.isArray(coins)) throw new Error("no coins");
  return {
    name,
    question: null,
    seed: 1,
    replications,
    varied: ["bias"],
    methodNames: [],
    contrasts: [],
    cells: coins.map((bias, cell) => ({
      cell,
      varied: { bias },
      problem: { bias },
      shape: { names: [`coin ${cell}`], metrics: ["heads", "thread"] },
      cost: 1 + cell,
    })),
    file: { name, replications, coins },
  };
}

/** Heads for every other replication, times the bias; `thread` is 1 in a worker thread. A bias below 0 forgets a metric. */
export function runReplication(
  _study: { seed: number },
  cell: CoinCell,
  replication: number,
): ReplicationRow {
  const heads = (replication % 2) * cell.problem.bias;
  const thread = process.env.VITEST_POOL_ID === undefined || !("__vitest_worker__" in globalThis) ? 1 : 0;
  const metrics = cell.problem.bias < 0 ? { heads } : { heads, thread };
  return { cell: cell.cell, replication, methods: { [`coin ${cell.cell}`]: metrics as { heads: number } } };
}

export const COINS: StudyKind<CoinStudy, CoinCell> = {
  resolve: resolveCoins,
  module: import.meta.url,
  long: false,
};
