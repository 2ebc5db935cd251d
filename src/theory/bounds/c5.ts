import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import {
  manySamples,
  mixedNorms,
  radiusAtNoiseLevel,
  radiusBetweenGroups,
  sparseSupport,
  strongEnoughSignal,
  subGaussianNoise,
  taskDiversity,
} from "./assumptions.js";
import { type Bound, makeBound } from "./bound.js";
import { filteredTerms } from "./c2.js";
import { sparseTerms } from "./c3.js";

/** C5, adversarial training on pseudo-labels: C2 (l2 attack) or C3 (l_inf attack) with n + u samples a task. */
export function c5(problem: Problem, method: Method): Bound {
  const samples = problem.labeled + problem.unlabeled;
  const common = [subGaussianNoise(problem), taskDiversity(problem), strongEnoughSignal(problem)];
  if (method.attack?.norm === Infinity) {
    return makeBound("C5", "sinTheta", sparseTerms(problem, samples), [
      ...common,
      sparseSupport(problem),
      radiusAtNoiseLevel(problem, method),
      manySamples(problem),
    ]);
  }
  return makeBound("C5", "sinTheta", filteredTerms(problem, samples), [
    ...common,
    mixedNorms(problem),
    radiusBetweenGroups(problem, method),
    manySamples(problem),
  ]);
}
