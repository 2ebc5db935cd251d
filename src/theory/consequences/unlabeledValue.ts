import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import { trainingMeanLaw } from "../../training/problemLaw.js";
import { labelMoments, type SslLaw, sslLaw } from "../../training/pseudoLabelLaw.js";
import { predict } from "../predict.js";
import type { Prediction } from "../prediction.js";

/** What the pseudo-labels of a task of a given norm are worth (docs/theory.md 5.2 and 5.5). */
export interface PseudoLabelValue {
  /** e, the probability of a wrong hard pseudo-label. */
  readonly error: number;
  /**
   * 1 - 4e: the relative gain in S^2/V of the first pooled pseudo-labelled sample, in units of 1/n. *The 25 % rule*: pooled
   * pseudo-labels hurt at first when e > 1/4.
   */
  readonly firstGain: number;
  /**
   * The labelled samples that the labelled and unlabelled ones are worth together at the best weight: n + (1 - 2e)^2 u where that weight is
   * positive, and less where it is 0: pseudo-labels repeat noise of the labelled mean, which only a negative weight would take out.
   */
  readonly effectiveSamples: number;
  /** omega in [0, 1], the weight of the labelled mean that reaches them. */
  readonly bestLabeledWeight: number;
}

/** The value of the problem's u pseudo-labelled samples (hard labels, no threshold) to a task of a given norm. */
export function pseudoLabelValue(problem: Problem, norm: number): PseudoLabelValue {
  const { labeled, unlabeled } = problem;
  const sigma = problem.noise.sd;
  const h = Math.sqrt(norm * norm + (sigma * sigma * problem.dimension) / labeled);
  const moments = labelMoments((norm * norm) / h, sigma, { soft: false, threshold: 0 });
  const law = sslLaw(moments, { h, sigma, labeled, unlabeled }, "optimal");
  return {
    error: moments.error,
    firstGain: 1 - 4 * moments.error,
    effectiveSamples: worthOf(problem, law),
    bestLabeledWeight: law.labeledWeight,
  };
}

/** sigma^2 S^2 / V. */
function worthOf(problem: Problem, { signalFactor, noiseVariance }: SslLaw): number {
  return (problem.noise.sd ** 2 * signalFactor ** 2) / noiseVariance;
}

/**
 * The number of labelled samples (not an integer) with which supervised training would see the same signal-to-noise ratio as a method with pseudo-labels: sigma^2 S^2 / V.
 * The mean is S (mu + sqrt(V)/S z), and every closed form of docs/theory.md section 2 is scale-equivariant: so a method
 * with pseudo-labels and an attack of radius S eps learns what the attack of radius eps learns from that many labelled samples. With the
 * best weight it is {@link PseudoLabelValue.effectiveSamples}.
 */
export function equivalentLabeled(problem: Problem, method: Method, norm: number): number {
  return worthOf(problem, trainingMeanLaw(problem, method.pseudoLabels, norm));
}

/**
 * The floor of unlabelled data: what a method reaches with unlimited unlabelled samples, all else as in the problem. The labelled samples
 * still decide how good the pseudo-labels are, so it is not zero for finite T.
 */
export function unlabeledFloor(problem: Problem, method: Method): Prediction {
  return predict({ ...problem, unlabeled: UNLIMITED }, method);
}

/** Noise of the pseudo-labelled mean below rounding at any p that fits into memory. */
const UNLIMITED = 1e15;
