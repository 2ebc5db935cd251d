import { addScaled, dot, norm2 } from "../../numerics/products.js";

/** A function and its gradient at a point. */
export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where a minimisation ended, and how far it can be trusted. */
export interface SmoothMinimum extends ValueAndGradient {
  readonly point: Float64Array;
  /** ||gradient||_2 at the point. */
  readonly gradientNorm: number;
  /** The gradient norm is at most the tolerance. */
  readonly converged: boolean;
  readonly iterations: number;
  readonly evaluations: number;
}

export interface LbfgsOptions {
  /** Bound on the Euclidean norm of the gradient, in its own units. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** Iterations before giving up, and saying so. @defaultValue 1000 */
  readonly maxIterations?: number;
  /** A guess of the diagonal of the inverse Hessian, positive; its size is corrected after the first step. @defaultValue ones */
  readonly inverseDiagonal?: Float64Array;
}

/** Steps remembered. Vectors are short next to the data here, so a long memory costs little. */
const MEMORY = 20;

/**
 * The minimum of a convex function with a Lipschitz gradient, by L-BFGS with a line search for the weak Wolfe conditions. The start is not
 * written to. What is returned is never above the value at the start by more than rounding.
 *
 * Cost an iteration: one evaluation, seldom more, and about 80 products of vectors.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4.
 *
 * @example minimizeConvex((x) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) }), Float64Array.of(3)).point // [0]
 */
export function minimizeConvex(
  objective: (point: Float64Array) => ValueAndGradient,
  start: Float64Array,
  options: LbfgsOptions = {},
): SmoothMinimum {
  const { tolerance = 1e-8, maxIterations = 1000 } = options;
  const diagonal = options.inverseDiagonal ?? new Float64Array(start.length).fill(1);
  let here: Point = pointAt(objective, start.slice());
  let evaluations = 1;
  let pairs: Pair[] = [];
  let iterations = 0;
  while (here.gradientNorm > tolerance && iterations < maxIterations) {
    const direction = descent(here.gradient, pairs, diagonal);
    const found = wolfeStep(objective, here, direction);
    evaluations += found.evaluations;
    if (found.next === null) {
      // With a memory, the plain direction is tried next; without, rounding hides every descent that is left.
      if (pairs.length === 0) break;
      pairs = [];
      continue;
    }
    iterations++;
    pairs = remembered(pairs, here, found.next);
    here = found.next;
  }
  return { ...here, converged: here.gradientNorm <= tolerance, iterations, evaluations };
}

interface Point extends ValueAndGradient {
  readonly point: Float64Array;
  readonly gradientNorm: number;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly inner: number;
}

function pointAt(objective: (point: Float64Array) => ValueAndGradient, point: Float64Array): Point {
  const { value, gradient } = objective(point);
  return { value, gradient, point, gradientNorm: norm2(gradient) };
}

/** The memory with the last step, if it shows curvature beyond rounding. */
function remembered(pairs: Pair[], from: Point, to: Point): Pair[] {
  const step = to.point.slice();
  addScaled(step, -1, from.point);
  const change = to.gradient.slice();
  addScaled(change, -1, from.gradient);
  const inner = dot(step, change);
  if (!(inner > 1e-12 * norm2(step) * norm2(change))) return pairs;
  return [...pairs, { step, change, inner }].slice(-MEMORY);
}

/** Minus the approximate inverse Hessian times the gradient, by the two loops. */
function descent(gradient: Float64Array, pairs: readonly Pair[], diagonal: Float64Array): Float64Array {
  const q = gradient.slice();
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, inner } = pairs[k]!;
    alphas[k] = dot(step, q) / inner;
    addScaled(q, -alphas[k]!, change);
  }
  const last = pairs.at(-1);
  let factor = 1;
  if (last !== undefined) {
    let size = 0;
    for (let i = 0; i < q.length; i++) size += diagonal[i]! * last.change[i]! ** 2;
    factor = last.inner / size;
  }
  for (let i = 0; i < q.length; i++) q[i] = factor * diagonal[i]! * q[i]!;
  pairs.forEach(({ step, change, inner }, k) => {
    addScaled(q, alphas[k]! - dot(change, q) / inner, step);
  });
  for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
  return q;
}

/**
 * A step length with sufficient decrease and a slope that has flattened, by doubling and bisection from 1 (Lewis & Overton, Math. Program. 141
 * (2013), algorithm 4.6). Near the minimum the decrease drowns in rounding; there the slope alone decides (Hager & Zhang, SIAM J. Optim. 16 (2005), section 4).
 */
function wolfeStep(
  objective: (point: Float64Array) => ValueAndGradient,
  here: Point,
  direction: Float64Array,
): { next: Point | null; evaluations: number } {
  const slope = dot(direction, here.gradient);
  if (!(slope < 0)) return { next: null, evaluations: 0 };
  const rounding = 1e-14 * Math.abs(here.value);
  let low = 0;
  let high = Infinity;
  let length = 1;
  let best: Point | null = null;
  for (let evaluations = 1; evaluations <= 60; evaluations++) {
    const moved = here.point.slice();
    addScaled(moved, length, direction);
    const next = pointAt(objective, moved);
    const newSlope = dot(direction, next.gradient);
    const decreased = next.value <= here.value + 1e-4 * length * slope;
    const same = next.value <= here.value + rounding && Math.abs(newSlope) <= 0.8 * Math.abs(slope);
    if (decreased || same) {
      if (newSlope >= 0.9 * slope) return { next, evaluations };
      best = next;
      low = length;
    } else high = length;
    length = high === Infinity ? 2 * length : (low + high) / 2;
  }
  return { next: best, evaluations: 60 };
}
