/**
 * Holm's step-down test: which of m hypotheses are rejected when the probability of any false rejection must be at most `level`. The i-th smallest
 * p-value is compared with level / (m - i + 1), and the first that fails ends it. Valid for any dependence between the p-values.
 *
 * The rejected set only grows when p-values fall. So when each p-value is a running minimum that is valid at every stopping time (see `Looks`), a
 * rejection at an interim look is also one at the end, and deciding claims one after another costs nothing.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
 *
 * @example holm([0.01, 0.04, 0.03], 0.05) // [true, false, false]
 */
export function holm(pValues: readonly number[], level: number): boolean[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const rejected = pValues.map(() => false);
  for (const [rank, i] of order.entries()) {
    if (!(pValues[i]! <= level / (pValues.length - rank))) break;
    rejected[i] = true;
  }
  return rejected;
}

/** The level that the next rejection has to meet: level / (hypotheses that are not rejected yet). */
export function nextHolmLevel(rejected: readonly boolean[], level: number): number {
  return level / Math.max(1, rejected.filter((done) => !done).length);
}
