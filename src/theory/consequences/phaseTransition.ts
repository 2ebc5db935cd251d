import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import { resolveAttack } from "../../training/resolveRadius.js";
import { columnClasses } from "../columnClasses.js";
import { directionShares } from "../directionShares.js";
import { spikeOverlap } from "../weightedSpike.js";

/**
 * The number of source tasks (not an integer) at which a method begins to learn its strongest direction: the phase transition of docs/theory.md 5.1 in
 * the limit of large p and T. With one group of unnormalised columns it is (p - r) / L^2 = (p - r) (r tau^2 / norm^2)^2, L = lambda / v the
 * signal-to-noise ratio of a column. null when no number of tasks is enough (no
 * signal survives), or under an l_inf attack, whose transition has no such form.
 *
 * @example transitionTasks(problem, method) // about 8 for p = 200, r = 2, n = 10, sigma = 1, norm 1
 */
export function transitionTasks(problem: Problem, method: Method): number | null {
  const attack = resolveAttack(problem, method);
  if (attack !== null && attack.norm !== 2 && attack.radius > 0) return null;
  const share = directionShares(problem.diversity)[0]!.share;
  const classes = columnClasses(problem, method, attack?.radius ?? 0)
    .flatMap((group) => group.classes)
    .map((g) => ({ ...g, signal: g.signal * share, covariance: g.covariance * share }));
  const learns = (logC: number): boolean => spikeOverlap(classes, Math.exp(logC)) > 0;
  let low = -60;
  let high = 60;
  if (!learns(high)) return null;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (learns(middle)) high = middle;
    else low = middle;
  }
  return Math.exp(high) * (problem.dimension - problem.rank);
}

/**
 * The smallest number of labelled samples a task at which a method learns anything with the problem's T tasks: the smallest n with
 * {@link transitionTasks} <= T, up to 1e9; null when there is none. A radius given as a number stays as it is while n grows.
 */
export function transitionLabeled(problem: Problem, method: Method): number | null {
  const learns = (labeled: number): boolean => {
    const tasks = transitionTasks({ ...problem, labeled }, method);
    return tasks !== null && tasks <= problem.tasks;
  };
  if (learns(1)) return 1;
  let low = 1;
  let high = 2;
  while (!learns(high)) {
    if (high > 1e9) return null;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (learns(middle)) high = middle;
    else low = middle;
  }
  return high;
}
