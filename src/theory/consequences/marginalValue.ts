import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import type { MetricName } from "../../transfer/metricNames.js";
import { predict } from "../predict.js";

/** How much a predicted metric falls with one more of each resource; positive is better. null where nothing is predicted. */
export interface MarginalValue {
  /** One more source task, with its n labelled and u unlabelled samples. */
  readonly task: number | null;
  /** One more labelled (unlabelled) sample in every source task. */
  readonly labeled: number | null;
  readonly unlabeled: number | null;
  /** One more labelled target sample. */
  readonly targetSample: number | null;
}

/**
 * What to collect next (docs/theory.md 5.5): the fall of a predicted metric (default excessRisk) per unit of each resource, by a difference over 10 % of what
 * there is (at least one unit). Divide `labeled` and `unlabeled` by T for the value of a single sample. Attack radii follow their
 * specification: a `logThreshold` shrinks with the noise, a number stays. Cost: five predictions.
 */
export function marginalValue(
  problem: Problem,
  method: Method,
  metric: MetricName = "excessRisk",
): MarginalValue {
  const metricOf = (changed: Problem): number | null => predict(changed, method).metrics[metric];
  const here = metricOf(problem);
  const fall = (more: number, step: (amount: number) => Problem): number | null => {
    const there = metricOf(step(more));
    return here === null || there === null ? null : (here - there) / more;
  };
  const tenth = (amount: number): number => Math.max(1, Math.round(amount / 10));
  return {
    task: fall(wholeShares(problem), (more) => ({ ...problem, tasks: problem.tasks + more })),
    labeled: fall(tenth(problem.labeled), (more) => ({ ...problem, labeled: problem.labeled + more })),
    unlabeled: fall(tenth(problem.unlabeled), (more) => ({
      ...problem,
      unlabeled: problem.unlabeled + more,
    })),
    targetSample: fall(tenth(problem.target.samples), (more) => ({
      ...problem,
      target: { ...problem.target, samples: problem.target.samples + more },
    })),
  };
}

/** A step in T, near a tenth of it, that the groups' shares divide best: rounding them would drown the difference. */
function wholeShares(problem: Problem): number {
  const { tasks, signal } = problem;
  const misfit = (step: number): number =>
    signal.reduce(
      (sum, g) => sum + Math.abs(g.share * (tasks + step) - Math.round(g.share * (tasks + step))),
      0,
    );
  let best = Math.max(1, Math.round(tasks / 10));
  for (let step = best; step <= Math.max(10, Math.ceil(tasks / 2)); step++) {
    if (misfit(step) < misfit(best) - 1e-9) best = step;
  }
  return best;
}
