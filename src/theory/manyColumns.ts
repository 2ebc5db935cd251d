import { type DirectionOverlap, missedDirections } from "./directionOverlap.js";
import type { DirectionShare, directionShares } from "./directionShares.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

/** A stack of columns as PCA sees it. */
export interface Columns {
  /** Shares refer to `tasks`; `signal` is the total over all r directions. */
  readonly classes: readonly ColumnClass[];
  readonly directions: ReturnType<typeof directionShares>;
  readonly rank: number;
  readonly dimension: number;
  readonly tasks: number;
  /** Relative standard deviation of the number of columns. */
  readonly countSpread: number;
}

/** What PCA of the columns recovers: {@link spikeOverlap} averaged over the spread of A's singular values and of the number of columns. */
export function manyColumns(columns: Columns): {
  sinTheta2: number;
  sinThetaMax: number | null;
  overlaps: DirectionOverlap[];
} {
  const { classes, directions, rank, dimension, tasks, countSpread } = columns;
  if (dimension === rank) {
    return { sinTheta2: 0, sinThetaMax: 0, overlaps: [{ count: rank, cos2: 1 }] };
  }
  const spread = kurtosis(classes);
  const overlaps: DirectionOverlap[] = [];
  const slopes: { slope: number; direction: DirectionShare }[] = [];
  for (const direction of directions) {
    const scaled = classes.map((g) => inDirection(g, direction.share));
    const bySignal = new Map<number, { weight: number; cos2: number }>();
    for (const point of taskPoints(direction.count, tasks, spread, countSpread)) {
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
  const worst = slopes[slopes.length - 1]!;
  const weakest = overlaps
    .slice(-(worst.direction.count > 1 ? 3 : 1))
    .reduce((best, o) => ({ count: best.count + o.count, sum: best.sum + o.count * (1 - o.cos2) }), {
      count: 0,
      sum: 0,
    });
  return {
    sinTheta2: missedDirections(overlaps),
    sinThetaMax: largestSine({
      mean: weakest.sum / weakest.count,
      excess: 0,
      count: worst.direction.count,
      spread: worst.slope * Math.sqrt((spread * rank) / ((rank + 2) * tasks)),
      noise: weakest.sum / weakest.count,
      freedom: dimension - rank,
    }),
    overlaps,
  };
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
