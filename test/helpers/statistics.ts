/**
 * Statistical tests with fixed false-alarm probabilities. Seeds are fixed, so a test that passes passes always; the probability is that of having to
 * choose another seed although the code is right.
 */

/** Five point eight standard errors: a normal statistic exceeds them with probability 6.6e-9. */
export const FAR = 5.8;

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum / (values.length - 1);
}

/** (mean - expected) / standard error: about N(0, 1) for hundreds of values or more when `expected` is right. */
export function zScore(values: ArrayLike<number>, expected: number): number {
  return (meanOf(values) - expected) / Math.sqrt(varianceOf(values) / values.length);
}

/** The largest distance between the empirical distribution functions of two samples. */
export function ksDistance(a: readonly number[], b: readonly number[]): number {
  const x = [...a].sort((p, q) => p - q);
  const y = [...b].sort((p, q) => p - q);
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i] === at) i++;
    while (j < y.length && y[j] === at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/**
 * The distance that two samples of n >= 458 numbers of one law exceed with probability at most 2 exp(-n d^2) = 1e-8
 * (Wei & Dudley, Statist. Probab. Lett. 82 (2012): the two-sample DKW inequality with Massart's constant).
 */
export function ksLimit(n: number): number {
  if (!(n >= 458)) throw new Error("the inequality holds from 458 numbers a sample");
  return Math.sqrt(Math.log(2e8) / n);
}
