/** The losses of a margin that training knows. */
export type LossName = "linear" | "logistic" | "squared-hinge";

/**
 * A convex, nonincreasing loss l(m) of the margin m = y <beta, x>. With it come what solvers and certificates ask for; every function is stable for
 * |m| up to 1e150.
 */
export interface MarginLoss {
  readonly name: LossName;
  /** l(m) */
  readonly value: (m: number) => number;
  /** l'(m) <= 0; -l' is the weight that a sample of margin m has in the gradient. */
  readonly slope: (m: number) => number;
  /** l*(-alpha) = sup_m -alpha m - l(m) for alpha >= 0; Infinity where no margin has the slope -alpha. */
  readonly conjugate: (alpha: number) => number;
  /** sup l'' over the margins between a and b: the curvature that a step from a to b meets. */
  readonly curvature: (a: number, b: number) => number;
}

/** l(m) = -m, the paper's loss: every sample has weight 1. */
const linear: MarginLoss = {
  name: "linear",
  value: (m) => -m,
  slope: () => -1,
  conjugate: (alpha) => (alpha === 1 ? 0 : Infinity),
  curvature: () => 0,
};

/** l(m) = log(1 + exp(-m)): weights in (0, 1), curvature up to 1/4. */
const logistic: MarginLoss = {
  name: "logistic",
  value: (m) => (m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m),
  slope: (m) => (m > 0 ? -Math.exp(-m) / (1 + Math.exp(-m)) : -1 / (1 + Math.exp(m))),
  conjugate: (alpha) =>
    alpha <= 1 ? timesLog(alpha, Math.log(alpha)) + timesLog(1 - alpha, Math.log1p(-alpha)) : Infinity,
  curvature: (a, b) => {
    const nearest = a * b <= 0 ? 0 : Math.min(Math.abs(a), Math.abs(b));
    const power = Math.exp(-nearest);
    return power / (1 + power) ** 2;
  },
};

/** l(m) = max(0, 1 - m)^2: samples beyond the margin 1 have no weight, curvature 2. */
const squaredHinge: MarginLoss = {
  name: "squared-hinge",
  value: (m) => Math.max(0, 1 - m) ** 2,
  slope: (m) => Math.min(0, 2 * (m - 1)),
  conjugate: (alpha) => (alpha * alpha) / 4 - alpha,
  curvature: (a, b) => (Math.min(a, b) < 1 ? 2 : 0),
};

const LOSSES: Readonly<Record<LossName, MarginLoss>> = { linear, logistic, "squared-hinge": squaredHinge };

/**
 * The loss of a name.
 *
 * @example marginLoss("logistic").slope(0) // -1/2
 */
export function marginLoss(name: LossName): MarginLoss {
  return LOSSES[name];
}

/** x log x, 0 at 0. */
function timesLog(x: number, log: number): number {
  return x === 0 ? 0 : x * log;
}
