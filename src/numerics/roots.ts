import { AdvTransferError } from "../core/errors.js";

/** A root, and how it was found: a solver that did not converge says so here. */
export interface Root {
  readonly x: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

/**
 * A root of a continuous function in a bracket [a, b] with f(a) f(b) <= 0, by Chandrupatla's method: inverse
 * quadratic interpolation where it is safe, bisection where it is not, so it never needs more than a few times
 * the evaluations of bisection and usually about ten.
 *
 * Stops when the bracket is shorter than `tolerance * max(|x|, tiny)` (relative, default 4 ulp) or f is exactly zero.
 * Throws `bad-input` when an end is not finite, `numerical` when the ends have the same sign or f returns NaN. `converged` is false after
 * `maxEvaluations` (default 200).
 *
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145-149.
 *
 * @example findRoot((x) => x * x - 2, 0, 2).x // 1.4142135623730951
 */
export function findRoot(
  f: (x: number) => number,
  a: number,
  b: number,
  options: { tolerance?: number; maxEvaluations?: number } = {},
): Root {
  const { tolerance = 4 * Number.EPSILON, maxEvaluations = 200 } = options;
  if (!Number.isFinite(a) || !Number.isFinite(b)) {
    throw new AdvTransferError("bad-input", `a root search needs a finite bracket, received [${a}, ${b}]`);
  }
  const evaluate = (x: number): number => {
    const value = f(x);
    if (Number.isNaN(value))
      throw new AdvTransferError("numerical", `the function is NaN at ${x} in a root search`);
    return value;
  };
  // Invariant: the root lies between `best` and `other`; `old` is the point before them.
  let best = b;
  let other = a;
  let fBest = evaluate(b);
  let fOther = evaluate(a);
  let evaluations = 2;
  if (fOther === 0) return { x: other, converged: true, evaluations };
  if (fBest === 0) return { x: best, converged: true, evaluations };
  if (Math.sign(fBest) === Math.sign(fOther)) {
    throw new AdvTransferError(
      "numerical",
      `no sign change over [${a}, ${b}]: f is ${fOther} and ${fBest} at its ends`,
    );
  }
  let step = 0.5;
  while (evaluations < maxEvaluations) {
    const x = best + step * (other - best);
    const fx = evaluate(x);
    evaluations++;
    const sameSide = Math.sign(fx) === Math.sign(fBest);
    const old = sameSide ? best : other;
    const fOld = sameSide ? fBest : fOther;
    if (!sameSide) {
      other = best;
      fOther = fBest;
    }
    best = x;
    fBest = fx;
    const closest = Math.abs(fBest) < Math.abs(fOther) ? best : other;
    const width = Math.abs(other - best);
    const limit = tolerance * Math.max(Math.abs(closest), Number.MIN_VALUE / Number.EPSILON);
    if (fx === 0 || width <= limit) return { x: closest, converged: true, evaluations };
    step = nextStep(best, other, old, fBest, fOther, fOld);
    const margin = Math.min(0.5, limit / (2 * width));
    step = Math.min(1 - margin, Math.max(margin, step));
  }
  return { x: Math.abs(fBest) < Math.abs(fOther) ? best : other, converged: false, evaluations };
}

/** The next point as a fraction of the way from `best` to `other`: interpolated inside Chandrupatla's region, else 1/2. */
function nextStep(
  best: number,
  other: number,
  old: number,
  fBest: number,
  fOther: number,
  fOld: number,
): number {
  const xi = (best - other) / (old - other);
  const phi = (fBest - fOther) / (fOld - fOther);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const first = (fBest / (fOther - fBest)) * (fOld / (fOther - fOld));
  const second = ((old - best) / (other - best)) * (fBest / (fOld - fBest)) * (fOther / (fOld - fOther));
  const step = first + second;
  return Number.isFinite(step) ? step : 0.5;
}
