import { type Matrix, zeros } from "../../numerics/matrix.js";
import { dot, norm2 } from "../../numerics/products.js";
import type { MarginLoss } from "../gradient/marginLoss.js";
import type { Regularization } from "../gradient/regularization.js";
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
  readonly regularization: Exclude<Regularization, { readonly kind: "none" }>;
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
  for (let iteration = 0; iteration < 60; iteration++) {
    const { gradient, hessian } = derivatives(problem, here, ridge);
    const r = start.length;
    const b = new Float64Array(r);
    for (let i = 0; i < r; i++) {
      b[i] = -gradient[i]!;
      for (let j = 0; j < r; j++) b[i] = b[i]! + hessian.data[i * r + j]! * here.w[j]!;
    }
    const target = ballQuadratic(hessian, b, radius);
    const step = target.map((x, i) => x - here.w[i]!);
    const decrease = -dot(gradient, step);
    const size = norm2(gradient) + Math.abs(here.value);
    // The gain that is left is the square of the error in w: the last step is taken, and is the last.
    const last = !(decrease > 1e-15 * size) || norm2(step) <= 1e-13 * norm2(here.w);
    const next = descend(problem, here, step, decrease, ridge, 1e-15 * size);
    if (next === null) return { ...here, converged: last || decrease <= 1e-12 * size };
    here = next;
    if (last) return { ...here, converged: true };
  }
  return { ...here, converged: false };
}

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
): { gradient: Float64Array; hessian: Matrix } {
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
  for (let l = 0; l < r; l++) {
    hessian.data[l * r + l]! += ridge;
    for (let k = 0; k < r; k++) {
      hessian.data[l * r + k]! += radius * total * norm.hessian.data[l * r + k]!;
    }
  }
  return { gradient, hessian };
}

function descend(
  problem: HeadProblem,
  here: Point,
  step: Float64Array,
  decrease: number,
  ridge: number,
  rounding: number,
): Point | null {
  for (let t = 1; t > 1e-10; t /= 2) {
    const next = evaluate(
      problem,
      here.w.map((x, i) => x + t * step[i]!),
      ridge,
    );
    if (next.value <= here.value - 1e-4 * t * decrease + rounding) return next;
  }
  return null;
}
