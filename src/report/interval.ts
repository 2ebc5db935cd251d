import type { Estimate } from "../study/results.js";

/** Two-sided 95 % normal quantile: intervals are mean +- 1.96 Monte Carlo standard errors. */
export const Z95 = 1.96;

/** How a metric is shown: as it is, or by its square root. */
export type Transform = "none" | "sqrt";

/** A mean and the half-width of its 95 % Monte Carlo interval; null where it is not known. */
export interface Shown {
  readonly mean: number | null;
  readonly half: number | null;
  readonly n: number;
}

/**
 * What a figure shows of an estimate. `sqrt` uses the delta method: sd(sqrt X) ~ sd(X) / (2 sqrt(mean)), exact to first order; a
 * mean of 0 has no interval then, and a negative mean no root (null).
 *
 * @example shownEstimate({ mean: 4, mcse: 0.4, n: 10 }, "sqrt") // { mean: 2, half: 1.96 * 0.1, n: 10 }
 */
export function shownEstimate(estimate: Estimate, transform: Transform = "none"): Shown {
  const mean = finiteOrNull(estimate.mean);
  const se = mean === null ? null : finiteOrNull(estimate.mcse);
  if (transform === "none") return { mean, half: se === null ? null : Z95 * se, n: estimate.n };
  const root = shownValue(mean, transform);
  const half = root === null || !(root > 0) || se === null ? null : (Z95 * se) / (2 * root);
  return { mean: root, half, n: estimate.n };
}

/** A number that is known without error (a prediction, a bound) on the same scale. */
export function shownValue(value: number | null, transform: Transform = "none"): number | null {
  const known = finiteOrNull(value);
  if (known === null || transform === "none") return known;
  return known >= 0 ? Math.sqrt(known) : null;
}

function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
