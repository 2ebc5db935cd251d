import { AdvTransferError } from "../../core/errors.js";
import {
  badInput,
  requireFinite,
  requireInteger,
  requireNonNegative,
  requirePositive,
} from "../../core/guards.js";
import { addScaled, dot, norm2 } from "../../numerics/products.js";
import type { Ball } from "../closedForm.js";
import { lqNorm } from "../lqNorm.js";
import {
  type AttackedPoint,
  attackedPoint,
  averageLoss,
  bendBetween,
  extrapolated,
  type Reweighting,
  reweighting,
} from "./attackedPoint.js";
import { type DualPoint, dualPoint, gapAt, trainingGain } from "./certificate.js";
import type { MarginLoss } from "./marginLoss.js";
import { penalty, proximalPoint, type Regularization } from "./regularization.js";
import type { SolveStatus, TaskSolution } from "./taskSolution.js";
import { type WeightedSamples, weightedSum } from "./weightedSamples.js";

export interface SolveOptions {
  /** The gap at which to stop, as a share of ||r|| (ball), ||r||^2/(2 lambda) (ridge), l(0) (none); 1e-16 l(0) is enough in any case. @defaultValue 1e-13 */
  readonly tolerance?: number;
  /** @defaultValue 5000 */
  readonly maxIterations?: number;
  /** Where to start, length p. @defaultValue 0 */
  readonly start?: Float64Array;
}

/** The step grows by this factor after each iteration: the curvature that a path meets changes. */
const GROWTH = 1.3;

/**
 * Adversarial training of one task by its exact inner maximum,
 *
 *     minimise sum_i omega_i l(<beta, z_i> - eps ||beta||_{q*}) + R(beta),
 *
 * by accelerated proximal gradient steps. The losses decrease and the attacked margin is concave in beta, so l taken linear in the *margin* is a convex
 * minorant of the objective, whose proximal step is the closed form of docs/theory.md section 2 at a point: nothing is smoothed, and for q = Infinity the
 * iterates are sparse. The step is searched back by the curvature of l along it; momentum restarts where it points uphill (O'Donoghue & Candes, Found. Comput.
 * Math. 15 (2015)).
 *
 * `attack` null is standard training. Cost: two products with the `n x p` samples and two projections on the l_q ball an iteration. Throws `numerical` on non-finite samples,
 * `bad-input` on options out of range and on a linear loss without regularisation, which has no minimum.
 *
 * @example solveTask(equalWeights(points), marginLoss("logistic"), { norm: Infinity, radius: 0.1 }, { kind: "ball" })
 */
export function solveTask(
  samples: WeightedSamples,
  loss: MarginLoss,
  attack: Ball | null,
  regularization: Regularization,
  options: SolveOptions = {},
): TaskSolution {
  const { tolerance = 1e-13, maxIterations = 5000 } = options;
  requirePositive("tolerance", tolerance);
  requireInteger("maxIterations", maxIterations, 1);
  requireSolvable(samples, loss, regularization);
  const ball = attack ?? { norm: 2, radius: 0 };
  requireNonNegative("radius", ball.radius);
  const mean = weightedSum(samples.points, samples.weights);
  const origin = new Float64Array(mean.length);
  if (lqNorm(mean, ball.norm) <= ball.radius) {
    return { beta: origin, value: loss.value(0), gap: 0, strength: 0, iterations: 0, status: "filtered" };
  }
  let x = attackedPoint(samples, ball, options.start ?? origin);
  let before = x;
  let momentum = 1;
  let step = 1 / (-loss.slope(0) * norm2(mean));
  for (let iterations = 1; ; iterations++) {
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const y = extrapolated(ball, x, before, (momentum - 1) / next);
    momentum = next;
    const weighing = reweighting(samples, loss, y);
    const dual = dualPoint(ball, weighing);
    const taken = proximalStep({ samples, loss, ball, regularization }, y, weighing, step);
    before = x;
    x = taken.point;
    if (pointsUphill(y, x, before)) momentum = 1;
    step = Math.min(GROWTH * taken.step, 1e100);
    const gap = taken.bend / 2 + gapAt(x, ball, dual, regularization);
    const status = statusOf(x, gap, dual, weighing, { loss, regularization, tolerance });
    if (status === null && iterations < maxIterations) continue;
    const value = averageLoss(samples, loss, x) + penalty(regularization, x.beta);
    const { strength } = dual;
    return { beta: x.beta, value, gap, strength, iterations, status: status ?? "iteration-limit" };
  }
}

function requireSolvable(samples: WeightedSamples, loss: MarginLoss, regularization: Regularization): void {
  requireFinite("samples", samples.points.data);
  if (regularization.kind === "ridge") requirePositive("ridge", regularization.lambda);
  if (regularization.kind === "none" && loss.name === "linear") {
    throw badInput(
      "regularization",
      "a ball or a ridge for the linear loss, which has no minimum without",
      "none",
    );
  }
}

interface Task {
  readonly samples: WeightedSamples;
  readonly loss: MarginLoss;
  readonly ball: Ball;
  readonly regularization: Regularization;
}

/** The longest step up to `step` along which l bends no more than the proximal term allows. */
function proximalStep(
  task: Task,
  y: AttackedPoint,
  weighing: Reweighting,
  longest: number,
): { point: AttackedPoint; step: number; bend: number } {
  const { samples, loss, ball, regularization } = task;
  for (let step = longest; step > 1e-300; ) {
    const w = y.beta.slice();
    addScaled(w, step, weighing.mean);
    const beta = proximalPoint(w, step, ball.radius * weighing.total, ball.norm, regularization);
    const point = attackedPoint(samples, ball, beta);
    const bend = bendBetween(samples, loss, y, point);
    const moved = squaredDistance(beta, y.beta);
    // A bend below the rounding of the margins is none.
    if (step * bend <= moved || bend <= 1e-29 * largestMargin(point) ** 2) return { point, step, bend };
    step *= Math.max(0.1, Math.min(0.7, (0.9 * moved) / (step * bend)));
  }
  throw new AdvTransferError(
    "numerical",
    "no step of gradient training decreases the objective: the samples overflow",
  );
}

/** null: go on. */
function statusOf(
  x: AttackedPoint,
  gap: number,
  dual: DualPoint,
  weighing: Reweighting,
  {
    loss,
    regularization,
    tolerance,
  }: { loss: MarginLoss; regularization: Regularization; tolerance: number },
): SolveStatus | null {
  if (regularization.kind === "none" && loss.name === "logistic" && x.scores.every((s) => s > x.loss)) {
    return "separable";
  }
  const rounding = 1e-15 * (norm2(weighing.mean) * norm2(x.beta) + weighing.total * x.loss);
  // A gap that is nothing beside the loss of beta = 0 is none: far beyond the margin a loss has no digits left to compare classifiers by.
  const least = Math.max(rounding, 1e-16 * loss.value(0));
  return gap <= tolerance * trainingGain(dual, loss, regularization) + least ? "converged" : null;
}

function pointsUphill(y: AttackedPoint, x: AttackedPoint, before: AttackedPoint): boolean {
  const against = y.beta.map((value, j) => value - x.beta[j]!);
  const along = x.beta.map((value, j) => value - before.beta[j]!);
  return dot(against, along) > 0;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}

function largestMargin(point: AttackedPoint): number {
  return point.scores.reduce((largest, score) => Math.max(largest, Math.abs(score) + point.loss), 0);
}
