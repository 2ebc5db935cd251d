import type { ReplicationDraw } from "../model/drawReplication.js";
import { type NoiseLaw, noiseLaw } from "../model/noiseLaw.js";
import type { Problem } from "../model/problem.js";
import { principalAngles, sinThetaSquared } from "../numerics/principalAngles.js";
import { norm2, scaled } from "../numerics/products.js";
import type { Ball } from "../training/closedForm.js";
import type { Representation } from "../training/trainRepresentation.js";
import type { Metrics } from "./metricNames.js";
import { targetHead } from "./targetHead.js";
import { errorRate, excessRisk } from "./targetRisk.js";

/**
 * Every metric of a trained representation on one draw (docs/theory.md section 3). Directions of B that a rank-deficient representation has no
 * column for count as fully wrong. The robust error rate is under the target's attack where the problem gives one, else under the
 * method's own (`attack`), else null.
 */
export function evaluateRepresentation(
  problem: Problem,
  draw: ReplicationDraw,
  representation: Representation,
  attack: Ball | null,
): Metrics {
  const { basis, survivingTasks } = representation;
  const angles = principalAngles(draw.subspace, basis);
  return {
    sinTheta2: sinThetaSquared(draw.subspace, basis),
    sinThetaMax: Math.sin(angles[angles.length - 1]!),
    ...targetMetrics(problem, draw, targetHead(basis, draw.target.labeledMean), attack),
    survivingTasks,
  };
}

/** The baseline that ignores the source tasks: v = muhat_{T+1} / ||muhat_{T+1}|| in R^p. It has no representation. */
export function evaluateNoTransfer(problem: Problem, draw: ReplicationDraw): Metrics {
  const mean = draw.target.labeledMean;
  const length = norm2(mean);
  const v = length === 0 ? mean : scaled(mean, 1 / length);
  return {
    sinTheta2: null,
    sinThetaMax: null,
    ...targetMetrics(problem, draw, v, null),
    survivingTasks: null,
  };
}

/** The baseline that knows the representation: W1 = B. It trains on no source task. */
export function evaluateOracle(problem: Problem, draw: ReplicationDraw): Metrics {
  const v = targetHead(draw.subspace, draw.target.labeledMean);
  return { sinTheta2: 0, sinThetaMax: 0, ...targetMetrics(problem, draw, v, null), survivingTasks: null };
}

function targetMetrics(
  problem: Problem,
  draw: ReplicationDraw,
  v: Float64Array,
  ownAttack: Ball | null,
): Pick<Metrics, "excessRisk" | "errorRate" | "robustErrorRate"> {
  const law: NoiseLaw = noiseLaw(problem.noise, problem.dimension);
  const mu = draw.target.mean;
  const attack = problem.target.attack ?? ownAttack;
  return {
    excessRisk: excessRisk(v, mu),
    errorRate: errorRate(v, mu, law),
    robustErrorRate: attack === null ? null : errorRate(v, mu, law, attack),
  };
}
