import { AdvTransferError } from "../core/errors.js";

/** A minimum of a function of one variable, and how it was found. */
export interface Minimum {
  readonly x: number;
  readonly value: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * The smallest value of f over [low, high]: a scan of `scan` equidistant points (default 32) finds the best cell, golden sections narrow it
 * to `tolerance` (default 1e-6) of the interval's length. The scan is there because the functions of this toolkit may have plateaus and two
 * valleys; within the best cell f is assumed unimodal. The ends count. Throws `numerical` when f returns NaN.
 *
 * @example minimize((x) => (x - 0.3) ** 2, 0, 1).x // 0.3
 */
export function minimize(
  f: (x: number) => number,
  low: number,
  high: number,
  options: { tolerance?: number; scan?: number } = {},
): Minimum {
  const { tolerance = 1e-6, scan = 32 } = options;
  let evaluations = 0;
  const evaluate = (x: number): number => {
    evaluations++;
    const value = f(x);
    if (Number.isNaN(value))
      throw new AdvTransferError("numerical", `the function is NaN at ${x} in a minimisation`);
    return value;
  };
  const at = (i: number): number => low + ((high - low) * i) / scan;
  let best = 0;
  let value = Infinity;
  for (let i = 0; i <= scan; i++) {
    const here = evaluate(at(i));
    if (here < value) {
      best = i;
      value = here;
    }
  }
  let x = at(best);
  let a = at(Math.max(0, best - 1));
  let b = at(Math.min(scan, best + 1));
  let left = a + GOLDEN * (b - a);
  let right = b - GOLDEN * (b - a);
  let fLeft = evaluate(left);
  let fRight = evaluate(right);
  const limit = tolerance * Math.abs(high - low);
  while (b - a > limit && evaluations < 500) {
    if (fLeft < fRight) {
      b = right;
      [right, fRight] = [left, fLeft];
      left = a + GOLDEN * (b - a);
      fLeft = evaluate(left);
    } else {
      a = left;
      [left, fLeft] = [right, fRight];
      right = b - GOLDEN * (b - a);
      fRight = evaluate(right);
    }
  }
  if (fLeft < value) [x, value] = [left, fLeft];
  if (fRight < value) [x, value] = [right, fRight];
  return { x, value, converged: b - a <= limit, evaluations };
}
