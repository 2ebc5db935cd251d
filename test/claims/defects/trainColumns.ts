import type { Problem } from "../../../src/model/problem.js";
import { type Matrix, rowView, zeros } from "../../../src/numerics/matrix.js";
import { topRightSubspace } from "../../../src/numerics/topSubspace.js";
import type { Ball } from "../../../src/training/closedForm.js";
import type { Method } from "../../../src/training/method.js";
import { resolveAttack } from "../../../src/training/resolveRadius.js";
import type { Representation } from "../../../src/training/trainRepresentation.js";

/** The top-r subspace of columns that `column` makes of the task means (null: filtered): the paper's algorithm around a defective part. */
export function trainColumns(
  problem: Problem,
  means: Matrix,
  method: Method,
  column: (muhat: Float64Array, attack: Ball | null) => Float64Array | null,
): Representation {
  const attack = resolveAttack(problem, method);
  const kept: Float64Array[] = [];
  for (let t = 0; t < means.rows; t++) {
    const made = column(rowView(means, t), attack);
    if (made !== null) kept.push(made);
  }
  if (kept.length === 0) return { basis: zeros(means.cols, 0), survivingTasks: 0 };
  const stack = zeros(kept.length, means.cols);
  kept.forEach((made, i) => {
    rowView(stack, i).set(made);
  });
  const { basis } = topRightSubspace(stack, Math.min(problem.rank, stack.rows));
  return { basis, survivingTasks: kept.length };
}

/** x / ||x||, null for 0. */
export function unit(x: Float64Array): Float64Array | null {
  const length = Math.hypot(...x);
  return length === 0 ? null : x.map((value) => value / length);
}
