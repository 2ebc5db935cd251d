import { type Matrix, zeros } from "../../numerics/matrix.js";
import { addScaled, multiplyTransposeRight, norm2, scaled } from "../../numerics/products.js";
import type { MarginLoss } from "../gradient/marginLoss.js";
import type { Regularization } from "../gradient/regularization.js";
import { type WeightedSamples, weightedSum } from "../gradient/weightedSamples.js";
import { frameNorm } from "./frameNorm.js";
import type { FrameObjective, FrameValue } from "./frameObjective.js";
import { type Head, type HeadProblem, solveHead } from "./solveHead.js";

/** What the tasks of a joint problem have in common. */
export interface JointLoss {
  readonly loss: MarginLoss;
  /** eps, 0 without an attack. */
  readonly radius: number;
  /** q* of the attack; 2 without one. In [1, Infinity). */
  readonly dual: number;
  readonly regularization: HeadProblem["regularization"];
}

/** The joint objective as a function of the frame, with the heads that belong to the last frame asked for. */
export interface MarginObjective {
  readonly evaluate: FrameObjective;
  /** The heads at the frame of the last evaluation; zero vectors for filtered tasks. */
  readonly heads: () => readonly Float64Array[];
  /** Every head of the last evaluation was solved. */
  readonly solved: () => boolean;
}

/**
 * Joint training with any loss of the margin, by variable projection (Golub & Pereyra, SIAM J. Numer. Anal. 10 (1973)): the function of the frame
 *
 *     F(W) = - sum_t min over w of [ sum_i omega_i l(<w, W^T z_i> - eps psi(W w)) + R(w) - l(0) ],
 *
 * psi the norm dual to the attack's, smoothed by `delta` ({@link frameNorm}). Its gradient is that at fixed heads, sum_t (sum_i omega_i alpha_i (z_i - eps grad psi)) w_t^T
 * with alpha_i = -l'(margin_i), since the heads are optimal. A task whose mean an l2 attack filters at this frame has head 0. Heads start from those
 * of the frame before. Cost: two products of all samples with the frame, and the heads: n r^2 a task and Newton step, p r^2 for q other than 2.
 */
export function marginObjective(
  tasks: readonly WeightedSamples[],
  joint: JointLoss,
  delta: number,
): MarginObjective {
  const psi = frameNorm(joint.dual, delta);
  let heads: Float64Array[] = [];
  let solved = true;
  const evaluate = (frame: Matrix): FrameValue => {
    const gradient = zeros(frame.rows, frame.cols);
    let value = 0;
    solved = true;
    heads = tasks.map((task, t) => {
      const start = heads[t];
      const head = headAt(task, joint, frame, (w) => psi(frame, w), start);
      if (head === null) return new Float64Array(frame.rows);
      solved &&= head.converged;
      value += joint.loss.value(0) - head.value;
      addOuter(gradient, head.w, pull(task, joint, head));
      return head.w;
    });
    return { value, gradient };
  };
  return { evaluate, heads: () => heads, solved: () => solved };
}

/** null: the task is filtered, its head is 0. */
function headAt(
  task: WeightedSamples,
  { loss, radius, dual, regularization }: JointLoss,
  frame: Matrix,
  norm: HeadProblem["norm"],
  start: Float64Array | undefined,
): Head | null {
  const points = multiplyTransposeRight(task.points, frame);
  const mean = weightedSum(points, task.weights);
  const length = norm2(mean);
  if (length === 0 || (dual === 2 && length <= radius)) return null;
  const warm = start !== undefined && start.length === frame.rows && norm2(start) > 0;
  // From a point that is no better than 0, descent could end at the kink there.
  const problem: HeadProblem = { points, weights: task.weights, loss, radius, norm, regularization };
  return solveHead(
    problem,
    warm ? start : scaled(mean, (1e-3 * firstLength(regularization, length)) / length),
  );
}

/** A length at which the head is of the size of the solution or shorter. */
function firstLength(regularization: Regularization, mean: number): number {
  return regularization.kind === "ridge" ? Math.min(1, mean / regularization.lambda) : 1;
}

/** sum_i omega_i alpha_i (z_i - eps grad psi), length p: the attacked samples as the loss weighs them. */
function pull(task: WeightedSamples, { radius }: JointLoss, head: Head): Float64Array {
  const result = weightedSum(task.points, head.sampleWeights);
  const total = head.sampleWeights.reduce((sum, value) => sum + value, 0);
  if (head.norm.ambient !== null) addScaled(result, -radius * total, head.norm.ambient);
  return result;
}

function addOuter(gradient: Matrix, head: Float64Array, x: Float64Array): void {
  for (let i = 0; i < head.length; i++) {
    addScaled(gradient.data.subarray(i * x.length, (i + 1) * x.length), head[i]!, x);
  }
}
