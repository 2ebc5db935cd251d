import { requireFinite, requireNonNegative } from "../core/guards.js";
import { norm2, scaled } from "../numerics/products.js";
import { generalBallProjection } from "./generalBallProjection.js";
import { lqNorm, requireExponent } from "./lqNorm.js";

/** x = projection + residual, each computed without subtracting the other from x where that would cancel. */
export interface BallProjection {
  /** P(x), the point of the ball nearest to x. */
  readonly projection: Float64Array;
  /** x - P(x); all zero when x is in the ball. */
  readonly residual: Float64Array;
  /** true when x lies in the ball. */
  readonly inside: boolean;
}

/**
 * The Euclidean projection of x onto the ball `||v||_q <= radius`, q in [1, Infinity], radius >= 0.
 *
 * q = 1: the projection is soft-threshold(x, theta), theta from a sort; q = 2: rescaling; q = Infinity: clipping, so that the residual is
 * soft-threshold(x, radius); other q: {@link generalBallProjection}. Cost O(p), O(p log p) for q = 1, about 50 p powers for other q.
 *
 * Throws `numerical` on non-finite x, `bad-input` on a radius or exponent out of range.
 *
 * @example projectOntoBall(Float64Array.of(3, -1), Infinity, 2).residual // [1, 0]
 */
export function projectOntoBall(x: Float64Array, q: number, radius: number): BallProjection {
  requireExponent("q", q);
  requireNonNegative("radius", radius);
  requireFinite("x", x);
  if (lqNorm(x, q) <= radius)
    return { projection: x.slice(), residual: new Float64Array(x.length), inside: true };
  // A radius that is lost beside x, by three hundred digits, is none.
  if (!(lqNorm(x, Infinity) / radius < 1e300))
    return { projection: new Float64Array(x.length), residual: x.slice(), inside: false };
  if (q === 1) return { ...simplexProjection(x, radius), inside: false };
  if (q === 2) {
    const length = norm2(x);
    return {
      projection: scaled(x, radius / length),
      residual: scaled(x, (length - radius) / length),
      inside: false,
    };
  }
  if (q === Infinity) return { ...softThreshold(x, radius), inside: false };
  return { ...generalBallProjection(x, q, radius), inside: false };
}

/** The entries beyond the level (`residual`, soft-threshold(x, level)) and the clipped ones (`projection`). */
function softThreshold(x: Float64Array, level: number): { projection: Float64Array; residual: Float64Array } {
  const projection = new Float64Array(x.length);
  const residual = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]!);
    const sign = x[i]! < 0 ? -1 : 1;
    projection[i] = sign * Math.min(size, level);
    residual[i] = size > level ? sign * (size - level) : 0;
  }
  return { projection, residual };
}

/**
 * projection = soft-threshold(x, theta) with sum_i max(|x_i| - theta, 0) = radius, for ||x||_1 > radius: the k largest entries exceed theta, k
 * found from sorted sums of the gaps to the largest entry, max - |x_i|, which are below the radius among those k. So the projection,
 * radius/k + mean gap - gap_i, keeps its digits however small the radius is beside x, and theta, which subtracts the
 * radius from the largest entry first, keeps its digits when x is hardly outside.
 */
function simplexProjection(
  x: Float64Array,
  radius: number,
): { projection: Float64Array; residual: Float64Array } {
  const largest = lqNorm(x, Infinity);
  const gaps = x.map((value) => largest - Math.abs(value));
  let sumOfGaps = 0;
  let level = radius;
  let sum = -radius;
  let theta = 0;
  const descending = x.map(Math.abs).sort().reverse();
  descending.forEach((size, i) => {
    const gap = largest - size;
    if (gap >= level) return;
    sumOfGaps += gap;
    level = (radius + sumOfGaps) / (i + 1);
    sum += size;
    theta = Math.max(0, sum / (i + 1));
  });
  const projection = new Float64Array(x.length);
  const residual = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]!);
    const sign = x[i]! < 0 ? -1 : 1;
    projection[i] = sign * Math.min(size, Math.max(0, level - gaps[i]!));
    residual[i] = sign * Math.min(size, theta);
  }
  return { projection, residual };
}
