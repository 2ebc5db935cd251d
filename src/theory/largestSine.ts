/** Mean largest eigenvalue of a traceless symmetric Gaussian matrix, off-diagonal variance 1, for sizes 1 to 10 (simulated, +-0.003). */
const LARGEST_EIGENVALUE: readonly number[] = [
  0, 1.2533, 2.076, 2.712, 3.262, 3.749, 4.183, 4.587, 4.963, 5.314,
];

/** What spreads the sin^2 of the principal angles around their mean (docs/theory.md 5.1). */
export interface AngleSpread {
  /** The mean of the sin^2 over the directions. */
  readonly mean: number;
  /** By how much the worst direction's expected sin^2 exceeds the mean. */
  readonly excess: number;
  /** How many directions. */
  readonly count: number;
  /** Standard deviation of an entry of the sin^2 matrix from the spread of A. */
  readonly spread: number;
  /** The part of the mean that is noise, and the number of rows that it comes from. */
  readonly noise: number;
  readonly freedom: number;
}

/**
 * The expected sine of the largest principal angle: the sin^2 are the eigenvalues of their mean plus a symmetric Gaussian matrix, to which the spread of
 * A and the noise (a Wishart matrix) contribute, and directions that differ in expectation add theirs: mean + sqrt(excess^2 + (largest
 * eigenvalue)^2). First order. null for more than 10 directions.
 */
export function largestSine(at: AngleSpread): number | null {
  const { mean, excess, count, spread, noise, freedom } = at;
  const factor = LARGEST_EIGENVALUE[count - 1];
  if (factor === undefined) return null;
  const scale = Math.sqrt(spread * spread + (noise * noise) / freedom);
  return Math.sqrt(Math.min(1, Math.max(0, mean + Math.hypot(excess, factor * scale))));
}
