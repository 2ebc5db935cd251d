import type { DirectionOverlap } from "./directionOverlap.js";

/** A point of the law of ||M^T a||^2 / ||a||^2, M = B^T W1: the share of a random target that the representation captures. */
export interface CapturedPoint {
  readonly weight: number;
  readonly share: number;
}

/**
 * The law of the share `sum_i c_i^2 a_i^2` of a target direction a, uniform on the sphere of R^r, that lies within the representation
 * (docs/theory.md 5.4): one point when all c_i^2 agree, else a beta law on [min c^2, max c^2] with the exact mean and variance - which is exact for two distinct
 * values - by the midpoint rule in its angle.
 */
export function capturedShares(overlaps: readonly DirectionOverlap[]): CapturedPoint[] {
  const r = overlaps.reduce((sum, o) => sum + o.count, 0);
  const first = overlaps.reduce((sum, o) => sum + o.count * o.cos2, 0);
  const second = overlaps.reduce((sum, o) => sum + o.count * o.cos2 * o.cos2, 0);
  const mean = first / r;
  const variance = Math.max(0, (2 * (second - (first * first) / r)) / (r * (r + 2)));
  const low = Math.min(...overlaps.map((o) => o.cos2));
  const high = Math.max(...overlaps.map((o) => o.cos2));
  const sd = Math.sqrt(variance);
  if (!(sd > 1e-6 * mean)) return [{ weight: 1, share: mean }];
  if (mean - sd > low && mean + sd < high && sd < 0.15 * mean) {
    return [
      { weight: 0.5, share: mean - sd },
      { weight: 0.5, share: mean + sd },
    ];
  }
  const centre = (mean - low) / (high - low);
  const total = Math.max(0.2, (centre * (1 - centre) * (high - low) ** 2) / variance - 1);
  const points = 8;
  const raw = Array.from({ length: points }, (_, i) => {
    const theta = ((i + 0.5) * Math.PI) / (2 * points);
    const weight =
      Math.sin(theta) ** (2 * centre * total - 1) * Math.cos(theta) ** (2 * (1 - centre) * total - 1);
    return { weight, share: low + (high - low) * Math.sin(theta) ** 2 };
  });
  const sum = raw.reduce((s, point) => s + point.weight, 0);
  return raw.map(({ weight, share }) => ({ weight: weight / sum, share }));
}
