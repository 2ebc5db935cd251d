import { addScaled, dot, norm2, scaled } from "../../numerics/products.js";
import { projectOntoBall } from "../ballProjection.js";
import type { Ball } from "../closedForm.js";
import type { AttackedPoint, Reweighting } from "./attackedPoint.js";
import type { MarginLoss } from "./marginLoss.js";
import type { Regularization } from "./regularization.js";

/**
 * The dual side of adversarial training at sample weights alpha_i >= 0 (docs/theory.md section 2): with m = sum_i omega_i alpha_i z_i, abar = sum_i omega_i alpha_i,
 * P the projection on the l_q ball of radius eps abar and r = m - P(m), no classifier has an objective below
 *
 *     ball: -||r||_2 - sum_i omega_i l*(-alpha_i),     ridge: -||r||_2^2 / (2 lambda) - sum_i omega_i l*(-alpha_i).
 */
export interface DualPoint {
  /** eps abar. */
  readonly radius: number;
  /** P(m). */
  readonly projection: Float64Array;
  /** r = m - P(m). */
  readonly residual: Float64Array;
  /** ||r||_2 */
  readonly strength: number;
}

/** The dual point of a reweighted mean. Cost: one projection. */
export function dualPoint(ball: Ball, { mean, total }: Reweighting): DualPoint {
  const radius = ball.radius * total;
  const { projection, residual } = projectOntoBall(mean, ball.norm, radius);
  return { radius, projection, residual, strength: norm2(residual) };
}

/**
 * The lower bound that a dual point proves for the objective; -Infinity without regularisation unless r = 0. `weights` are omega, `alpha` the weights that the
 * dual point was made with.
 */
export function dualValue(
  dual: DualPoint,
  loss: MarginLoss,
  weights: Float64Array,
  alpha: Float64Array,
  regularization: Regularization,
): number {
  // A sample without weight has no part in it, whatever its alpha.
  const conjugates = alpha.reduce(
    (sum, value, i) => (weights[i] === 0 ? sum : sum + weights[i]! * loss.conjugate(value)),
    0,
  );
  if (regularization.kind === "ball") return -dual.strength - conjugates;
  if (regularization.kind === "ridge")
    return -(dual.strength ** 2) / (2 * regularization.lambda) - conjugates;
  return dual.strength === 0 ? -conjugates : Number.NEGATIVE_INFINITY;
}

/**
 * The duality gap at a point against a dual point, but for what l and l* differ: that is 0 when the alpha_i are -l' at the point's own margins, and at most half
 * the bend when they were taken at another point.
 *
 *     ball:  ||r|| - <r, beta>  +  eps abar ||beta||_{q*} - <P(m), beta>,
 *     ridge: (lambda/2) ||beta - r/lambda||^2  +  eps abar ||beta||_{q*} - <P(m), beta>:
 *
 * sums of nonnegative terms, free of the cancellation of two values of the objective. Without regularisation there is no bound on all classifiers; the one
 * returned is on those up to twice as long as beta, and so on all when a minimiser is among them.
 */
export function gapAt(
  point: AttackedPoint,
  ball: Ball,
  dual: DualPoint,
  regularization: Regularization,
): number {
  const { beta } = point;
  const share = ball.radius === 0 ? 0 : (dual.radius / ball.radius) * point.loss;
  const attacked = Math.max(0, share - dot(dual.projection, beta));
  const { residual, strength } = dual;
  if (regularization.kind === "ridge") {
    const off = scaled(residual, -1 / regularization.lambda);
    addScaled(off, 1, beta);
    return attacked + (regularization.lambda / 2) * norm2(off) ** 2;
  }
  const length = norm2(beta);
  if (regularization.kind === "none") return attacked + 2 * length * strength - dot(residual, beta);
  if (strength === 0) return attacked;
  // ||r|| - <r, beta> = (||r|| / 2) (||beta - r/||r|| ||^2 + 1 - ||beta||^2).
  const off = scaled(residual, -1 / strength);
  addScaled(off, 1, beta);
  return attacked + (strength / 2) * (norm2(off) ** 2 + Math.max(0, (1 - length) * (1 + length)));
}

/** What training gains, to measure a gap by: ||r|| for the ball, ||r||^2 / (2 lambda) for a ridge, the loss of beta = 0 without regularisation. */
export function trainingGain(dual: DualPoint, loss: MarginLoss, regularization: Regularization): number {
  if (regularization.kind === "ball") return dual.strength;
  return regularization.kind === "ridge" ? dual.strength ** 2 / (2 * regularization.lambda) : loss.value(0);
}
