import type { Problem } from "../model/problem.js";
import type { Ball } from "./closedForm.js";
import type { Method } from "./method.js";
import { meanLength, trainingMeanLaw } from "./problemLaw.js";

/**
 * The attack of a method with its radius as a number, the same for every task; null without an attack (docs/theory.md section 2):
 *
 * - a number stands for itself;
 * - `logThreshold: k` is k tau sqrt(2 ln p), tau^2 the noise variance of the mean that the attack acts on: sigma^2/n, or with pseudo-labels the
 *   average of V over the signal groups by share;
 * - `filterBelow: a` is sqrt(S^2 a^2 + V p), the root mean square length of the mean of a task of norm a (S = 1, V = sigma^2/n without
 *   pseudo-labels).
 *
 * @example resolveAttack(problem, { ...method, attack: { norm: 2, radius: { filterBelow: 1 } } }) // { norm: 2, radius: ... }
 */
export function resolveAttack(problem: Problem, method: Method): Ball | null {
  const { attack, pseudoLabels } = method;
  if (attack === null) return null;
  const { norm, radius } = attack;
  if (typeof radius === "number") return { norm, radius };
  if ("logThreshold" in radius) {
    const variance = problem.signal.reduce(
      (sum, group) => sum + group.share * trainingMeanLaw(problem, pseudoLabels, group.norm).noiseVariance,
      0,
    );
    return { norm, radius: radius.logThreshold * Math.sqrt(2 * Math.log(problem.dimension) * variance) };
  }
  return { norm, radius: meanLength(problem, pseudoLabels, radius.filterBelow) };
}
