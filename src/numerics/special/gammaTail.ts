import { AdvTransferError } from "../../core/errors.js";
import { logGamma } from "./logGamma.js";
import { normalCdf } from "./normal.js";

/**
 * The regularised upper incomplete gamma function Q(a, x) = Gamma(a, x) / Gamma(a), a > 0, x >= 0: the probability that a gamma variable of
 * shape a exceeds x. Series below a + 1, Lentz's continued fraction above (absolute error about 1e-13), and for a > 5000, where both are
 * slow, the Wilson-Hilferty normal approximation with its next-order term (absolute error below 1e-5, falling as 1/a).
 *
 * @example gammaTail(1, 2) // exp(-2)
 */
export function gammaTail(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) {
    throw new AdvTransferError("bad-input", `gammaTail needs a > 0 and x >= 0, received a = ${a}, x = ${x}`);
  }
  if (x === Infinity) return 0;
  if (a > 5000) return normalCdf(-3 * Math.sqrt(a) * (Math.cbrt(x / a) - 1 + 1 / (9 * a)));
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x);
}

/** The probability that a chi-square variable with k > 0 degrees of freedom exceeds x. */
export function chiSquareTail(k: number, x: number): number {
  return gammaTail(k / 2, Math.max(0, x) / 2);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 20_000; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  // No denominator vanishes for x >= a + 1: c >= k + 1 and d <= 1 / (k + 1) after k steps, by induction.
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 20_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}
