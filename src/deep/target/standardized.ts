import { requireFinite } from "../../core/guards.js";
import { type Matrix, zeros } from "../../numerics/matrix.js";
import { norm2 } from "../../numerics/products.js";

/** Points moved to mean 0 and divided by one number, and how to do the same to others: `(x - mean) / scale`. */
export interface Standardized {
  /** `n x d`. */
  readonly points: Matrix;
  readonly mean: Float64Array;
  /** The root mean square of all entries of the centred points; 1 when the points are all one, whose `points` are 0. */
  readonly scale: number;
}

/**
 * Centres `count x width` features (row-major) and divides all by one scale, so that a penalty means the same for features of any size. One scale and not one a
 * coordinate: a rotation of the features rotates the result. Throws `numerical` on a feature that is not finite.
 */
export function standardized(features: ArrayLike<number>, count: number, width: number): Standardized {
  requireFinite("features", features);
  const points = zeros(count, width);
  const mean = new Float64Array(width);
  let largest = 0;
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < width; j++, at++) {
      mean[j] = mean[j]! + features[at]! / count;
      largest = Math.max(largest, Math.abs(features[at]!));
    }
  }
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < width; j++, at++) points.data[at] = features[at]! - mean[j]!;
  }
  const spread = norm2(points.data) / Math.sqrt(Math.max(1, points.data.length));
  // Features that differ by less than 32 bits can tell are constant: they would be rounding errors, scaled up.
  const constant = !(spread > 1e-7 * largest);
  const scale = constant ? 1 : spread;
  for (let at = 0; at < points.data.length; at++) {
    points.data[at] = constant ? 0 : points.data[at]! / scale;
  }
  return { points, mean, scale };
}
