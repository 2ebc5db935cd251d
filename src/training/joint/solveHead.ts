import { type Matrix, zeros } from "../../numerics/matrix.js";
import { addScaled, dot, norm2 } from "../../numerics/products.js";
import type { MarginLoss } from "../gradient/marginLoss.js";
import type { BoundedRegularization } from "../gradient/regularization.js";
import { weightedSum } from "../gradient/weightedSamples.js";
import { ballQuadratic } from "./ballQuadratic.js";
import type { HeadNorm } from "./frameNorm.js";

/** One task as its head sees it: samples W^T z_i, and the norm that an attack charges. */
export interface HeadProblem {
  /** `n x r`. */
  readonly points: Matrix;
  /** omega_i >= 0, summing to 1. */
  readonly weights: Float64Array;
  readonly loss: MarginLoss;
  readonly radius: number;
  readonly norm: (w: Float64Array) => HeadNorm;
  readonly regularization: BoundedRegularization;
}

export interface Head {
  readonly w: Float64Array;
  /** sum_i omega_i l(<w, W^T z_i> - radius psi(W w)) + R(w). */
  readonly value: number;
  /** omega_i times -l'(margin_i): what sample i weighs in the gradient. */
  readonly sampleWeights: Float64Array;
  readonly norm: HeadNorm;
  readonly converged: boolean;
}

/**
 * The head that minimises `sum_i omega_i l(<w, W^T z_i> - radius psi(W w)) + R(w)`, R the unit ball or a ridge: Newton's method in r dimensions, where each
 * step minimises the quadratic model over the whole ball, which needs no multiplier and is quadratically convergent on its
 * boundary too; backtracking makes it descend. The start must not be 0 when psi is the Euclidean norm. Cost a step: n r^2 and one psi.
 */
export function solveHead(problem: HeadProblem, start: Float64Array): Head {
  const { regularization } = problem;
  const radius = regularization.kind === "ball" ? 1 : Infinity;
  const ridge = regularization.kind === "ridge" ? regularization.lambda : 0;
  let here = evaluate(problem, start, ridge);
  // What a head could gain at most, to measure gains by: near a filtered head value and gradient vanish.
  const size = -problem.loss.slope(0) * norm2(weightedSum(problem.points, problem.weights));
  for (let iteration = 1; ; iteration++) {
    const { gradient, hessian, majorant } = derivatives(problem, here, ridge);
    const newton = modelStep(here.w, gradient, hessian, radius);
    // The gain that is left is the square of the error in w: the last step is taken, and is the last.
    const last = !(newton.decrease > 1e-15 * size) || norm2(newton.step) <= 1e-13 * norm2(here.w);
    const next =
      descend(problem, here, newton, ridge, 1e-15 * size, 4) ??
      // Across a kink Newton's steps overshoot; those of a majorant do not.
      descend(problem, here, modelStep(here.w, gradient, majorant, radius), ridge, 1e-15 * size, 40);
    if (next === null || iteration === MAX_STEPS) {
      return { ...here, converged: last || newton.decrease <= SOLVED * size };
    }
    here = next;
    if (last) return { ...here, converged: true };
  }
}

/** The gain, as a share of what the head could gain, below which a head that stopped early counts as solved. */
const SOLVED = 1e-9;
const MAX_STEPS = 100;

interface Point extends Omit<Head, "converged"> {
  readonly margins: Float64Array;
}

function evaluate(problem: HeadProblem, w: Float64Array, ridge: number): Point {
  const { points, weights, loss, radius } = problem;
  const norm = problem.norm(w);
  const margins = new Float64Array(points.rows);
  const sampleWeights = new Float64Array(points.rows);
  let value = (ridge / 2) * dot(w, w);
  for (let i = 0; i < points.rows; i++) {
    let margin = -radius * norm.value;
    for (let l = 0; l < w.length; l++) margin += points.data[i * w.length + l]! * w[l]!;
    margins[i] = margin;
    value += weights[i]! * loss.value(margin);
    sampleWeights[i] = -weights[i]! * loss.slope(margin);
  }
  return { w, value, sampleWeights, norm, margins };
}

function derivatives(
  { points, weights, loss, radius }: HeadProblem,
  { w, sampleWeights, norm, margins }: Point,
  ridge: number,
): { gradient: Float64Array; hessian: Matrix; majorant: Matrix } {
  const r = w.length;
  const gradient = w.map((x) => ridge * x);
  const hessian = zeros(r, r);
  let total = 0;
  for (let i = 0; i < points.rows; i++) {
    const bend = weights[i]! * loss.curvature(margins[i]!, margins[i]!);
    const push = sampleWeights[i]!;
    total += push;
    for (let l = 0; l < r; l++) {
      const slope = points.data[i * r + l]! - radius * norm.gradient[l]!;
      gradient[l] = gradient[l]! - push * slope;
      if (bend === 0) continue;
      for (let k = 0; k < r; k++) {
        hessian.data[l * r + k]! += bend * slope * (points.data[i * r + k]! - radius * norm.gradient[k]!);
      }
    }
  }
  for (let l = 0; l < r; l++) hessian.data[l * r + l]! += ridge;
  const majorant: Matrix = { ...hessian, data: hessian.data.slice() };
  addScaled(hessian.data, radius * total, norm.hessian.data);
  addScaled(majorant.data, radius * total, norm.majorant.data);
  return { gradient, hessian, majorant };
}

interface Step {
  readonly step: Float64Array;
  /** What the step gains to first order. */
  readonly decrease: number;
}

/** The step to the minimum over the ball of the quadratic model with this Hessian. */
function modelStep(w: Float64Array, gradient: Float64Array, hessian: Matrix, radius: number): Step {
  const b = w.map((_, i) => {
    let sum = -gradient[i]!;
    for (let j = 0; j < w.length; j++) sum += hessian.data[i * w.length + j]! * w[j]!;
    return sum;
  });
  const step = ballQuadratic(hessian, b, radius).map((x, i) => x - w[i]!);
  return { step, decrease: -dot(gradient, step) };
}

function descend(
  problem: HeadProblem,
  here: Point,
  { step, decrease }: Step,
  ridge: number,
  rounding: number,
  halvings: number,
): Point | null {
  for (let t = 1, k = 0; k < halvings; k++, t /= 2) {
    const next = evaluate(
      problem,
      here.w.map((x, i) => x + t * step[i]!),
      ridge,
    );
    if (next.value <= here.value - 1e-4 * t * decrease + rounding) return next;
  }
  return null;
}
