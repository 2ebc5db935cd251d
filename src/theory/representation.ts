import type { Problem } from "../model/problem.js";
import type { Method } from "../training/method.js";
import { columnClasses } from "./columnClasses.js";
import type { DirectionOverlap, Outcome } from "./directionOverlap.js";
import { directionShares } from "./directionShares.js";
import { fewSurvivors } from "./fewSurvivors.js";
import { type Columns, manyColumns } from "./manyColumns.js";

/** What a method is expected to learn. */
export interface RepresentationPrediction {
  /** Expected ||sin Theta||_F^2, in [0, r]. */
  readonly sinTheta2: number;
  /** Expected sine of the largest principal angle; null where it is not predicted. */
  readonly sinThetaMax: number | null;
  /** Expected number of tasks that are not filtered out. */
  readonly survivingTasks: number;
  /** Counts sum to r. */
  readonly overlaps: readonly DirectionOverlap[];
  /** Where the outcome is a matter of chance (few survivors): what it may be; weights sum to 1, and `overlaps` is the average. */
  readonly mixture?: readonly Outcome[];
}

/**
 * The representation that standard or l2-adversarial training learns, with or without pseudo-labels, for any aggregation (docs/theory.md 5.1 and
 * 5.2): {@link spikeOverlap} on the method's columns with c = T / (p - r), the r rows of the signal being no noise rows, averaged over
 * the spread of A's singular values and of the number of survivors. `radius` is that of the l2 attack, 0 for none. Where so few tasks survive, or are there
 * at all, that whole replications may have fewer than r of them, the average is over their number ({@link fewSurvivors}).
 *
 * Cost: about 0.1 ms (0.5 ms with an attack), free of p, T, n and u.
 */
export function spikeRepresentation(
  problem: Problem,
  method: Method,
  radius: number,
): RepresentationPrediction {
  const { rank, dimension, tasks } = problem;
  const groups = columnClasses(problem, method, radius);
  const survivingShare = groups.reduce((sum, group) => sum + group.share * group.survival, 0);
  const survivingTasks = tasks * survivingShare;
  const columns: Columns = {
    classes: groups.flatMap((group) => group.classes),
    directions: directionShares(problem.diversity),
    rank,
    dimension,
    tasks,
    countSpread: 0,
  };
  const spread = groups.reduce((sum, g) => sum + g.share * g.survival * (1 - g.survival), 0);
  if (tasks < rank || (spread > 0 && survivingTasks < FEW * rank)) {
    return { ...fewSurvivors(columns, survivingShare), survivingTasks };
  }
  const countSpread = survivingShare > 0 ? Math.sqrt(Math.max(0, spread) / tasks) / survivingShare : 0;
  return { ...manyColumns({ ...columns, countSpread }), survivingTasks };
}

/** Up to this many survivors per direction their number is averaged over. */
const FEW = 6;
