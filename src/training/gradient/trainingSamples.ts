import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import type { RawSamples } from "../../model/rawSamples.js";
import type { Matrix } from "../../numerics/matrix.js";
import type { Method } from "../method.js";
import { meansAsSamples, taskSamples } from "./gradientClassifiers.js";
import type { GradientMethod } from "./gradientMethod.js";
import type { WeightedSamples } from "./weightedSamples.js";

/**
 * What the tasks of a method train on: the rows of `means` (`T x p`, with pseudo-labels the semi-supervised ones) for the linear loss, which sees nothing else,
 * and the raw samples for other losses, whose pseudo-labels are made on the way. `gradient` is null for the closed form. Throws `bad-input` for a loss on samples
 * without them.
 */
export function trainingSamples(
  problem: Problem,
  means: Matrix,
  method: Method,
  gradient: GradientMethod | null,
  samples: RawSamples | null,
): Iterable<WeightedSamples> {
  if (gradient === null || gradient.loss === "linear") return meansAsSamples(means);
  return taskSamples(problem, requireSamples(method, samples), gradient, method.pseudoLabels);
}

/** Passes raw samples through; throws `bad-input` where there are none. */
export function requireSamples(method: Method, samples: RawSamples | null): RawSamples {
  if (samples !== null) return samples;
  throw badInput(
    "samples",
    `the raw samples that ${JSON.stringify(method.name)} trains on`,
    samples,
    "Use rawSamples.",
  );
}
