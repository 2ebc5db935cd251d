import { zeros } from "../numerics/matrix.js";
import { smallEigen } from "../numerics/smallEigen.js";

/** Principal components that vary less than this share of the first one's variance are rounding errors or nearly so. */
const SMALLEST = 0.0025;

/** The points (N x d) in their principal components, mean 0 and variance 1 each; at most d of them, none when no feature varies. */
export function whitened(points: readonly (readonly number[])[]): number[][] {
  const count = points.length;
  const features = points[0]!.map((_, k) => k);
  const mean = features.map((k) => points.reduce((sum, x) => sum + x[k]! / count, 0));
  const sd = features.map((k) =>
    Math.sqrt(points.reduce((sum, x) => sum + (x[k]! - mean[k]!) ** 2 / count, 0)),
  );
  const used = features.filter((k) => sd[k]! > 1e-9 * Math.abs(mean[k]!) && sd[k]! > 1e-12);
  const d = used.length;
  const z = points.map((x) => used.map((k) => (x[k]! - mean[k]!) / sd[k]!));
  const correlation = zeros(d, d);
  for (const x of z) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        correlation.data[a * d + b] = correlation.data[a * d + b]! + (x[a]! * x[b]!) / count;
      }
    }
  }
  const { values, vectors } = smallEigen(correlation);
  const kept = used.map((_, i) => i).filter((i) => values[i]! > SMALLEST * values[0]!);
  return z.map((x) =>
    kept.map(
      (i) => x.reduce((sum, value, a) => sum + value * vectors.data[i * d + a]!, 0) / Math.sqrt(values[i]!),
    ),
  );
}

/**
 * Indices of `count` of the points whose mean, and whose mean products of two coordinates, are close to those of all points: each next point is
 * the one that brings the sum closest to them (herding; Welling, ICML 2009). Errors of averages of smooth functions fall faster than
 * those of a random choice. Cost: count N d^2.
 */
export function herdedSubset(points: readonly (readonly number[])[], count: number): number[] {
  const lifted = points.map(withProducts);
  const size = lifted[0]!.length;
  const target = new Float64Array(size);
  for (const x of lifted) for (let k = 0; k < size; k++) target[k] = target[k]! + x[k]! / points.length;
  const excess = new Float64Array(size);
  const chosen: number[] = [];
  const free = points.map(() => true);
  while (chosen.length < Math.min(count, points.length)) {
    let best = 0;
    let least = Infinity;
    lifted.forEach((x, i) => {
      if (!free[i]) return;
      let distance = 0;
      for (let k = 0; k < size; k++) distance += (excess[k]! + x[k]! - target[k]!) ** 2;
      if (distance < least) [best, least] = [i, distance];
    });
    chosen.push(best);
    free[best] = false;
    for (let k = 0; k < size; k++) excess[k] = excess[k]! + lifted[best]![k]! - target[k]!;
  }
  return chosen;
}

/** The coordinates and half the products of any two of them. */
function withProducts(x: readonly number[]): Float64Array {
  const result: number[] = [...x];
  for (let a = 0; a < x.length; a++) for (let b = 0; b <= a; b++) result.push(0.5 * x[a]! * x[b]!);
  return Float64Array.from(result);
}
