import { badInput, requireInteger, requirePositive } from "../../core/guards.js";
import type { Matrix } from "../../numerics/matrix.js";
import { crossValidation, type ValidationPoint } from "./crossValidation.js";
import { logitsAt, logPriors, solveSoftmaxRidge } from "./softmaxRidge.js";
import { standardized } from "./standardized.js";

/** Features of labelled samples, `count x width`, row-major; labels in 0..classes-1. */
export interface LabeledFeatures {
  readonly features: ArrayLike<number>;
  readonly count: number;
  readonly width: number;
  readonly labels: Uint8Array;
  readonly classes: number;
}

/** A linear classifier of features: logits `W x + b`. */
export interface Probe {
  /** W, `classes x width`; its columns sum to 0. */
  readonly weights: Matrix;
  /** b, one a class. */
  readonly bias: Float64Array;
  /** The penalty, for features of root mean square 1. */
  readonly lambda: number;
  /** Where the penalty is from; `default`: a class has one sample, and nothing can be held out. */
  readonly chosenBy: "cross-validation" | "given" | "default";
  /** What cross-validation found, penalties descending; empty without it. */
  readonly validation: readonly ValidationPoint[];
  readonly status: "converged" | "not-converged";
  /** ||gradient of the objective||_2 at the solution, in standardised features: F - min F <= gradientNorm^2 / (2 lambda) at this b. */
  readonly gradientNorm: number;
  /** The objective at the solution: mean cross-entropy plus penalty. */
  readonly objective: number;
  readonly iterations: number;
}

export interface ProbeOptions {
  /** A penalty > 0 to use as it is. @defaultValue null: cross-validation */
  readonly lambda?: number | null;
  /** Penalties to choose from, each > 0. @defaultValue {@link PENALTIES} */
  readonly penalties?: readonly number[];
  /** Folds, at least 2; as many as the smallest class has samples, if these are fewer. @defaultValue 5 */
  readonly folds?: number;
  /** Bound on the gradient norm. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** @defaultValue 1000 */
  readonly maxIterations?: number;
}

/** From a probe that is close to the nearest class mean down to one that separates what can be separated. */
export const PENALTIES: readonly number[] = [100, 10, 1, 0.1, 0.01, 1e-3];

/** The penalty when a class has a single sample. */
export const DEFAULT_PENALTY = 1;

/**
 * The linear probe: multinomial logistic regression with a ridge penalty on W and none on b, on features that are centred and divided by one scale,
 *
 *     min over W, b of (1/n) sum_i CE(W (x_i - mean) / scale + b, y_i) + (lambda/2) ||W||_F^2,
 *
 * solved to a gradient norm of `tolerance` in 64 bits. The penalty is the one with the smallest held-out error in {@link crossValidation} on these samples alone, of equals the one with
 * the smallest held-out cross-entropy. The solution is unique, rotates with the features, and is the same for features of any size and origin. Features that do not vary give W = 0 and
 * b the logarithms of the class shares.
 *
 * A solution that is not reached within `maxIterations` is returned with the status `not-converged`. Throws `bad-input` when sizes do not
 * fit, a label is out of range or a class has no sample; `numerical` on features that are not finite.
 *
 * Cost: about 100 evaluations of 2 n d k for the solution, as many for each fold.
 *
 * @example fitProbe({ features: [-1, 1], count: 2, width: 1, labels: Uint8Array.of(0, 1), classes: 2 }).bias // [0, 0]
 */
export function fitProbe(data: LabeledFeatures, options: ProbeOptions = {}): Probe {
  const smallest = requireLabeledFeatures(data);
  const { points, mean, scale } = standardized(data.features, data.count, data.width);
  const problem = { points, labels: data.labels, classes: data.classes };
  const { lambda, chosenBy, validation } = chosenPenalty(options, smallest, (penalties, folds) =>
    crossValidation(problem, penalties, folds),
  );
  const { tolerance = 1e-8, maxIterations = 1000 } = options;
  const found = solveSoftmaxRidge(problem, lambda, logPriors(problem), {
    tolerance,
    maxIterations,
  });
  const weights: Matrix = {
    rows: data.classes,
    cols: data.width,
    data: found.point.slice(0, data.classes * data.width).map((w) => w / scale),
  };
  const bias = found.point.slice(data.classes * data.width);
  for (let c = 0; c < data.classes; c++) {
    for (let j = 0; j < data.width; j++) bias[c]! -= weights.data[c * data.width + j]! * mean[j]!;
  }
  return {
    weights,
    bias,
    lambda,
    chosenBy,
    validation,
    status: found.converged ? "converged" : "not-converged",
    gradientNorm: found.gradientNorm,
    objective: found.value,
    iterations: found.iterations,
  };
}

/** The logits of a probe for `count` samples: `count x classes`, row-major, in 64 bits. Throws `bad-input` when sizes do not fit. */
export function probeLogits(probe: Probe, features: ArrayLike<number>, count: number): Float64Array {
  const { weights, bias } = probe;
  if (features.length !== count * weights.cols) {
    throw badInput("features", `${count} x ${weights.cols} numbers`, features.length);
  }
  const points: Matrix = { rows: count, cols: weights.cols, data: Float64Array.from(features) };
  const parameters = new Float64Array(weights.data.length + bias.length);
  parameters.set(weights.data);
  parameters.set(bias, weights.data.length);
  return logitsAt(parameters, points, weights.rows).data;
}

function chosenPenalty(
  { lambda = null, penalties = PENALTIES, folds = 5 }: ProbeOptions,
  smallestClass: number,
  validate: (penalties: readonly number[], folds: number) => ValidationPoint[],
): Pick<Probe, "lambda" | "chosenBy" | "validation"> {
  if (lambda !== null) {
    return { lambda: requirePositive("probe.lambda", lambda), chosenBy: "given", validation: [] };
  }
  requireInteger("probe.folds", folds, 2);
  if (!(penalties.length >= 1))
    throw badInput("probe.penalties", "a list of at least one penalty", penalties);
  for (const penalty of penalties) requirePositive("probe.penalties", penalty);
  if (smallestClass < 2) return { lambda: DEFAULT_PENALTY, chosenBy: "default", validation: [] };
  const descending = [...penalties].sort((a, b) => b - a);
  const validation = validate(descending, Math.min(folds, smallestClass));
  const best = validation.reduce((a, b) => {
    // Errors are sums of shares: equal ones may differ by rounding.
    const gap = b.error - a.error;
    return gap < -1e-9 || (gap < 1e-9 && b.loss < a.loss) ? b : a;
  });
  return { lambda: best.lambda, chosenBy: "cross-validation", validation };
}

/** Returns the size of the smallest class. */
function requireLabeledFeatures({ features, count, width, labels, classes }: LabeledFeatures): number {
  requireInteger("probe classes", classes, 2, 256);
  requireInteger("probe features", width, 1);
  if (features.length !== count * width) {
    throw badInput("features", `${count} x ${width} numbers`, features.length);
  }
  if (labels.length !== count) throw badInput("labels", `${count} numbers`, labels.length);
  const counts = new Uint32Array(classes);
  for (const label of labels) {
    requireInteger("label", label, 0, classes - 1);
    counts[label] = counts[label]! + 1;
  }
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    throw badInput("labels", "such that every class has a sample", `no sample of class ${missing}`);
  }
  return counts.reduce((least, count) => Math.min(least, count));
}
