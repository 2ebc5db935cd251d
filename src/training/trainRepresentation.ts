import { AdvTransferError } from "../core/errors.js";
import type { Problem } from "../model/problem.js";
import type { RawSamples } from "../model/rawSamples.js";
import { type Matrix, rowView, zeros } from "../numerics/matrix.js";
import { scaled } from "../numerics/products.js";
import { topRightSubspace } from "../numerics/topSubspace.js";
import { type Ball, closedForm, type TaskClassifier } from "./closedForm.js";
import { oracleWeight } from "./columnWeights.js";
import { gradientMethod } from "./gradient/gradientMethod.js";
import { trainedByGradient } from "./gradient/trainedByGradient.js";
import { trainJointly } from "./joint/trainJointly.js";
import type { Method } from "./method.js";
import { resolveAttack } from "./resolveRadius.js";

/** What source training hands to the target task. */
export interface Representation {
  /** W1, `p x k` with orthonormal columns; k < r when fewer than r directions could be learnt (rank-deficient). */
  readonly basis: Matrix;
  /** How many tasks were not filtered out. */
  readonly survivingTasks: number;
}

/**
 * The paper's algorithm on the means that the tasks train on (`means`, `T x p`, one task a row): the closed form of each task, stacked
 * according to the method's aggregation, and the top-r left singular vectors of the `p x T` stack (docs/theory.md section 2):
 *
 * - `normalized`: unit vectors betahat_t;
 * - `raw`: the residuals muhat_t - P(muhat_t) at their own length (muhat_t itself without an attack);
 * - `oracle-weights`: the raw columns times {@link oracleWeight} of the true norms (`norms`, length T).
 *
 * Filtered tasks are zero columns and drop out; with fewer than r left, the basis has fewer than r columns. With `joint` there are no columns: W1 is
 * trained together with all heads, {@link trainJointly}, and the surviving tasks are those with a head.
 *
 * A method with `solver: "gradient"` or another loss has its classifiers from gradient training, {@link trainedByGradient}, on the means or, for a loss that
 * sees more than these, on the `samples`.
 *
 * Throws `numerical` when the singular subspace, or joint training, did not converge; `bad-input` on joint training under an attack with q = 1. Cost: T closed forms and one {@link topRightSubspace} of a `T x p` matrix.
 */
export function trainRepresentation(
  problem: Problem,
  means: Matrix,
  norms: Float64Array,
  method: Method,
  samples: RawSamples | null = null,
): Representation {
  const attack = resolveAttack(problem, method);
  if (method.aggregation === "joint") {
    const { basis, activeTasks } = trainJointly(problem, means, method, attack, samples);
    return { basis, survivingTasks: activeTasks };
  }
  const classifiers =
    gradientMethod(method) === null
      ? closedForms(means, attack)
      : trainedByGradient(problem, means, method, attack, samples);
  const columns: Float64Array[] = [];
  let t = 0;
  for (const classifier of classifiers) {
    const factor = columnFactor(problem, method, classifier, norms[t]!);
    if (classifier.direction.some((x) => x !== 0) && factor > 0)
      columns.push(scaled(classifier.direction, factor));
    t++;
  }
  if (columns.length === 0) return { basis: zeros(means.cols, 0), survivingTasks: 0 };
  const stack = zeros(columns.length, means.cols);
  columns.forEach((column, i) => {
    rowView(stack, i).set(column);
  });
  const subspace = topRightSubspace(stack, Math.min(problem.rank, stack.rows, stack.cols));
  if (!subspace.converged) {
    throw new AdvTransferError(
      "numerical",
      `the top-${problem.rank} singular subspace did not converge: relative residual ${subspace.residual}`,
    );
  }
  return { basis: subspace.basis, survivingTasks: columns.length };
}

function* closedForms(means: Matrix, attack: Ball | null): Iterable<TaskClassifier> {
  for (let t = 0; t < means.rows; t++) yield closedForm(rowView(means, t), attack);
}

function columnFactor(problem: Problem, method: Method, classifier: TaskClassifier, norm: number): number {
  if (method.aggregation === "normalized") return 1;
  if (method.aggregation === "raw") return classifier.value;
  return classifier.value * oracleWeight(problem, method.pseudoLabels, norm);
}
