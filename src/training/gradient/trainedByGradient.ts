import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import type { RawSamples } from "../../model/rawSamples.js";
import type { Matrix } from "../../numerics/matrix.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball, TaskClassifier } from "../closedForm.js";
import type { Method } from "../method.js";
import { gradientClassifiers, meansAsSamples, taskSamples } from "./gradientClassifiers.js";
import { gradientMethod, seesSamples } from "./gradientMethod.js";

/**
 * The classifiers of a method that trains by gradients: on the rows of `means` (`T x p`, with pseudo-labels the semi-supervised ones) for the linear loss, which sees
 * nothing else, and on the raw samples for other losses, whose pseudo-labels are made on the way. Throws `bad-input` for those without samples.
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
  const training = (task: number): Rng => given(method, samples).training(task);
  const own = seesSamples(method)
    ? taskSamples(problem, given(method, samples), gradient, method.pseudoLabels)
    : meansAsSamples(means);
  return gradientClassifiers(own, gradient, attack, training);
}

function given(method: Method, samples: RawSamples | null): RawSamples {
  if (samples !== null) return samples;
  throw badInput(
    "samples",
    `the raw samples that ${JSON.stringify(method.name)} trains on`,
    samples,
    "Use rawSamples.",
  );
}
