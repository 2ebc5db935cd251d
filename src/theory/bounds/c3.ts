import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import {
  equalNorms,
  manySamples,
  radiusAtNoiseLevel,
  sparseSupport,
  subGaussianNoise,
  taskDiversity,
} from "./assumptions.js";
import { type Bound, type BoundTerm, makeBound } from "./bound.js";

/** C3, l_inf-adversarial training on a sparse B: (r sqrt(1/n) + r sqrt(s^2/(nT))) log(T + p), radius of order sigma sqrt(log p / n). */
export function c3(problem: Problem, method: Method): Bound {
  return makeBound("C3", "sinTheta", sparseTerms(problem, problem.labeled), [
    subGaussianNoise(problem),
    taskDiversity(problem),
    equalNorms(problem),
    sparseSupport(problem),
    radiusAtNoiseLevel(problem, method),
    manySamples(problem),
  ]);
}

/** The two terms of C3 at n samples a task. */
export function sparseTerms(problem: Problem, n: number): BoundTerm[] {
  const { rank: r, dimension: p, tasks } = problem;
  const s = problem.support ?? p;
  const log = Math.log(tasks + p);
  return [
    { name: "r sqrt(1/n) log(T+p)", value: r * Math.sqrt(1 / n) * log },
    { name: "r sqrt(s^2/(nT)) log(T+p)", value: r * Math.sqrt((s * s) / (n * tasks)) * log },
  ];
}
