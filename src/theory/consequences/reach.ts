import { requireInteger, requireNonNegative } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import type { MetricName } from "../../transfer/metricNames.js";
import { predict } from "../predict.js";

/** Sizes of a problem that more money buys. */
export type Resource = "tasks" | "labeled" | "unlabeled";

/** The answer to an inverse question: how much of a resource reaches a level. */
export interface Reach {
  /** The smallest amount, or null when none up to `limit` reaches the level (or nothing is predicted). */
  readonly amount: number | null;
  /** The predicted metric at that amount, or at the limit. */
  readonly value: number | null;
}

/**
 * The smallest number of source tasks, labelled or unlabelled samples a task at which a method's predicted metric falls to `level` or below, all
 * else as in the problem (docs/theory.md 5.5). The amount is doubled until the level is reached, then bisected down to one unit; where the
 * metric is not monotone (pooled pseudo-labels on a weak signal, an l_inf radius that is fixed while the noise falls) the amount is the first
 * that the doubling meets. Cost: about 2 log2(limit) predictions.
 *
 * @param limit the largest amount tried, default 1e9
 * @example smallestReaching(problem, method, "tasks", "sinTheta2", 0.1).amount
 */
export function smallestReaching(
  problem: Problem,
  method: Method,
  resource: Resource,
  metric: MetricName,
  level: number,
  limit: number = 1e9,
): Reach {
  requireNonNegative("level", level);
  requireInteger("limit", limit, 1);
  const at = (amount: number): number | null =>
    predict({ ...problem, [resource]: amount }, method).metrics[metric];
  let high = resource === "unlabeled" ? 0 : 1;
  let low = high;
  let value = at(high);
  if (value === null) return { amount: null, value };
  while (value > level) {
    if (high >= limit) return { amount: null, value };
    low = high;
    high = Math.min(limit, Math.max(1, 2 * high));
    const next = at(high);
    if (next === null) return { amount: null, value: next };
    value = next;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const here = at(middle);
    if (here !== null && here <= level) {
      high = middle;
      value = here;
    } else low = middle;
  }
  return { amount: high, value };
}
