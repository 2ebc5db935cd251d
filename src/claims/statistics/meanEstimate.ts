/** A mean with its standard error: what every test of a claim is made from. */
export interface MeanEstimate {
  readonly mean: number;
  /** Standard error of the mean; 0 when all values are equal. NaN when there are fewer than two values. */
  readonly se: number;
  /** Degrees of freedom of `se` (Welch and Satterthwaite where independent means were added). */
  readonly dof: number;
  /** Replications behind it: the smallest number over what was added. */
  readonly n: number;
}

/**
 * Mean and standard error of independent values: se = sd / sqrt(n), n - 1 degrees of freedom.
 *
 * @example meanEstimate([1, 2, 3]) // { mean: 2, se: 0.577, dof: 2, n: 3 }
 */
export function meanEstimate(values: ArrayLike<number>): MeanEstimate {
  const n = values.length;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const step = values[i]! - mean;
    mean += step / (i + 1);
    squares += step * (values[i]! - mean);
  }
  if (n < 2) return { mean: n === 0 ? Number.NaN : mean, se: Number.NaN, dof: 0, n };
  return { mean, se: Math.sqrt(Math.max(0, squares) / (n - 1) / n), dof: n - 1, n };
}

/**
 * The sum of independent estimates and a constant: means add, variances add, and the degrees of freedom are those of Welch and
 * Satterthwaite, (sum v_i)^2 / sum(v_i^2 / dof_i).
 *
 * Source: B. L. Welch, Biometrika 34 (1947) 28-35.
 */
export function sumEstimates(parts: readonly MeanEstimate[], constant: number = 0): MeanEstimate {
  const mean = parts.reduce((sum, part) => sum + part.mean, constant);
  const variance = parts.reduce((sum, part) => sum + part.se ** 2, 0);
  const spread = parts.reduce((sum, part) => (part.se > 0 ? sum + part.se ** 4 / part.dof : sum), 0);
  const n = Math.min(...parts.map((part) => part.n));
  const dof = spread > 0 ? variance ** 2 / spread : Math.max(1, n - 1);
  return { mean, se: Math.sqrt(variance), dof, n };
}

/** c times an estimate. */
export function scaleEstimate(estimate: MeanEstimate, c: number): MeanEstimate {
  return { ...estimate, mean: c * estimate.mean, se: Math.abs(c) * estimate.se };
}
