import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import {
  manySamples,
  mixedNorms,
  radiusBetweenGroups,
  subGaussianNoise,
  taskDiversity,
} from "./assumptions.js";
import { type Bound, type BoundTerm, makeBound } from "./bound.js";
import { supervisedTerms } from "./c1.js";

/** C2, l2-adversarial training on mixed signals: C1's bound times 1/alpha, alpha the norm of the strong tasks. */
export function c2(problem: Problem, method: Method): Bound {
  return makeBound("C2", "sinTheta", filteredTerms(problem, problem.labeled), [
    subGaussianNoise(problem),
    taskDiversity(problem),
    mixedNorms(problem),
    radiusBetweenGroups(problem, method),
    manySamples(problem),
  ]);
}

/** C1's terms over the largest norm, at n samples a task. */
export function filteredTerms(problem: Problem, n: number): BoundTerm[] {
  const alpha = Math.max(...problem.signal.filter((g) => g.share > 0).map((g) => g.norm));
  return supervisedTerms(problem, n).map(({ name, value }) => ({
    name: `${name} / alpha`,
    value: value / alpha,
  }));
}
