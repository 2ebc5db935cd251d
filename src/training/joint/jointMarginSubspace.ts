import { badInput, requireFinite, requireInteger, requireNonNegative } from "../../core/guards.js";
import { fromRows, type Matrix, transpose } from "../../numerics/matrix.js";
import { scaled } from "../../numerics/products.js";
import { type Ball, closedForm } from "../closedForm.js";
import type { MarginLoss } from "../gradient/marginLoss.js";
import type { BoundedRegularization } from "../gradient/regularization.js";
import { type WeightedSamples, weightedSum } from "../gradient/weightedSamples.js";
import { dualExponent } from "../lqNorm.js";
import { type Ascent, ascend } from "./ascend.js";
import { gainingHeads } from "./gainingHeads.js";
import { type JointOptions, type JointSubspace, nothingLearnt, spectralFrame } from "./jointSubspace.js";
import { type JointLoss, marginObjective } from "./marginObjective.js";
import type { MaximizeOptions } from "./maximizeFrame.js";
import { smoothingBound } from "./smoothingBound.js";
import { type SplitFrame, splitFrame } from "./splitFrame.js";

/** What the tasks of a joint problem minimise. */
export interface JointTraining {
  readonly loss: MarginLoss;
  /** An l_q ball, q in (1, Infinity]; null is standard training. */
  readonly attack: Ball | null;
  readonly regularization: BoundedRegularization;
}

/**
 * Joint two-layer training with any loss of the margin and any l_q attack with q > 1, on samples:
 *
 *     min over W (p x r, orthonormal) and heads w_t of sum_t [ sum_i omega_i l(<w_t, W^T z_i> - eps ||W w_t||_{q*}) + R(w_t) ],
 *
 * by variable projection: exact heads for every W, L-BFGS over W. For the linear loss and q = 2 this is {@link jointSubspace}, which is faster. `value` is how far
 * the sum lies below that of heads 0; a task is active when its head gains something.
 *
 * For q other than 2 the norm is not smooth where an entry of W w vanishes, and with q = Infinity whole rows of W vanish at the optimum, as they should.
 * It is smoothed, in three stages, down to {@link SMOOTHING}/sqrt(p) an entry; `relativeGradient` and `converged` speak of the smoothed problem, `value` is the exact one at what was
 * found. It falls short of the maximum by at most `smoothingBound` = T (l(-h) - l(0)), h = SMOOTHING eps p^{1/q* - 1/2} ({@link smoothingBound}), if the smoothed problem was solved, and
 * else of the value of any frame that this ranks lower: exact value(found) >= smoothed(found) >= smoothed(other) >= exact value(other) - smoothingBound.
 *
 * Cost an evaluation: 2 N p r for N samples in all, and the heads (n r^2 a Newton step, T p r^2 for q other than 2); tens of evaluations, hundreds for q other than 2.
 * Throws `bad-input` for q = 1 and when r is not in [1, p], `numerical` on non-finite samples.
 */
export function jointMarginSubspace(
  tasks: readonly WeightedSamples[],
  r: number,
  training: JointTraining,
  options: JointOptions = {},
): JointSubspace {
  const p = tasks[0]?.points.cols ?? 0;
  requireInteger("r", r, 1, p);
  for (const task of tasks) requireFinite("samples", task.points.data);
  const { loss, regularization } = training;
  const attack = training.attack ?? { norm: 2, radius: 0 };
  requireNonNegative("radius", attack.radius);
  if (attack.norm === 1) {
    throw badInput(
      "attack.norm",
      "greater than 1 in joint training",
      1,
      "With q = 1 the heads have no smooth problem.",
    );
  }
  const ball = attack.radius === 0 ? { norm: 2, radius: 0 } : attack;
  const wanted = closedForms(tasks, ball);
  if (wanted.data.every((x) => x === 0)) return nothingLearnt(p);
  const joint = { loss, radius: ball.radius, dual: dualExponent(ball.norm), regularization };
  const starts = options.starts?.(p, r) ?? [spectralFrame(wanted, r)];
  const ends = starts.map((start) => ascendInStages({ tasks, ball, joint, wanted }, start, options));
  const best = ends.reduce((a, b) => (b.value > a.value ? b : a));
  return {
    basis: transpose(best.frame),
    value: best.value,
    activeTasks: best.activeTasks,
    relativeGradient: best.relativeGradient,
    converged: best.converged,
    iterations: best.iterations,
    smoothingBound: tasks.length * smoothingBound(joint, p, SMOOTHING / Math.sqrt(p)),
    startValues: Float64Array.from(ends, (end) => (end.value === 0 ? 0 : end.value / best.value)),
  };
}

/** The last stage's delta sqrt(p): a smoothed entry of W w is off by this share of its typical size. */
export const SMOOTHING = 1e-4;

/** The columns of per-task training at their own lengths, as rows; zero where a task is filtered. */
function closedForms(tasks: readonly WeightedSamples[], ball: Ball): Matrix {
  return fromRows(
    tasks.map((task) => {
      const { direction, value } = closedForm(weightedSum(task.points, task.weights), ball);
      return scaled(direction, value);
    }),
  );
}

interface JointProblem {
  readonly tasks: readonly WeightedSamples[];
  readonly ball: Ball;
  readonly joint: JointLoss;
  readonly wanted: Matrix;
}

/** From a start to a maximum, through problems that are smoothed less and less. */
function ascendInStages(problem: JointProblem, start: Matrix, options: MaximizeOptions): Ascent {
  const { tasks, ball, joint, wanted } = problem;
  const smooth = ball.norm === 2;
  const { tolerance = smooth ? 1e-9 : 1e-5, maxIterations = 1000 } = options;
  let frame = start;
  let iterations = 0;
  // Early stages lead the way: their maximum itself is not asked for.
  for (const smoothing of smooth ? [] : [100 * SMOOTHING, 10 * SMOOTHING]) {
    const early = { tolerance: Math.max(tolerance, 1e-4), maxIterations: Math.min(200, maxIterations) };
    const end = stage(smoothing, early);
    iterations += end.iterations;
    frame = end.frame;
  }
  const end = stage(smooth ? 0 : SMOOTHING, { tolerance, maxIterations });
  return { ...end, iterations: iterations + end.iterations };

  function stage(smoothing: number, own: MaximizeOptions): Ascent {
    const objective = marginObjective(tasks, joint, smoothing / Math.sqrt(wanted.cols));
    const headsAt = (at: Matrix): ReturnType<typeof gainingHeads> =>
      gainingHeads(tasks, ball, joint, objective, at);
    const split = (at: Matrix): SplitFrame => splitFrame(at, headsAt(at).heads, wanted);
    const found = ascend(objective.evaluate, split, frame, own);
    const { value, solved } = headsAt(found.frame);
    return { ...found, value, converged: found.converged && solved };
  }
}
