import { logGamma } from "../numerics/special/logGamma.js";

/**
 * The expected l_q norm (q = `dual` in [1, 4]) of a unit predictor v in R^p, of which the share `within` of the squared length lies in the range of B and
 * is spread evenly over B's s nonzero rows, and the rest evenly over all p coordinates (docs/theory.md 5.4):
 *
 *     (E|z|^q (s (within/s + rest/p)^{q/2} + (p - s) (rest/p)^{q/2}))^{1/q},   E|z|^q = 2^{q/2} Gamma((q+1)/2) / sqrt(pi).
 *
 * Exact at q = 2 (the value is 1). For other q the sum concentrates when s is not small: relative error about 1/s.
 */
export function expectedDualNorm(dual: number, p: number, s: number, within: number): number {
  if (dual === 2) return 1;
  const rest = Math.max(0, 1 - within) / p;
  const moment = Math.exp((dual / 2) * Math.LN2 + logGamma((dual + 1) / 2)) / Math.sqrt(Math.PI);
  const sum = s * (within / s + rest) ** (dual / 2) + (p - s) * rest ** (dual / 2);
  return (moment * sum) ** (1 / dual);
}
