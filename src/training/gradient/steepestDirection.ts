import { dualExponent, lqNorm } from "../lqNorm.js";

/**
 * The direction of steepest ascent of <g, d> in the l_q geometry, argmax over ||d||_q <= 1, where <g, d> = ||g||_{q*}; it is the gradient of
 * ||.||_{q*} at g wherever there is one:
 *
 * - q = Infinity: the signs of g (0 where g is 0);
 * - q = 2: g / ||g||_2;
 * - q = 1: the sign of the largest entry, alone (the first of several);
 * - other q: sign(g_j) |g_j|^(q* - 1), scaled to ||d||_q = 1.
 *
 * Zero for g = 0. Cost O(p).
 *
 * @example steepestDirection(Float64Array.of(3, -4), Infinity) // [1, -1]
 */
export function steepestDirection(g: Float64Array, q: number): Float64Array {
  const largest = lqNorm(g, Infinity);
  const d = new Float64Array(g.length);
  if (largest === 0) return d;
  if (q === 1) {
    const at = g.findIndex((value) => Math.abs(value) === largest);
    d[at] = Math.sign(g[at]!);
    return d;
  }
  const power = dualExponent(q) - 1;
  for (let j = 0; j < g.length; j++) {
    const size = Math.abs(g[j]!) / largest;
    d[j] = size === 0 ? 0 : Math.sign(g[j]!) * (q === Infinity ? 1 : size ** power);
  }
  const length = lqNorm(d, q);
  for (let j = 0; j < d.length; j++) d[j] = d[j]! / length;
  return d;
}
