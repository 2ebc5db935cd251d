import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import type { Bound } from "./bound.js";
import { c1 } from "./c1.js";
import { c2 } from "./c2.js";
import { c3 } from "./c3.js";
import { c4 } from "./c4.js";
import { c5 } from "./c5.js";
import { c6 } from "./c6.js";

/** The paper's bounds on the representation that a method learns, and on the target's excess risk with it. */
export interface MethodBounds {
  readonly representation: Bound;
  readonly target: Bound;
}

/**
 * The claim of the paper that speaks about a method (docs/theory.md section 4): C1 standard, C2 l2 attack, C3 l_inf attack, C4 pseudo-labels, C5 attack
 * and pseudo-labels, each with C6 for the target. null where the paper claims nothing: other losses and attacks, unnormalised columns, several rounds,
 * thresholds, soft labels or weights other than pooled.
 */
export function boundFor(problem: Problem, method: Method): MethodBounds | null {
  const { attack, pseudoLabels, aggregation } = method;
  if (aggregation !== "normalized" || method.loss !== undefined) return null;
  if (attack !== null && attack.norm !== 2 && attack.norm !== Infinity) return null;
  const labels = problem.unlabeled > 0 ? pseudoLabels : null;
  if (
    labels !== null &&
    (labels.rounds > 1 || labels.threshold > 0 || labels.soft || labels.weight !== "pooled")
  ) {
    return null;
  }
  const representation = representationBound(problem, method, labels !== null);
  return { representation, target: c6(problem, representation) };
}

function representationBound(problem: Problem, method: Method, semiSupervised: boolean): Bound {
  if (semiSupervised) return method.attack === null ? c4(problem) : c5(problem, method);
  if (method.attack === null) return c1(problem);
  return method.attack.norm === 2 ? c2(problem, method) : c3(problem, method);
}
