import { AdvTransferError } from "../../core/errors.js";
import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import type { RawSamples } from "../../model/rawSamples.js";
import type { Matrix } from "../../numerics/matrix.js";
import { keyedStream } from "../../random/keyedStream.js";
import type { Ball } from "../closedForm.js";
import { gradientMethod } from "../gradient/gradientMethod.js";
import { marginLoss } from "../gradient/marginLoss.js";
import { trainingSamples } from "../gradient/trainingSamples.js";
import type { Method } from "../method.js";
import { jointMarginSubspace } from "./jointMarginSubspace.js";
import { type JointSubspace, jointSubspace } from "./jointSubspace.js";
import { randomStarts } from "./randomStarts.js";

/** Random starts of gradient training, of which the best end counts. */
const STARTS = 4;

/**
 * W1 of a method with aggregation `joint`: on the rows of `means` for the linear loss, which sees nothing else, and on the raw samples for other losses (their pseudo-labels
 * are those of per-task training with that loss). The closed-form solver starts from the representation of per-task training, `solver: "gradient"` from
 * {@link STARTS} random frames, as one who has no closed form would; another loss, a ridge or q other than 2 ({@link jointMarginSubspace}) starts from per-task training.
 *
 * Throws `numerical` when the ascent did not converge; `bad-input` under an attack with q = 1, by PGD, and for a loss on samples without them.
 */
export function trainJointly(
  problem: Problem,
  means: Matrix,
  method: Method,
  attack: Ball | null,
  samples: RawSamples | null,
): JointSubspace {
  const gradient = gradientMethod(method);
  const { regularization, loss, inner } = gradient ?? {
    regularization: { kind: "ball" },
    loss: "linear",
    inner: "exact",
  };
  if (inner !== "exact") throw badInput("attack.inner", '"exact" with aggregation "joint"', inner);
  const round = attack === null || attack.norm === 2 || attack.radius === 0;
  if (loss === "linear" && regularization.kind === "ball" && round) {
    const rng = samples?.training(problem.tasks) ?? keyedStream(["joint training"]);
    const starts = gradient === null ? {} : { starts: randomStarts(rng, STARTS) };
    return requireConverged(jointSubspace(means, problem.rank, attack?.radius ?? 0, starts));
  }
  const tasks = trainingSamples(problem, means, method, gradient, samples);
  const training = { loss: marginLoss(loss), attack, regularization };
  return requireConverged(jointMarginSubspace([...tasks], problem.rank, training));
}

function requireConverged(joint: JointSubspace): JointSubspace {
  if (joint.converged) return joint;
  throw new AdvTransferError(
    "numerical",
    `joint training did not converge: relative gradient ${joint.relativeGradient} after ${joint.iterations} iterations`,
  );
}
