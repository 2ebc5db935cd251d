import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import type { RawSamples } from "../../model/rawSamples.js";
import type { Matrix } from "../../numerics/matrix.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball, TaskClassifier } from "../closedForm.js";
import type { Method } from "../method.js";
import { gradientClassifiers } from "./gradientClassifiers.js";
import { gradientMethod } from "./gradientMethod.js";
import { requireSamples, trainingSamples } from "./trainingSamples.js";

/**
 * The classifiers of a method that trains by gradients, on its {@link trainingSamples}. Throws `bad-input` for methods that do not, and for those whose loss, minibatches
 * or random starts need raw samples without them.
 */
export function trainedByGradient(
  problem: Problem,
  means: Matrix,
  method: Method,
  attack: Ball | null,
  samples: RawSamples | null,
): Iterable<TaskClassifier> {
  const gradient = gradientMethod(method);
  if (gradient === null) throw badInput("method", "one that trains by gradients", method.name);
  const training = (task: number): Rng => requireSamples(method, samples).training(task);
  const own = trainingSamples(problem, means, method, gradient, samples);
  return gradientClassifiers(own, gradient, attack, training);
}
