import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import { minimize } from "../../numerics/minimize.js";
import type { Method } from "../../training/method.js";
import { meanLength } from "../../training/problemLaw.js";
import { resolveAttack } from "../../training/resolveRadius.js";
import type { MetricName } from "../../transfer/metricNames.js";
import { predict } from "../predict.js";

/** The radius that minimises a predicted metric, and what it is worth. */
export interface BestRadius {
  readonly radius: number;
  /** The predicted metric at the best radius and without an attack. */
  readonly value: number;
  readonly withoutAttack: number;
  /** l_inf: the best radius in units of tau sqrt(2 ln p). */
  readonly logThreshold: number | null;
}

/**
 * The best radius of an l2 or l_inf attack (`norm` 2 or Infinity) by the predicted metric (default sinTheta2), the rest of the method as given (docs/theory.md 5.5).
 * l2: between 0 and the length of the strongest group's means; l_inf: between 0 and tau sqrt(2 ln p). 0 when an attack only hurts: an l2 attack on
 * equal norms (negative control N1), an l_inf attack on a dense B (N2). null when nothing is predicted. Cost: about 50 predictions.
 *
 * @example bestRadius(problem, method, Infinity)!.logThreshold
 */
export function bestRadius(
  problem: Problem,
  method: Method,
  norm: number,
  metric: MetricName = "sinTheta2",
): BestRadius | null {
  if (norm !== 2 && norm !== Infinity) throw badInput("norm", "2 or Infinity", norm);
  const valueAt = (radius: number): number | null =>
    predict(problem, { ...method, attack: radius > 0 ? { norm, radius } : null }).metrics[metric];
  const withoutAttack = valueAt(0);
  if (withoutAttack === null) return null;
  const unit = norm === 2 ? 1 : logLevel(problem, method);
  const high = norm === 2 ? longestMean(problem, method) : unit;
  const scan = norm === 2 ? 48 : 16;
  // Where nothing is predicted the radius is no candidate: worse than anything.
  const worst = problem.rank + Math.abs(withoutAttack) + 1e3;
  const best = minimize((radius) => valueAt(radius) ?? worst, 0, high, { tolerance: 2e-3, scan });
  const useful = best.value < withoutAttack * (1 - 1e-6);
  const radius = useful ? best.x : 0;
  return {
    radius,
    value: useful ? best.value : withoutAttack,
    withoutAttack,
    logThreshold: norm === Infinity ? radius / unit : null,
  };
}

function logLevel(problem: Problem, method: Method): number {
  return resolveAttack(problem, { ...method, attack: { norm: Infinity, radius: { logThreshold: 1 } } })!
    .radius;
}

function longestMean(problem: Problem, method: Method): number {
  const groups = problem.signal.filter((g) => g.share > 0);
  return Math.max(...groups.map((g) => meanLength(problem, method.pseudoLabels, g.norm)));
}
