import type { Problem } from "../model/problem.js";
import type { Ball } from "../training/closedForm.js";
import type { Method } from "../training/method.js";

/** Where exact asymptotics stop: reasons why nothing is predicted, and warnings where predictions are rough. */
export interface Regime {
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}

/** The regime of a problem's noise, whatever the method: null reasons mean that a prediction may be made. */
export function noiseRegime(problem: Problem): Regime {
  const { family } = problem.noise;
  if (family === "student-t") {
    return {
      reasons: ["heavy-tailed noise (student-t): the asymptotics are for Gaussian means"],
      warnings: [],
    };
  }
  if (family === "anisotropic") {
    return { reasons: ["anisotropic noise: the asymptotics are for isotropic noise"], warnings: [] };
  }
  const warnings: string[] = [];
  if (family !== "gaussian" && problem.labeled < 20) {
    warnings.push(
      `${family} noise with n = ${problem.labeled}: the labelled means are only roughly Gaussian`,
    );
  }
  return { reasons: [], warnings };
}

/** The regime of a method on a problem; `attack` with its radius resolved. */
export function methodRegime(problem: Problem, method: Method, attack: Ball | null): Regime {
  const noise = noiseRegime(problem);
  const reasons = [...noise.reasons];
  const warnings = [...noise.warnings];
  if (method.loss !== undefined) {
    reasons.push(
      `the ${method.loss} loss: the asymptotics are those of the linear loss, which sees means alone`,
    );
  }
  if (method.aggregation === "joint") reasons.push(...jointReasons(problem, attack));
  const labels = problem.unlabeled > 0 ? method.pseudoLabels : null;
  if (labels !== null && labels.rounds > 1) {
    reasons.push(
      `${labels.rounds} rounds of self-training: labels depend on the samples that they are averaged over`,
    );
  }
  if (attack !== null && attack.radius > 0 && attack.norm !== 2 && attack.norm !== Infinity) {
    reasons.push(`an l_${attack.norm} attack: closed asymptotics exist for l_2 and l_inf only`);
  }
  const sparse = attack !== null && attack.norm === Infinity && attack.radius > 0;
  if (sparse && new Set(problem.diversity).size > 1 && (problem.support ?? problem.dimension) > 64) {
    reasons.push(
      "an l_inf attack on a support beyond 64 rows with unequal diversity: the limit of large s needs isotropic tasks",
    );
  }
  if (problem.tasks < problem.rank && (sparse || method.aggregation === "joint")) {
    reasons.push(`T = ${problem.tasks} tasks for r = ${problem.rank} directions: some are never seen`);
  }
  if (problem.tasks < 60) {
    warnings.push(
      `T = ${problem.tasks} tasks: finite-T corrections are of first order, measured for T >= 60`,
    );
  }
  if (problem.dimension < 20) {
    warnings.push(`p = ${problem.dimension}: the asymptotics are in p, measured for p >= 60`);
  } else if (sparse && problem.dimension < 100) {
    warnings.push(`p = ${problem.dimension} under an l_inf attack: measured for p >= 100, errors up to 9 %`);
  }
  if (sparse && labels?.weight === "optimal" && problem.signal.length > 1) {
    warnings.push(
      "estimated weights under an l_inf attack: the noise level varies between tasks, errors up to 8 %",
    );
  }
  if (new Set(problem.diversity).size > 1) {
    warnings.push(
      "unequal diversity: the spread of A over finitely many tasks enters within equal directions only",
    );
  }
  const filtered = attack !== null && attack.norm === 2 && attack.radius > 0;
  if (labels !== null && method.aggregation === "joint") {
    warnings.push(
      "joint training on pseudo-labels: up to 12 % low where a third of the labels or more are wrong",
    );
  }
  if (filtered && method.aggregation === "joint" && method.solver === "gradient") {
    warnings.push(
      "joint training under an l_2 attack from random starts: it often ends in a worse maximum than the one predicted",
    );
  }
  if (filtered && method.aggregation !== "joint" && method.aggregation !== "normalized") {
    warnings.push(
      "unnormalised residuals near the filter's edge: few columns carry the weight, errors up to 15 %",
    );
  }
  return { reasons, warnings };
}

/** Where the state evolution of joint training does not reach. */
function jointReasons(problem: Problem, attack: Ball | null): string[] {
  const reasons: string[] = [];
  if (attack !== null && attack.radius > 0 && attack.norm === Infinity) {
    reasons.push("joint training under an l_inf attack: its heads have no closed form");
  }
  if (new Set(problem.diversity).size > 1) {
    reasons.push("joint training with unequal diversity: its heads are averaged over isotropic tasks only");
  }
  return reasons;
}
