import type { Problem } from "../model/problem.js";
import { reportable } from "./predict.js";
import type { Prediction } from "./prediction.js";
import { noPrediction } from "./prediction.js";
import { noiseRegime } from "./regime.js";
import { predictNoTransfer, predictTarget } from "./targetRisk.js";

/**
 * The expected metrics of a baseline (docs/theory.md 5.4): `no-transfer` fits the head in R^p, `oracle` in the true range of B. Exact for Gaussian noise, for any p
 * and m. The robust error rate is under the problem's own target attack.
 *
 * @example predictBaseline(problem, "oracle").metrics.excessRisk // norm (1 - K(r, norm sqrt(m) / sigma))
 */
export function predictBaseline(problem: Problem, baseline: "no-transfer" | "oracle"): Prediction {
  const regime = noiseRegime(problem);
  if (regime.reasons.length > 0) return { ...noPrediction(""), ...regime };
  const { attack } = problem.target;
  const oracle = baseline === "oracle";
  const risks = oracle
    ? predictTarget(problem, [{ count: problem.rank, cos2: 1 }], attack)
    : predictNoTransfer(problem, attack);
  const reasons: string[] = [];
  return {
    metrics: {
      sinTheta2: oracle ? 0 : null,
      sinThetaMax: oracle ? 0 : null,
      ...reportable(problem, risks, attack, reasons),
      survivingTasks: null,
    },
    reasons,
    warnings: regime.warnings,
  };
}
