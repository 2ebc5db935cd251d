import { DESCENT } from "../training/gradient/sgdOptions.js";
import type { Method } from "../training/method.js";
import type { AnyCell, AnyStudy, Cell } from "./study.js";

/** Consecutive replications of one cell: what a worker computes at a time. */
export interface Block {
  readonly cell: number;
  readonly first: number;
  readonly count: number;
}

/** Rough multiplications of a replication beyond which a block holds a single one. */
const BLOCK_COST = 1e8;
const MAX_BLOCK = 32;

/**
 * The relative cost of one replication of a cell, in rough multiplications: only for the share of the work that is done and
 * the size of blocks, never for a result.
 */
export function cellCost(cell: AnyCell): number {
  return cell.cost ?? linearCost(cell as Cell);
}

function linearCost(cell: Cell): number {
  const { dimension, tasks, labeled, unlabeled, noise } = cell.problem;
  const raw = cell.sampling === "direct" || noise.family !== "gaussian";
  const draws = raw ? labeled + unlabeled : 1;
  const methods = cell.methods.length + 1;
  const bySamples = cell.methods.reduce((sum, method) => sum + samplePasses(method), 0);
  return (
    dimension * tasks * (draws + 20 * methods + bySamples * (labeled + unlabeled)) +
    methods * tasks * unlabeled
  );
}

/** How often a method looks at its samples, roughly: 25 iterations of a solver, 200 of descent, each with two products. */
function samplePasses(method: Method): number {
  if (method.loss === undefined) return 0;
  const descends = method.descent !== undefined || method.attack?.inner !== undefined;
  return 2 * (descends ? (method.descent?.epochs ?? DESCENT.epochs) : 25);
}

/** The replications that are not done, in the order of (cell, replication), cut into blocks for this many workers. */
export function* pendingBlocks(
  study: AnyStudy,
  isDone: (cell: number, replication: number) => boolean,
  workers: number,
): Generator<Block> {
  for (const cell of study.cells) {
    const fair = Math.ceil(study.replications / (4 * workers));
    const size = Math.max(1, Math.min(MAX_BLOCK, fair, Math.floor(BLOCK_COST / cellCost(cell))));
    let first = 0;
    while (first < study.replications) {
      let count = 0;
      while (count < size && first + count < study.replications && !isDone(cell.cell, first + count)) count++;
      if (count > 0) yield { cell: cell.cell, first, count };
      first += Math.max(1, count);
    }
  }
}
