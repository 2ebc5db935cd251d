import { logGamma } from "../numerics/special/logGamma.js";
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
  const mixture: Outcome[] = [];
  let sinThetaMax: number | null = 0;
  for (const { count, weight } of survivorCounts(tasks, survivingShare, r)) {
    if (count < r) {
      const overlaps = [
        { count, cos2: alone },
        { count: r - count, cos2: 0 },
      ];
      mixture.push({ weight, overlaps });
      if (sinThetaMax !== null) sinThetaMax += weight;
    } else {
      const result = manyColumns({ ...columns, classes: survivors, tasks: count, countSpread: 0 });
      mixture.push({ weight, overlaps: result.overlaps });
      const largest = result.sinThetaMax;
      sinThetaMax = sinThetaMax === null || largest === null ? null : sinThetaMax + weight * largest;
    }
  }
  const total = mixture.reduce((sum, outcome) => sum + outcome.weight, 0);
  const normalized = mixture.map((outcome) => ({ ...outcome, weight: outcome.weight / total }));
  const overlaps = normalized.flatMap(({ weight, overlaps: own }) =>
    own.map(({ count, cos2 }) => ({ count: weight * count, cos2 })),
  );
  const sinTheta2 = missedDirections(overlaps);
  return {
    sinTheta2: Math.min(r, sinTheta2),
    sinThetaMax: sinThetaMax === null ? null : Math.min(1, sinThetaMax / total),
    overlaps,
    mixture: normalized,
  };
}

/** The law of N in points: each number below r, and above it bins of 0.8 standard deviations, at their mean. */
function survivorCounts(tasks: number, q: number, r: number): { count: number; weight: number }[] {
  const width = Math.max(1, Math.round(0.8 * Math.sqrt(tasks * q * (1 - q))));
  const points: { count: number; weight: number }[] = [];
  let reached = 0;
  let bin = { sum: 0, weight: 0, size: 0 };
  for (let count = 0; count <= tasks && reached < 1 - 1e-6; count++) {
    const weight = binomialProbability(tasks, q, count);
    reached += weight;
    bin = { sum: bin.sum + weight * count, weight: bin.weight + weight, size: bin.size + 1 };
    if (count >= r && bin.size < width && count < tasks && reached < 1 - 1e-6) continue;
    if (bin.weight > 1e-6) points.push({ count: bin.sum / bin.weight, weight: bin.weight });
    bin = { sum: 0, weight: 0, size: 0 };
  }
  return points;
}

function capturedByOne({ classes, rank: r, dimension: p }: Columns): number {
  let captured = 0;
  let share = 0;
  for (const g of classes) {
    // `signal` is r lambda.
    captured += (g.share * (g.signal + r * g.noise)) / (g.signal + p * g.noise);
    share += g.share;
  }
  return share > 0 ? Math.min(1, captured / share) : 0;
}

/** P(N = k) for N ~ Binomial(n, q). */
function binomialProbability(n: number, q: number, k: number): number {
  if (q <= 0) return k === 0 ? 1 : 0;
  if (q >= 1) return k === n ? 1 : 0;
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choose + k * Math.log(q) + (n - k) * Math.log1p(-q));
}
