import type { Problem } from "../../model/problem.js";
import {
  equalNorms,
  manySamples,
  strongEnoughSignal,
  subGaussianNoise,
  taskDiversity,
} from "./assumptions.js";
import { type Bound, makeBound } from "./bound.js";
import { supervisedTerms } from "./c1.js";

/** C4, pseudo-labels on a strong enough signal: C1 with n + u samples a task. */
export function c4(problem: Problem): Bound {
  return makeBound("C4", "sinTheta", supervisedTerms(problem, problem.labeled + problem.unlabeled), [
    subGaussianNoise(problem),
    taskDiversity(problem),
    equalNorms(problem),
    strongEnoughSignal(problem),
    manySamples(problem),
  ]);
}
