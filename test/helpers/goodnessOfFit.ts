/**
 * Tests of fit whose false-alarm probability is a theorem for the sample size at hand, not an asymptotic one. Each is used with the
 * level LEVEL; about 80 of them run in the suite, so a correct sampler with another seed raises a false alarm with probability below 1e-6.
 */
export const LEVEL = 1e-8;

/**
 * The Kolmogorov-Smirnov distance of a sample to a distribution function F, in units of the bound that a sample of F exceeds with
 * probability at most LEVEL: P(D > d) <= 2 exp(-2 n d^2) for every n and F (Massart, Ann. Probab. 18 (1990)). Above 1: rejected.
 */
export function ksExcess(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]!);
    const gap = Math.max((i + 1) / n - f, f - i / n);
    if (!(gap <= distance)) distance = gap;
  }
  return distance / Math.sqrt(Math.log(2 / LEVEL) / (2 * n));
}

/**
 * Pearson's statistic of counts against probabilities, in units of a bound that a chi-square variable exceeds with probability at most LEVEL:
 * P(X > k + 2 sqrt(k x) + 2 x) <= e^-x (Laurent & Massart, Ann. Statist. 28 (2000)). Neighbouring cells are joined until each expects 100,
 * so the statistic is close to chi-square. Above 1: rejected.
 */
export function chiSquareExcess(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  const cells: { seen: number; expected: number }[] = [];
  let seen = 0;
  let expected = 0;
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i]!;
    expected += total * probabilities[i]!;
    if (expected < 100) continue;
    cells.push({ seen, expected });
    seen = 0;
    expected = 0;
  }
  const last = cells.at(-1)!;
  last.seen += seen;
  last.expected += expected;
  let statistic = 0;
  for (const cell of cells) statistic += (cell.seen - cell.expected) ** 2 / cell.expected;
  const degrees = cells.length - 1;
  const x = Math.log(1 / LEVEL);
  return statistic / (degrees + 2 * Math.sqrt(degrees * x) + 2 * x);
}

/** |mean - truth| in units of the bound t with P(|sum| > t) <= LEVEL for a normal sum: 5.74 standard errors. */
export function meanExcess(sample: ArrayLike<number>, truth: number, sd: number): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i]! - truth;
  return Math.abs(sum) / Math.sqrt(sample.length) / sd / 5.74;
}

/** `count` draws. */
export function drawn(count: number, draw: () => number): Float64Array {
  const sample = new Float64Array(count);
  for (let i = 0; i < count; i++) sample[i] = draw();
  return sample;
}
