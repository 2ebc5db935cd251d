import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import { trainingMeanLaw } from "../../training/problemLaw.js";
import { type LabelMoments, labelMoments } from "../../training/pseudoLabelLaw.js";
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
  /** n + (1 - 2e)^2 u: the labelled samples that the labelled and unlabelled ones are worth together at the best weight. */
  readonly effectiveSamples: number;
  /** omega, the weight of the labelled mean that reaches them (0 where the formula is negative). */
  readonly bestLabeledWeight: number;
}

/** The value of the problem's u pseudo-labelled samples (hard labels, no threshold) to a task of a given norm. */
export function pseudoLabelValue(problem: Problem, norm: number): PseudoLabelValue {
  const { moments, h } = hardLabels(problem, norm);
  const { labeled: n, unlabeled: u } = problem;
  const a = moments.signal;
  const odds = u > 0 && a > 0 ? n / (u * a) - moments.selfBias / h : Infinity;
  return {
    error: moments.error,
    firstGain: 1 - 4 * moments.error,
    effectiveSamples: n + a * a * u,
    bestLabeledWeight: odds === Infinity ? 1 : Math.max(0, odds / (1 + odds)),
  };
}

function hardLabels(problem: Problem, norm: number): { moments: LabelMoments; h: number } {
  const sigma = problem.noise.sd;
  const h = Math.sqrt(norm * norm + (sigma * sigma * problem.dimension) / problem.labeled);
  return { moments: labelMoments((norm * norm) / h, sigma, { soft: false, threshold: 0 }), h };
}

/**
 * The number of labelled samples (not an integer) with which supervised training would see the same signal-to-noise ratio as a method with pseudo-labels: sigma^2 S^2 / V.
 * The mean is S (mu + sqrt(V)/S z), and every closed form of docs/theory.md section 2 is scale-equivariant: so a method
 * with pseudo-labels and an attack of radius S eps learns what the attack of radius eps learns from that many labelled samples. With the
 * best weight it is {@link PseudoLabelValue.effectiveSamples}.
 */
export function equivalentLabeled(problem: Problem, method: Method, norm: number): number {
  const { signalFactor, noiseVariance } = trainingMeanLaw(problem, method.pseudoLabels, norm);
  return (problem.noise.sd ** 2 * signalFactor ** 2) / noiseVariance;
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
