import { badInput } from "../core/guards.js";
import { type Matrix, rowView, zeros } from "../numerics/matrix.js";
import { norm2 } from "../numerics/products.js";
import { normalVector } from "../random/distributions/haarFrame.js";
import type { Rng } from "../random/keyedStream.js";
import type { DiversityWeights } from "./problem.js";

/**
 * Draws the task vectors `a_t = norm_t D g / ||D g||`, g standard normal in R^r, D = diag(sqrt(weights)): `T x r`, one task a row.
 * Equal weights give directions uniform on the sphere (docs/theory.md section 1); a weight of zero leaves a direction of
 * the representation that no task uses.
 *
 * Throws `bad-input` unless the weights are finite numbers >= 0 with at least one > 0.
 *
 * @example drawTaskVectors(rng, Float64Array.of(1, 2), [1, 1, 1]) // 2 x 3, rows of length 1 and 2
 */
export function drawTaskVectors(rng: Rng, norms: Float64Array, weights: DiversityWeights): Matrix {
  const r = weights.length;
  if (!(weights.some((w) => w > 0) && weights.every((w) => w >= 0 && w < Infinity))) {
    throw badInput("weights", "finite numbers >= 0, at least one > 0", weights);
  }
  const a = zeros(norms.length, r);
  for (let t = 0; t < norms.length; t++) {
    const row = rowView(a, t);
    let length = 0;
    // A draw of length zero has probability zero, except that rounding can make one: it is drawn again.
    while (length === 0) {
      const g = normalVector(rng, r);
      for (let k = 0; k < r; k++) row[k] = Math.sqrt(weights[k]!) * g[k]!;
      length = norm2(row);
    }
    for (let k = 0; k < r; k++) row[k] = (row[k]! / length) * norms[t]!;
  }
  return a;
}
