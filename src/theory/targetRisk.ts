import type { Problem } from "../model/problem.js";
import { normalCdf } from "../numerics/special/normal.js";
import type { Ball } from "../training/closedForm.js";
import { angleRule, averageOverAngle } from "./angleAverage.js";
import { type CapturedPoint, capturedShares } from "./capturedLength.js";
import type { DirectionOverlap, Outcome } from "./directionOverlap.js";
import { expectedDualNorm } from "./dualNorm.js";
import { expectedCosineDeficit } from "./expectedCosine.js";
import { fewerPoints } from "./fewerPoints.js";

/** The target metrics of docs/theory.md section 3, expected over the target's direction and its samples. */
export interface TargetPrediction {
  readonly excessRisk: number;
  readonly errorRate: number;
  /** null without an attack, or where the dual norm of the predictor has no reliable expectation. */
  readonly robustErrorRate: number | null;
}

/**
 * What a representation is worth to the target (docs/theory.md 5.4). The head is fitted in R^r to W1^T muhat, which is M^T a plus noise of level sigma/sqrt(m); with
 * y = ||M^T a|| / ||a|| the captured length (its law: {@link capturedShares}) and cos the angle of the fit,
 *
 *     excess risk = norm (1 - E[y K(r, y norm sqrt(m)/sigma)]),   error rate = E Phi(-norm y cos / sigma),
 *
 * the expectation of Phi, not Phi of the expectation. Under an attack, the argument of Phi gains eps ||v||_{q*} / sigma; `meanL1` is the l_1
 * norm of a representation whose rows off the support are sparse (l_inf training), null where the rest of v is spread evenly.
 */
export function predictTarget(
  problem: Problem,
  overlaps: readonly DirectionOverlap[],
  attack: Ball | null,
  meanL1: number | null = null,
): TargetPrediction {
  return predictTargetOver(problem, [{ weight: 1, overlaps }], attack, meanL1);
}

/** {@link predictTarget} on average over what training may come to; weights sum to 1. */
export function predictTargetOver(
  problem: Problem,
  outcomes: readonly Outcome[],
  attack: Ball | null,
  meanL1: number | null = null,
): TargetPrediction {
  const points = outcomes.flatMap(({ weight, overlaps }) =>
    capturedShares(overlaps).map((point) => ({ weight: weight * point.weight, share: point.share })),
  );
  return fromPoints(problem, problem.rank, fewerPoints(points), attack, (share) => share, meanL1);
}

/** The baseline without source tasks: the head is fitted in R^p, captures the whole mean, and is the noisier for it. */
export function predictNoTransfer(problem: Problem, attack: Ball | null): TargetPrediction {
  return fromPoints(problem, problem.dimension, [{ weight: 1, share: 1 }], attack, (_, cos) => cos * cos);
}

function fromPoints(
  problem: Problem,
  k: number,
  points: readonly CapturedPoint[],
  attack: Ball | null,
  within: (share: number, cosine: number) => number,
  meanL1: number | null = null,
): TargetPrediction {
  const { norm, samples } = problem.target;
  const sigma = problem.noise.sd;
  const snr = (norm * Math.sqrt(samples)) / sigma;
  const dual = attack === null ? null : dualExponentOf(attack.norm, meanL1 !== null);
  const support = problem.support ?? problem.dimension;
  let excess = 0;
  let error = 0;
  let robust = 0;
  for (const { weight, share } of points) {
    const y = Math.sqrt(share);
    // 1 - y K, kept accurate when both are close to 1.
    excess += weight * ((1 - share) / (1 + y) + y * expectedCosineDeficit(k, y * snr));
    const rule = angleRule(k, y * snr);
    error += weight * averageOverAngle(rule, (cos) => normalCdf((-norm * y * cos) / sigma));
    if (attack === null || dual === null) continue;
    robust +=
      weight *
      averageOverAngle(rule, (cos) => {
        const evenly = expectedDualNorm(dual, problem.dimension, support, within(share, cos));
        const length = dual === 1 && meanL1 !== null ? meanL1 : evenly;
        return normalCdf((attack.radius * length - norm * y * cos) / sigma);
      });
  }
  return {
    excessRisk: norm * excess,
    errorRate: error,
    robustErrorRate: attack === null || dual === null ? null : robust,
  };
}

/**
 * q* in [1, 4], or null where the l_{q*} norm of a random vector does not concentrate well enough to be predicted, or is that of a sparse vector.
 */
function dualExponentOf(norm: number, sparse: boolean): number | null {
  const dual = norm === Infinity ? 1 : norm / (norm - 1);
  if (sparse && dual !== 1 && dual !== 2) return null;
  return dual <= 4 ? dual : null;
}
