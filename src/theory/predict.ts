import type { Problem } from "../model/problem.js";
import type { Ball } from "../training/closedForm.js";
import type { Method } from "../training/method.js";
import { resolveAttack } from "../training/resolveRadius.js";
import { jointRepresentation } from "./jointRepresentation.js";
import { type LInfPrediction, lInfRepresentation } from "./lInfRepresentation.js";
import { noPrediction, type Prediction } from "./prediction.js";
import { methodRegime } from "./regime.js";
import { type RepresentationPrediction, spikeRepresentation } from "./representation.js";
import { predictTargetOver, type TargetPrediction } from "./targetRisk.js";

/**
 * The expected metrics of a method on a problem, by exact asymptotics (docs/theory.md section 5): no simulation, no randomness, free of
 * p, T, n and u. Relative errors measured over the grid of docs/theory.md section 5.6: median below 1 %, 95 % below 4 %.
 *
 * Standard and l2-adversarial training, l_inf-adversarial training on sparse or dense B, pseudo-labels (hard, soft, thresholded, any
 * weight; one round) and their combinations, any aggregation (joint: without an l_inf attack) and any number of signal groups. Elsewhere the metrics are null and `reasons`
 * says why; `warnings` says where values are rough.
 *
 * Cost: under 1 ms; under an l_inf attack that is so up to s = 10, r = 2, and about 3 ms at s = 20, r = 3, 7 ms at s = 40, r = 4.
 *
 * @example predict(problem, { name: "standard", attack: null, pseudoLabels: null, aggregation: "normalized" }).metrics.sinTheta2
 */
export function predict(problem: Problem, method: Method): Prediction {
  const attack = resolveAttack(problem, method);
  const regime = methodRegime(problem, method, attack);
  if (regime.reasons.length > 0) return { ...noPrediction(""), ...regime };
  const reasons: string[] = [];
  const warnings = [...regime.warnings];
  const representation = predictRepresentation(problem, method, attack, warnings);
  if (representation === null) {
    return { ...noPrediction(method.aggregation === "joint" ? CUT_GROUP : DENSE_FAILURE), warnings };
  }
  const { sinTheta2, sinThetaMax, survivingTasks, overlaps, mixture } = representation;
  if (survivingTasks < 2 * problem.rank) {
    warnings.push(
      `${survivingTasks.toFixed(2)} surviving tasks for rank ${problem.rank}: rank-deficient replications are common`,
    );
  }
  if (sinThetaMax === null) reasons.push("sinThetaMax: predicted for r <= 10 only");
  const target = problem.target.attack ?? attack;
  const meanL1 = "meanL1" in representation ? (representation as LInfPrediction).meanL1 : null;
  const risks = predictTargetOver(problem, mixture ?? [{ weight: 1, overlaps }], target, meanL1);
  return {
    metrics: { sinTheta2, sinThetaMax, ...reportable(problem, risks, target, reasons), survivingTasks },
    reasons,
    warnings,
  };
}

const CUT_GROUP =
  "joint training under an l_2 attack of about the length of a group's heads: which tasks stay depends on the start";
const DENSE_FAILURE =
  "an l_inf threshold that few coordinates of a large support survive: column lengths fluctuate too much for the limit of large s";

/** The representation alone (null where an attack leaves the reach of the theory): what {@link predict} builds the target's metrics on. */
export function predictRepresentation(
  problem: Problem,
  method: Method,
  attack: Ball | null,
  warnings: string[] = [],
): RepresentationPrediction | null {
  const radius = attack?.radius ?? 0;
  if (method.aggregation === "joint") {
    const joint = jointRepresentation(problem, method, radius);
    if (!joint.converged)
      warnings.push("joint training at its phase transition: the fixed point was not reached");
    if (joint.cut > 0.1) warnings.push("an l_2 attack cuts through a group of heads: errors up to 10 %");
    return radius > 0 && (joint.cut > 0.8 || !joint.converged) ? null : joint;
  }
  if (attack === null || attack.norm === 2 || radius === 0)
    return spikeRepresentation(problem, method, radius);
  const prediction = lInfRepresentation(problem, method, radius);
  if (prediction.lengthSpread > 0.3 && prediction.limit) return null;
  if (prediction.lengthSpread > 0.3) {
    warnings.push("few coordinates survive the l_inf threshold: column lengths fluctuate, errors up to 14 %");
  }
  return prediction;
}

/** Error rates exist for Gaussian noise only; says why one is missing. */
export function reportable(
  problem: Problem,
  risks: TargetPrediction,
  attack: Ball | null,
  reasons: string[],
): TargetMetrics {
  if (problem.noise.family !== "gaussian") {
    reasons.push(`error rates: Phi is the law of Gaussian noise only, not of ${problem.noise.family} noise`);
    return { excessRisk: risks.excessRisk, errorRate: null, robustErrorRate: null };
  }
  if (attack !== null && risks.robustErrorRate === null) {
    reasons.push(`robustErrorRate: no reliable dual norm for an l_${attack.norm} attack`);
  }
  return risks;
}

/** The metrics of the target, null where there is no prediction. */
export interface TargetMetrics {
  readonly excessRisk: number | null;
  readonly errorRate: number | null;
  readonly robustErrorRate: number | null;
}
