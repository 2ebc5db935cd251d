import { type Matrix, matrix, zeros } from "../../numerics/matrix.js";
import { multiply } from "../../numerics/products.js";
import type { Ball } from "../closedForm.js";
import { attackedPoint, averageLoss } from "../gradient/attackedPoint.js";
import { penalty } from "../gradient/regularization.js";
import type { WeightedSamples } from "../gradient/weightedSamples.js";
import type { JointLoss, MarginObjective } from "./marginObjective.js";

/** The heads of one frame, judged by the objective without smoothing. */
export interface GainingHeads {
  /** `T x r`, zero rows where a task gains nothing by its head. */
  readonly heads: Matrix;
  /** How far the sum over the tasks lies below that of heads 0. */
  readonly value: number;
  readonly solved: boolean;
}

/** The heads that an objective finds for a frame, and what they gain under the exact attack. */
export function gainingHeads(
  tasks: readonly WeightedSamples[],
  ball: Ball,
  { loss, regularization }: JointLoss,
  objective: MarginObjective,
  frame: Matrix,
): GainingHeads {
  objective.evaluate(frame);
  const heads = zeros(tasks.length, frame.rows);
  let value = 0;
  objective.heads().forEach((head, t) => {
    const beta = multiply(matrix(1, head.length, head), frame).data;
    const point = attackedPoint(tasks[t]!, ball, beta);
    const gain = loss.value(0) - averageLoss(tasks[t]!, loss, point) - penalty(regularization, beta);
    if (!(gain > 0)) return;
    value += gain;
    heads.data.set(head, t * frame.rows);
  });
  return { heads, value, solved: objective.solved() };
}
