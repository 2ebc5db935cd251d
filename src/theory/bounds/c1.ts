import type { Problem } from "../../model/problem.js";
import { equalNorms, manySamples, subGaussianNoise, taskDiversity } from "./assumptions.js";
import { type Bound, type BoundTerm, makeBound } from "./bound.js";

/**
 * C1, standard training: ||sin Theta||_F <~ r (sqrt(1/n) + sqrt(p/(nT)) + sqrt(log n/(nT))).
 *
 * @example c1(problem).form // compare along a parameter only: the constant is unknown
 */
export function c1(problem: Problem): Bound {
  return makeBound("C1", "sinTheta", supervisedTerms(problem, problem.labeled), [
    subGaussianNoise(problem),
    taskDiversity(problem),
    equalNorms(problem),
    manySamples(problem),
  ]);
}

/** The three terms of C1 at n samples a task; n + u in C4. */
export function supervisedTerms(problem: Problem, n: number): BoundTerm[] {
  const { rank: r, dimension: p, tasks } = problem;
  return [
    { name: "r sqrt(1/n)", value: r * Math.sqrt(1 / n) },
    { name: "r sqrt(p/(nT))", value: r * Math.sqrt(p / (n * tasks)) },
    { name: "r sqrt(log n/(nT))", value: r * Math.sqrt(Math.log(n) / (n * tasks)) },
  ];
}
