import { type DirectionOverlap, missedDirections, type Outcome } from "./directionOverlap.js";
import { type Columns, manyColumns } from "./manyColumns.js";

/**
 * What PCA recovers when a filter leaves few of T tasks, each with probability `survivingShare`: an average over their number N ~ Binomial(T,
 * survivingShare), for N = 0 (nothing is learnt), 0 < N < r (rank-deficient: the missing directions count as fully wrong) and N >= r
 * ({@link manyColumns} on N columns). With N < r nearly orthogonal columns range(B) captures of each the share
 *
 *     kappa^2 = r (lambda + v) / (r lambda + p v),
 *
 * lambda and v its signal in one direction and its noise variance (docs/theory.md 5.1). A rough approximation for 1 < N <= r, where columns overlap.
 */
export function fewSurvivors(
  columns: Columns,
  survivingShare: number,
): { sinTheta2: number; sinThetaMax: number | null; overlaps: DirectionOverlap[]; mixture: Outcome[] } {
  const { rank: r, tasks } = columns;
  const alone = capturedByOne(columns);
  const survivors = columns.classes.map((g) => ({ ...g, share: g.share / survivingShare }));
  const outcomes = survivorCounts(tasks, survivingShare, r).map(({ count, weight }) => {
    if (count >= r) {
      const { overlaps, sinThetaMax } = manyColumns({
        ...columns,
        classes: survivors,
        tasks: count,
        countSpread: 0,
      });
      return { weight, overlaps, sinThetaMax };
    }
    const overlaps = [
      { count, cos2: alone },
      { count: r - count, cos2: 0 },
    ];
    return { weight, overlaps, sinThetaMax: 1 };
  });
  const mixture: Outcome[] = outcomes.map(({ weight, overlaps }) => ({ weight, overlaps }));
  const overlaps = mixture.flatMap(({ weight, overlaps: own }) =>
    own.map(({ count, cos2 }) => ({ count: weight * count, cos2 })),
  );
  const sines = outcomes.map((outcome) => outcome.sinThetaMax);
  return {
    sinTheta2: Math.min(r, missedDirections(overlaps)),
    sinThetaMax: sines.every((x) => x !== null)
      ? Math.min(
          1,
          sines.reduce((sum, x, i) => sum + mixture[i]!.weight * x, 0),
        )
      : null,
    overlaps,
    mixture,
  };
}

/** The law of N ~ Binomial(tasks, q) in points: each number below r, and from it on bins of 0.8 standard deviations, at their mean. Weights sum to 1. */
function survivorCounts(tasks: number, q: number, r: number): { count: number; weight: number }[] {
  const width = Math.max(1, Math.round(0.8 * Math.sqrt(tasks * q * (1 - q))));
  const [here, gone] = [Math.log(q), Math.log1p(-Math.min(q, 1 - Number.EPSILON))];
  const points: { count: number; weight: number }[] = [];
  let reached = 0;
  let bin = { sum: 0, weight: 0, size: 0 };
  let logChoose = 0;
  for (let count = 0; reached < 1 - 1e-6; count++) {
    const weight = Math.exp(logChoose + count * here + (tasks - count) * gone);
    // Factor by factor: a difference of log gamma functions of T loses so many digits for T > 1e9 that the sum never comes near 1.
    logChoose += Math.log((tasks - count) / (count + 1));
    reached += weight;
    bin = { sum: bin.sum + weight * count, weight: bin.weight + weight, size: bin.size + 1 };
    if (count >= r && bin.size < width && reached < 1 - 1e-6) continue;
    if (bin.weight > 1e-6) points.push({ count: bin.sum / bin.weight, weight: bin.weight });
    bin = { sum: 0, weight: 0, size: 0 };
  }
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ count, weight }) => ({ count, weight: weight / total }));
}

function capturedByOne({ classes, rank: r, dimension: p }: Columns): number {
  let captured = 0;
  let share = 0;
  for (const g of classes) {
    // `signal` is r lambda.
    captured += (g.share * (g.signal + r * g.noise)) / (g.signal + p * g.noise);
    share += g.share;
  }
  // So far out that no point of the columns' lengths survives there is nothing to capture.
  return share > 0 ? Math.min(1, captured / share) : 0;
}
