import { badInput } from "../core/guards.js";
import { norm2 } from "../numerics/products.js";

/** Passes an exponent in [1, Infinity] through and throws on anything else. */
export function requireExponent(parameter: string, q: number): number {
  if (typeof q === "number" && q >= 1) return q;
  throw badInput(parameter, "a number in [1, Infinity]", q);
}

/**
 * The dual exponent q* of q in [1, Infinity]: 1/q + 1/q* = 1.
 *
 * @example dualExponent(Infinity) // 1
 */
export function dualExponent(q: number): number {
  requireExponent("q", q);
  if (q === 1) return Infinity;
  return q === Infinity ? 1 : q / (q - 1);
}

/**
 * The norm ||x||_q = (sum |x_i|^q)^(1/q), max |x_i| for q = Infinity, q in [1, Infinity]. The entries are divided by the largest
 * first: no power overflows, however large q is. A NaN entry gives NaN.
 *
 * @example lqNorm(Float64Array.of(3, -4), 2) // 5
 */
export function lqNorm(x: Float64Array, q: number): number {
  requireExponent("q", q);
  if (q === 2) return norm2(x);
  let largest = 0;
  for (const value of x) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(size)) return size;
  }
  if (q === Infinity || largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  if (q === 1) for (const value of x) sum += Math.abs(value) / largest;
  else for (const value of x) sum += (Math.abs(value) / largest) ** q;
  return q === 1 ? largest * sum : largest * sum ** (1 / q);
}
