/** One point of the spread that a finite number of tasks gives to what PCA sees. */
export interface TaskPoint {
  readonly weight: number;
  /** Multiplies the signal of one direction: 1 + delta, delta an eigenvalue of the deviation of A A^T from its mean. */
  readonly signalFactor: number;
  /** Multiplies the number of columns: filtered tasks are a random number. */
  readonly countFactor: number;
}

/**
 * The spread of the singular values of a random A (docs/theory.md 5.1): with T isotropic task vectors, A A^T / T = lambda (I + E), E a traceless
 * Gaussian symmetric matrix with E tr E^2 = r (r - 1) / T * kurtosis, kurtosis = E lambda^2 / (E lambda)^2 over the columns. Its eigenvalues
 * have variance d^2 = (r - 1) kurtosis / T and fourth moment close to 2 d^4 (exactly at r = 2, and in the limit of the semicircle), which the
 * points 0, +-sqrt(2) d with weights 1/2, 1/4, 1/4 share. `countSpread` is the relative standard deviation of the number of surviving columns.
 */
export function taskPoints(rank: number, tasks: number, kurtosis: number, countSpread: number): TaskPoint[] {
  const d = Math.min(0.95, Math.sqrt((2 * (rank - 1) * kurtosis) / tasks));
  const kappa = Math.min(0.7, countSpread);
  const directions = d > 0 ? [1 - d, 1, 1 + d] : [1];
  const counts = kappa > 0 ? [1 - kappa, 1 + kappa] : [1];
  const result: TaskPoint[] = [];
  directions.forEach((signalFactor, i) => {
    const weight = directions.length === 1 ? 1 : i === 1 ? 0.5 : 0.25;
    for (const countFactor of counts) {
      result.push({ weight: weight / counts.length, signalFactor, countFactor });
    }
  });
  return result;
}
