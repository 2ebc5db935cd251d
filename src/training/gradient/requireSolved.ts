import { AdvTransferError } from "../../core/errors.js";
import type { MarginLoss } from "./marginLoss.js";
import type { TaskSolution } from "./taskSolution.js";

/** The share of what training gained over beta = 0 above which a gap is an error: 1e-6 is an angle of about 1e-3. */
export const LARGEST_GAP = 1e-6;

/**
 * Passes a solution through that ended by itself, or at its iteration limit within {@link LARGEST_GAP} of what it gained over beta = 0; throws `numerical` on
 * others. The task is named in the error.
 */
export function requireSolved(solution: TaskSolution, loss: MarginLoss, task: number): TaskSolution {
  if (solution.status !== "iteration-limit") return solution;
  const gained = loss.value(0) - solution.value;
  if (solution.gap <= LARGEST_GAP * gained) return solution;
  throw new AdvTransferError(
    "numerical",
    `${loss.name} training of task ${task} stopped after ${solution.iterations} iterations with a duality gap of ${solution.gap / gained} of what it gained`,
    { hint: "A larger ridge makes the problem better conditioned." },
  );
}
