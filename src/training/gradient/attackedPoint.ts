import { matrix } from "../../numerics/matrix.js";
import { multiplyTransposeRight } from "../../numerics/products.js";
import type { Ball } from "../closedForm.js";
import { dualExponent, lqNorm } from "../lqNorm.js";
import type { MarginLoss } from "./marginLoss.js";
import { type WeightedSamples, weightedSum } from "./weightedSamples.js";

/** A classifier and its margins <beta, z_i> - eps ||beta||_{q*} under the attack; every loss here decreases in them. */
export interface AttackedPoint {
  readonly beta: Float64Array;
  /** <beta, z_i>, length n. */
  readonly scores: Float64Array;
  /** eps ||beta||_{q*}. */
  readonly loss: number;
}

/** The point of a classifier. Cost n p. */
export function attackedPoint(samples: WeightedSamples, ball: Ball, beta: Float64Array): AttackedPoint {
  const scores = multiplyTransposeRight(samples.points, matrix(1, beta.length, beta)).data;
  return { beta, scores, loss: marginLost(ball, beta) };
}

/** The point a + theta (a - b), without touching the samples again. */
export function extrapolated(ball: Ball, a: AttackedPoint, b: AttackedPoint, theta: number): AttackedPoint {
  if (theta === 0) return a;
  const along = (x: Float64Array, y: Float64Array): Float64Array =>
    x.map((value, j) => value + theta * (value - y[j]!));
  const beta = along(a.beta, b.beta);
  return { beta, scores: along(a.scores, b.scores), loss: marginLost(ball, beta) };
}

function marginLost(ball: Ball, beta: Float64Array): number {
  return ball.radius === 0 ? 0 : ball.radius * lqNorm(beta, dualExponent(ball.norm));
}

/** The average loss of the margins of a point, sum_i omega_i l(margin_i). */
export function averageLoss(samples: WeightedSamples, loss: MarginLoss, point: AttackedPoint): number {
  return point.scores.reduce(
    (sum, score, i) => sum + samples.weights[i]! * loss.value(score - point.loss),
    0,
  );
}

/** How the loss weighs the samples at a point: abar = sum_i omega_i alpha_i and the mean sum_i omega_i alpha_i z_i, alpha_i = -l'(margin_i). */
export interface Reweighting {
  readonly total: number;
  readonly mean: Float64Array;
}

/** The reweighting of a point. Cost n p. */
export function reweighting(samples: WeightedSamples, loss: MarginLoss, point: AttackedPoint): Reweighting {
  const c = point.scores.map((score, i) => -samples.weights[i]! * loss.slope(score - point.loss));
  return { total: c.reduce((sum, value) => sum + value, 0), mean: weightedSum(samples.points, c) };
}

/** sum_i omega_i C_i (change of margin i)^2 between two points, C_i the largest curvature on the way: twice what l bends at most. */
export function bendBetween(
  samples: WeightedSamples,
  loss: MarginLoss,
  from: AttackedPoint,
  to: AttackedPoint,
): number {
  let bend = 0;
  for (let i = 0; i < from.scores.length; i++) {
    const a = from.scores[i]! - from.loss;
    const b = to.scores[i]! - to.loss;
    bend += samples.weights[i]! * loss.curvature(a, b) * (b - a) ** 2;
  }
  return bend;
}
