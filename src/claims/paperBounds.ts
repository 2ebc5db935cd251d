import type { Problem } from "../model/problem.js";

/**
 * The forms of the paper's bounds on ||sin Theta||_F without their constants, which the paper leaves unstated (docs/theory.md section 4). sigma multiplies the noise
 * terms, and n, u, p, r, s, T, m are those of the problem.
 */

/** C1: r (sqrt(1/n) + sqrt(p/(nT)) + sqrt(log n/(nT))) sigma, for standard training. */
export function standardBound(problem: Problem): number {
  return standardForm(problem, problem.labeled);
}

/** C4: C1 with n + u for n. */
export function semiSupervisedBound(problem: Problem): number {
  return standardForm(problem, problem.labeled + problem.unlabeled);
}

/** C2: C1 over alpha, the largest norm among the tasks. */
export function filterBound(problem: Problem): number {
  return standardBound(problem) / Math.max(...problem.signal.map(({ norm }) => norm));
}

/** C3: r (sqrt(1/n) + sqrt(s^2/(nT))) log(T + p) sigma, for an l_inf attack on sparse B. */
export function sparseBound(problem: Problem): number {
  const { rank, labeled, tasks, dimension, support, noise } = problem;
  const s = support ?? dimension;
  return (
    noise.sd * rank * (Math.sqrt(1 / labeled) + s / Math.sqrt(labeled * tasks)) * Math.log(tasks + dimension)
  );
}

/** C6: the bound of the representation, C1, plus sqrt((r + log n)/m) sigma. */
export function targetBound(problem: Problem): number {
  const { rank, labeled, noise, target } = problem;
  return standardBound(problem) + noise.sd * Math.sqrt((rank + Math.log(labeled)) / target.samples);
}

function standardForm({ rank, dimension, tasks, noise }: Problem, n: number): number {
  const shared = Math.sqrt(dimension / (n * tasks)) + Math.sqrt(Math.log(n) / (n * tasks));
  return noise.sd * rank * (Math.sqrt(1 / n) + shared);
}
