/**
 * How a solve ended:
 *
 * - `converged`: the gap is within the tolerance;
 * - `iteration-limit`: it is not; the gap says how far the result may be off;
 * - `filtered`: beta = 0 is optimal, which for every loss here is the condition ||muhat||_q <= eps of the closed form;
 * - `separable`: a logistic loss without regularisation whose infimum 0 is not attained: all attacked margins of beta are positive, and longer is better.
 */
export type SolveStatus = "converged" | "iteration-limit" | "filtered" | "separable";

/** A task's classifier with its certificate. */
export interface TaskSolution {
  readonly beta: Float64Array;
  /** The objective at beta. */
  readonly value: number;
  /** An upper bound on value - minimum: the duality gap. */
  readonly gap: number;
  /** ||r||_2 at the last dual point: for the linear loss the value of the closed form, the length of a raw column. */
  readonly strength: number;
  readonly iterations: number;
  readonly status: SolveStatus;
}
