import { type Matrix, zeros } from "../../numerics/matrix.js";
import { addScaled, dot, multiply, multiplyTransposeRight, norm2 } from "../../numerics/products.js";
import { smallEigen } from "../../numerics/smallEigen.js";
import type { FrameObjective, FrameValue } from "./frameObjective.js";
import { polarFrame, tangentPart } from "./grassmann.js";

/** A stationary subspace, and how far it can be trusted. */
export interface FrameMaximum {
  /** `r x d`, orthonormal rows. */
  readonly frame: Matrix;
  readonly value: number;
  /** ||gradient along the manifold||_F / ||gradient||_F, scale-free; 0 where the function is flat. */
  readonly relativeGradient: number;
  /** The relative gradient is at most the tolerance. */
  readonly converged: boolean;
  readonly iterations: number;
  readonly evaluations: number;
}

export interface MaximizeOptions {
  /** Bound on the relative gradient. @defaultValue 1e-10 */
  readonly tolerance?: number;
  /** Iterations before giving up, and saying so. @defaultValue 1000 */
  readonly maxIterations?: number;
}

interface Pair {
  step: Matrix;
  change: Matrix;
  inner: number;
}

const MEMORY = 12;

/**
 * A local maximum of a function of r-dimensional subspaces of R^d, from a starting frame, by Riemannian L-BFGS: polar retraction,
 * transport by projection, backtracking on Armijo's condition. The inverse Hessian starts from right division by the `r x r` matrix
 * gradient frame^T, which makes the first step that of the generalised power method to first order (the polar factor of the gradient;
 * Journee, Nesterov, Richtarik & Sepulchre, JMLR 11 (2010)). The value never descends by more than rounding.
 *
 * Cost an iteration: one evaluation, seldom more, and about 8 r d (r + 12).
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4; Absil, Mahony & Sepulchre, Optimization Algorithms on Matrix Manifolds (2008).
 */
export function maximizeFrame(
  objective: FrameObjective,
  start: Matrix,
  options: MaximizeOptions = {},
): FrameMaximum {
  const { tolerance = 1e-10, maxIterations = 1000 } = options;
  let frame = start;
  let here = pointAt(objective, frame);
  let evaluations = 1;
  let pairs: Pair[] = [];
  let iterations = 0;
  let stuck = false;
  while (here.relative > tolerance && iterations < maxIterations && !stuck) {
    iterations++;
    let direction = ascentDirection(here, frame, pairs);
    if (!(dot(direction.data, here.slope.data) > 0)) {
      pairs = [];
      direction = ascentDirection(here, frame, pairs);
    }
    const found = search(objective, frame, here, direction);
    evaluations += found.evaluations;
    if (found.next === null) {
      // With a memory, the plain direction is tried next; without, no ascent is left that rounding lets one see.
      stuck = pairs.length === 0;
      pairs = [];
      continue;
    }
    const step = tangentPart(found.frame, found.step);
    const before = tangentPart(found.frame, here.slope);
    pairs = pairs.map((pair) => transported(pair, found.frame));
    const change = zeros(step.rows, step.cols);
    for (let i = 0; i < change.data.length; i++) {
      change.data[i] = before.data[i]! - found.next.slope.data[i]!;
    }
    const inner = dot(step.data, change.data);
    if (inner > 1e-12 * norm2(step.data) * norm2(change.data)) {
      pairs.push({ step, change, inner });
      if (pairs.length > MEMORY) pairs.shift();
    }
    frame = found.frame;
    here = found.next;
  }
  return {
    frame,
    value: here.value,
    relativeGradient: here.relative,
    converged: here.relative <= tolerance,
    iterations,
    evaluations,
  };
}

interface Point extends FrameValue {
  /** The gradient along the manifold, and its length relative to the whole. */
  readonly slope: Matrix;
  readonly relative: number;
}

function pointAt(objective: FrameObjective, frame: Matrix): Point {
  const { value, gradient } = objective(frame);
  const slope = tangentPart(frame, gradient);
  const whole = norm2(gradient.data);
  return { value, gradient, slope, relative: whole === 0 ? 0 : norm2(slope.data) / whole };
}

/** The L-BFGS direction (two loops), or without a memory the power method's. */
function ascentDirection(here: Point, frame: Matrix, pairs: readonly Pair[]): Matrix {
  const q: Matrix = { ...here.slope, data: here.slope.data.slice() };
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, inner } = pairs[k]!;
    alphas[k] = dot(step.data, q.data) / inner;
    addScaled(q.data, -alphas[k]!, change.data);
  }
  const divide = curvature(here.gradient, frame);
  const scaledBack = multiply(divide, q);
  const last = pairs[pairs.length - 1];
  if (last !== undefined) {
    const weight = last.inner / dot(last.change.data, multiply(divide, last.change).data);
    for (let i = 0; i < scaledBack.data.length; i++) scaledBack.data[i] = weight * scaledBack.data[i]!;
  }
  pairs.forEach(({ step, change, inner }, k) => {
    const beta = dot(change.data, scaledBack.data) / inner;
    addScaled(scaledBack.data, alphas[k]! - beta, step.data);
  });
  return scaledBack;
}

/**
 * The inverse of the symmetric part of gradient frame^T (`r x r`), its eigenvalues' sizes kept above a millionth of the largest. A gradient with no part along the
 * frame (nothing of what counts is in its span yet) is divided by its length.
 */
function curvature(gradient: Matrix, frame: Matrix): Matrix {
  const r = frame.rows;
  const m = multiplyTransposeRight(gradient, frame);
  const symmetric = zeros(r, r);
  for (let i = 0; i < r; i++)
    for (let j = 0; j < r; j++) {
      symmetric.data[i * r + j] = 0.5 * (m.data[i * r + j]! + m.data[j * r + i]!);
    }
  const { values, vectors } = smallEigen(symmetric);
  const largest = Math.max(...values.map(Math.abs));
  const least = largest > 0 ? 1e-6 * largest : norm2(gradient.data);
  const inverse = zeros(r, r);
  for (let l = 0; l < r; l++) {
    const factor = 1 / Math.max(Math.abs(values[l]!), least);
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++) {
        inverse.data[i * r + j]! += factor * vectors.data[l * r + i]! * vectors.data[l * r + j]!;
      }
  }
  return inverse;
}

function transported(pair: Pair, frame: Matrix): Pair {
  const step = tangentPart(frame, pair.step);
  const change = tangentPart(frame, pair.change);
  return { step, change, inner: dot(step.data, change.data) };
}

interface Found {
  readonly next: Point | null;
  readonly frame: Matrix;
  readonly step: Matrix;
  readonly evaluations: number;
}

/**
 * Backtracking from the full step. Where the gain to be had is below the rounding of the value, a step also counts when it
 * shortens the gradient and the value is the same to rounding.
 */
function search(objective: FrameObjective, frame: Matrix, here: Point, direction: Matrix): Found {
  const gain = dot(direction.data, here.slope.data);
  const size = Math.abs(here.value);
  // A tangent vector of length 1 is a turn by 45 degrees: longer steps are cut.
  let alpha = Math.min(1, 2 / norm2(direction.data));
  for (let evaluations = 1; evaluations <= 40; evaluations++, alpha *= 0.5) {
    const step: Matrix = { ...direction, data: direction.data.map((x) => alpha * x) };
    const moved: Matrix = { ...frame, data: frame.data.slice() };
    addScaled(moved.data, 1, step.data);
    const candidate = polarFrame(moved);
    const next = pointAt(objective, candidate);
    const armijo = next.value >= here.value + 1e-4 * alpha * gain && next.value > here.value;
    const tiny = alpha * gain <= 1e-9 * size && next.value >= here.value - 1e-13 * size;
    if (armijo || (tiny && next.relative < here.relative)) {
      return { next, frame: candidate, step, evaluations };
    }
  }
  return { next: null, frame, step: direction, evaluations: 40 };
}
