import { logGamma } from "../../numerics/special/logGamma.js";
import { normalCdf, normalQuantile } from "../../numerics/special/normal.js";

/** Degrees of freedom beyond which Student's t is the normal distribution to the accuracy of any test here. */
const NORMAL_FROM = 1e6;

/**
 * The upper tail P(X > t) of Student's t with `dof` > 0 degrees of freedom (not necessarily an integer; Infinity: the standard normal), through
 * the regularised incomplete beta function: P(X > t) = I_x(dof/2, 1/2) / 2 with x = dof/(dof + t^2), t >= 0. Relative accuracy about 1e-12, also far
 * in the tail. NaN in, NaN out; t = Infinity gives 0.
 *
 * Source: Abramowitz & Stegun (1964), 26.5.27 and the continued fraction 26.5.8.
 *
 * @example studentTail(2.262, 9) // 0.0250
 */
export function studentTail(t: number, dof: number): number {
  if (!(dof < NORMAL_FROM)) return normalCdf(-t);
  if (t < 0) return 1 - studentTail(-t, dof);
  if (t === Infinity) return 0;
  return 0.5 * incompleteBeta(dof / 2, 0.5, dof, t * t);
}

/** The value that Student's t exceeds with probability `tail` in (0, 0.5]; by bisection on {@link studentTail}. */
export function studentQuantile(tail: number, dof: number): number {
  if (!(dof < NORMAL_FROM)) return -normalQuantile(tail);
  let low = 0;
  let high = 2;
  while (studentTail(high, dof) > tail && high < 1e300) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, dof) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b) at x = p / (p + q): both halves are given, because 1 - x loses its digits where x is close to 1. */
function incompleteBeta(a: number, b: number, p: number, q: number): number {
  const x = p / (p + q);
  const y = q / (p + q);
  if (x === 0) return 0;
  if (y === 0) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, y)) / b;
}

/** The continued fraction of the incomplete beta function by the modified Lentz method. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return result;
}
