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
  if (radius === 0) return { projection: new Float64Array(x.length), residual: x.slice(), inside: false };
  if (q === 1) return { ...swap(softThreshold(x, simplexThreshold(x, radius))), inside: false };
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

function swap(parts: { projection: Float64Array; residual: Float64Array }): {
  projection: Float64Array;
  residual: Float64Array;
} {
  return { projection: parts.residual, residual: parts.projection };
}

/** theta with sum_i max(|x_i| - theta, 0) = radius, for ||x||_1 > radius: the k largest entries exceed it, k found from the sorted sums. */
function simplexThreshold(x: Float64Array, radius: number): number {
  const sizes = x.map(Math.abs).sort().reverse();
  let sum = 0;
  let theta = 0;
  for (let k = 0; k < sizes.length; k++) {
    sum += sizes[k]!;
    const candidate = (sum - radius) / (k + 1);
    if (candidate >= sizes[k]!) break;
    theta = candidate;
  }
  return theta;
}
