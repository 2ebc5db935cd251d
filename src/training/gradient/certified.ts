import type { Ball } from "../closedForm.js";
import { attackedPoint, averageLoss, reweighting } from "./attackedPoint.js";
import { dualPoint, gapAt, trainingGain } from "./certificate.js";
import type { MarginLoss } from "./marginLoss.js";
import { penalty, type Regularization } from "./regularization.js";
import type { TaskSolution } from "./taskSolution.js";
import type { WeightedSamples } from "./weightedSamples.js";

/**
 * What a classifier from anywhere (stochastic gradient descent, another program) is worth: its objective under the exact inner maximum and its duality gap, with status
 * `converged` when the gap is at most `tolerance` of what training gains. A point of the ball must lie in it. Cost 2 n p and a projection.
 */
export function certified(
  samples: WeightedSamples,
  loss: MarginLoss,
  attack: Ball | null,
  regularization: Regularization,
  found: { readonly beta: Float64Array; readonly iterations: number },
  tolerance: number,
): TaskSolution {
  const ball = attack ?? { norm: 2, radius: 0 };
  const point = attackedPoint(samples, ball, found.beta);
  const dual = dualPoint(ball, reweighting(samples, loss, point));
  const gap = gapAt(point, ball, dual, regularization);
  const within = gap <= tolerance * trainingGain(dual, loss, regularization);
  return {
    ...found,
    value: averageLoss(samples, loss, point) + penalty(regularization, found.beta),
    gap,
    strength: dual.strength,
    status: within ? "converged" : "iteration-limit",
  };
}
