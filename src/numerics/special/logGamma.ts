import gammaln from "@stdlib/math-base-special-gammaln";

/** ln Gamma(x) for x > 0: products of gamma functions go through it, because Gamma itself overflows at 171. */
export function logGamma(x: number): number {
  return gammaln(x);
}
