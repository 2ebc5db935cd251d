import { type Matrix, transpose } from "../../../src/numerics/matrix.js";
import { multiply, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { smallSvd, symmetricEigen } from "../../../src/numerics/small.js";
import type { FrameObjective, FrameValue } from "../../../src/training/joint/frameObjective.js";

export const plus = (a: Matrix, c: number, b: Matrix): Matrix => ({
  ...a,
  data: a.data.map((x, i) => x + c * b.data[i]!),
});
export const inner = (a: Matrix, b: Matrix): number => a.data.reduce((sum, x, i) => sum + x * b.data[i]!, 0);
const tangent = (f: Matrix, x: Matrix): Matrix => plus(x, -1, multiply(multiplyTransposeRight(x, f), f));

function nearestFrame(x: Matrix): Matrix {
  const { u, v } = smallSvd(x);
  return multiplyTransposeRight(u, v);
}

interface Pair {
  readonly s: Matrix;
  readonly y: Matrix;
}

/** |M|^{-1}, M the symmetric part of gradient frame^T, with eigenvalues of at least 1e-6 of the largest. */
function scaling(gradient: Matrix, frame: Matrix): Matrix {
  const m = multiplyTransposeRight(gradient, frame);
  const { values, vectors } = symmetricEigen(plus(m, 1, transpose(m)));
  const sizes = values.map((x) => Math.abs(x) / 2);
  const inverse = { ...vectors, data: vectors.data.slice() };
  for (let i = 0; i < m.rows; i++)
    for (let l = 0; l < m.rows; l++)
      inverse.data[i * m.rows + l]! /= Math.max(sizes[l]!, 1e-6 * Math.max(...sizes));
  return multiplyTransposeRight(inverse, vectors);
}

/** H x for the inverse Hessian that BFGS makes of the pairs, by its recursion: H <- (1 - rho s y^T) H (1 - rho y s^T) + rho s s^T. */
function inverseHessian(divide: Matrix, pairs: readonly Pair[], x: Matrix): Matrix {
  const last = pairs.at(-1);
  if (last === undefined) return multiply(divide, x);
  const weight = inner(last.s, last.y) / inner(last.y, multiply(divide, last.y));
  const apply = (k: number, v: Matrix): Matrix => {
    if (k < 0) return scaledBy(weight, multiply(divide, v));
    const { s, y } = pairs[k]!;
    const rho = 1 / inner(s, y);
    const image = apply(k - 1, plus(v, -rho * inner(s, v), y));
    return plus(plus(image, -rho * inner(y, image), s), rho * inner(s, v), s);
  };
  return apply(pairs.length - 1, x);
}

export const scaledBy = (c: number, x: Matrix): Matrix => ({ ...x, data: x.data.map((v) => c * v) });

/** What happened on the way, so that a test can say that it did. */
export interface Events {
  halved: number;
  tiny: number;
  forgotten: number;
  retried: number;
  refused: number;
  dropped: number;
}

interface Point extends FrameValue {
  readonly frame: Matrix;
  readonly slope: Matrix;
  readonly relative: number;
}

interface PlainAscent {
  readonly evaluated: readonly Matrix[];
  readonly events: Events;
  readonly here: Point;
}

/** Riemannian L-BFGS as it is documented, without any economy: all frames that are evaluated. */
export function ascent(objective: FrameObjective, start: Matrix, maxIterations: number): PlainAscent {
  const events: Events = { halved: 0, tiny: 0, forgotten: 0, retried: 0, refused: 0, dropped: 0 };
  const evaluated: Matrix[] = [];
  const at = (frame: Matrix): Point => {
    evaluated.push(frame);
    const { value, gradient } = objective(frame);
    const slope = tangent(frame, gradient);
    return {
      frame,
      value,
      gradient,
      slope,
      relative: Math.sqrt(inner(slope, slope) / inner(gradient, gradient)),
    };
  };
  let here = at(start);
  let pairs: Pair[] = [];
  for (let iterations = 0; iterations < maxIterations; iterations++) {
    const divide = scaling(here.gradient, here.frame);
    let direction = inverseHessian(divide, pairs, here.slope);
    if (!(inner(direction, here.slope) > 0)) {
      events.forgotten++;
      pairs = [];
      direction = multiply(divide, here.slope);
    }
    const gain = inner(direction, here.slope);
    let alpha = Math.min(1, 2 / Math.sqrt(inner(direction, direction)));
    let next: Point | null = null;
    for (let k = 0; k < 40 && next === null; k++, alpha /= 2) {
      const there = at(nearestFrame(plus(here.frame, alpha, direction)));
      const rise = there.value - here.value;
      const size = Math.abs(here.value);
      const tiny = alpha * gain <= 1e-9 * size && rise >= -1e-13 * size && there.relative < here.relative;
      const armijo = rise >= 1e-4 * alpha * gain && rise > 0;
      if (armijo || tiny) next = there;
      if (!armijo && tiny) events.tiny++;
      if (next !== null) break;
      events.halved++;
    }
    if (next === null) {
      if (pairs.length === 0) break;
      events.retried++;
      pairs = [];
      continue;
    }
    const own = next;
    const s = tangent(own.frame, scaledBy(alpha, direction));
    const y = plus(tangent(own.frame, here.slope), -1, own.slope);
    pairs = pairs.map((pair) => ({ s: tangent(own.frame, pair.s), y: tangent(own.frame, pair.y) }));
    if (inner(s, y) > 1e-12 * Math.sqrt(inner(s, s) * inner(y, y))) pairs.push({ s, y });
    else events.refused++;
    if (pairs.length > 12) {
      events.dropped++;
      pairs.shift();
    }
    here = own;
  }
  return { evaluated, events, here };
}
