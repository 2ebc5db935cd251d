import type { Problem } from "../model/problem.js";
import type { Method } from "../training/method.js";
import { columnClasses } from "./columnClasses.js";
import { type DirectionShare, directionShares } from "./directionShares.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

/** A share of the r directions of B that the representation captures alike. */
export interface DirectionOverlap {
  /** How many directions (not an integer where the spread of A over finitely many tasks splits them). */
  readonly count: number;
  /** cos^2 of the angle between such a direction and the representation. */
  readonly cos2: number;
}

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
}

/**
 * The representation that standard or l2-adversarial training learns, with or without pseudo-labels, for any aggregation (docs/theory.md 5.1 and
 * 5.2): {@link spikeOverlap} on the method's columns with c = T / (p - r), the r rows of the signal being no noise rows, averaged over
 * the spread of A's singular values and of the number of survivors. `radius` is that of the l2 attack, 0 for none.
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
  const classes = groups.flatMap((group) => group.classes);
  const directions = directionShares(problem.diversity);
  if (dimension === rank && survivingTasks >= rank) return complete(rank, survivingTasks);
  const spread = groups.reduce((sum, g) => sum + g.share * g.survival * (1 - g.survival), 0);
  const countSpread = survivingShare > 0 ? Math.sqrt(Math.max(0, spread) / tasks) / survivingShare : 0;
  const overlaps: DirectionOverlap[] = [];
  const slopes: { slope: number; direction: DirectionShare }[] = [];
  for (const direction of directions) {
    const scaled = classes.map((g) => inDirection(g, direction.share));
    const points = taskPoints(direction.count, tasks, kurtosis(classes), countSpread);
    const bySignal = new Map<number, { weight: number; cos2: number }>();
    for (const point of points) {
      const c = (point.countFactor * tasks) / (dimension - rank);
      const cos2 = spikeOverlap(scaled, c, point.signalFactor);
      const sum = bySignal.get(point.signalFactor) ?? { weight: 0, cos2: 0 };
      sum.weight += point.weight;
      sum.cos2 += point.weight * cos2;
      bySignal.set(point.signalFactor, sum);
    }
    const here = [...bySignal].map(([factor, sum]) => ({
      factor,
      weight: sum.weight,
      cos2: sum.cos2 / sum.weight,
    }));
    for (const { weight, cos2 } of here) overlaps.push({ count: direction.count * weight, cos2 });
    const [first, last] = [here[0]!, here[here.length - 1]!];
    const slope = first === last ? 0 : (last.cos2 - first.cos2) / (last.factor - first.factor);
    slopes.push({ slope, direction });
  }
  const sinTheta2 = overlaps.reduce((sum, o) => sum + o.count * (1 - o.cos2), 0);
  const worst = slopes[slopes.length - 1]!;
  const weakest = overlaps
    .slice(-(worst.direction.count > 1 ? 3 : 1))
    .reduce((best, o) => ({ count: best.count + o.count, sum: best.sum + o.count * (1 - o.cos2) }), {
      count: 0,
      sum: 0,
    });
  return {
    sinTheta2,
    sinThetaMax: largestSine({
      mean: weakest.sum / weakest.count,
      excess: 0,
      count: worst.direction.count,
      spread: worst.slope * Math.sqrt((kurtosis(classes) * rank) / ((rank + 2) * tasks)),
      noise: weakest.sum / weakest.count,
      freedom: dimension - rank,
    }),
    survivingTasks,
    overlaps,
  };
}

function complete(rank: number, survivingTasks: number): RepresentationPrediction {
  return { sinTheta2: 0, sinThetaMax: 0, survivingTasks, overlaps: [{ count: rank, cos2: 1 }] };
}

/** The class as one direction sees it: `share` of its total signal. */
function inDirection(g: ColumnClass, share: number): ColumnClass {
  return { ...g, signal: g.signal * share, covariance: g.covariance * share };
}

/** E lambda^2 / (E lambda)^2 over all T columns, filtered ones included as zeros. */
function kurtosis(classes: readonly ColumnClass[]): number {
  const mean = classes.reduce((sum, g) => sum + g.share * g.signal, 0);
  const square = classes.reduce((sum, g) => sum + g.share * g.signal * g.signal, 0);
  return mean > 0 ? square / (mean * mean) : 1;
}
