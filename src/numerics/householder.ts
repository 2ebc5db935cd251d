import { divide, norm2 } from "./products.js";

/**
 * Overwrites the entries x[from], x[from + 1], ... by the unit vector h of the reflection I - 2 h h^T that maps them to a multiple of the
 * first axis, and returns that multiple, whose sign is opposite to that of x[from] (no cancellation). Zero entries stay zero and
 * give 0. The entries are first divided by the largest, so that subnormal numbers give a unit vector too.
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 5.1.
 */
export function householder(x: Float64Array, from: number): number {
  const h = x.subarray(from);
  let largest = 0;
  for (const entry of h) largest = Math.max(largest, Math.abs(entry));
  if (largest === 0) return 0;
  divide(h, largest);
  const length = norm2(h);
  const target = h[0]! > 0 ? -length : length;
  h[0] = h[0]! - target;
  divide(h, norm2(h));
  return target * largest;
}
