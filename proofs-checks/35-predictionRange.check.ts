/**
 * LEMMA predictionRange: predictions are possible values.
 *
 *     ||sin Theta||_F^2 in [0, r],  sin theta_max in [0, 1],  0 <= excess risk <= norm,  error rates between the Bayes error and 1/2 (without an attack),
 *     survivors in [0, T];  none is NaN.
 *
 * Hypotheses: a method and a problem that predictions exist for (elsewhere they are null, with a reason).
 * Role: a formula that leaves its range is wrong, whatever it was derived from.
 * Follows from: spikeOverlap, expectedCosine, thresholdMoments.
 */
import fc from "fast-check";
import type { Problem } from "../src/model/problem.js";
import { normalCdf } from "../src/numerics/special/normal.js";
import { predict } from "../src/theory/predict.js";
import { predictBaseline } from "../src/theory/predictBaseline.js";
import type { Prediction } from "../src/theory/prediction.js";
import type { Method } from "../src/training/method.js";
import { decimal, logInteger } from "./arbitraries/numbers.js";
import { largeProblem, methodOf, predictedMethod, problemOf } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, every, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly problem: Problem;
  readonly method: Method;
}

const cases: fc.Arbitrary<Case> = fc.record({ problem: largeProblem, method: predictedMethod });
const sparse: fc.Arbitrary<Case> = fc
  .record({
    rank: fc.integer({ min: 1, max: 3 }),
    dimension: logInteger(100, 1e5),
    support: fc.integer({ min: 4, max: 12 }),
    labeled: logInteger(5, 1000),
    tasks: logInteger(60, 2000),
    level: decimal(0.05, 1.2),
  })
  .map(({ level, ...shape }) => ({
    problem: problemOf(shape),
    method: methodOf({ attack: { norm: Infinity, radius: { logThreshold: level } } }),
  }));

const within = (value: number | null, low: number, high: number): Verdict =>
  value === null ? true : every(atMost(low, value, 1e-9), atMost(value, high, 1e-9));

function possible({ metrics }: Prediction, { rank, tasks, noise, target }: Problem): Verdict {
  const bayes = normalCdf(-target.norm / noise.sd);
  return every(
    within(metrics.sinTheta2, 0, rank),
    within(metrics.sinThetaMax, 0, 1),
    within(metrics.excessRisk, 0, target.norm),
    within(metrics.errorRate, bayes, 0.5),
    within(metrics.robustErrorRate, bayes, 1),
    within(metrics.survivingTasks, 0, tasks),
  );
}

lemma("predictionRange", [
  always(
    "standard, l_2 and semi-supervised predictions never leave their ranges",
    ({ problem, method }: Case) => predict(problem, method),
    cases,
    (p, { problem }) => possible(p, problem),
  ),
  always(
    "nor do l_inf predictions",
    ({ problem, method }: Case) => predict(problem, method),
    sparse,
    (p, { problem }) => possible(p, problem),
    { weight: 0.1 },
  ),
  always(
    "nor do the baselines, and no representation is ever better than the oracle",
    (problem: Problem) => ({
      none: predictBaseline(problem, "no-transfer"),
      oracle: predictBaseline(problem, "oracle"),
      standard: predict(problem, methodOf()),
    }),
    largeProblem,
    ({ none, oracle, standard }, problem) =>
      every(
        possible(none, problem),
        possible(oracle, problem),
        atMost(oracle.metrics.excessRisk!, none.metrics.excessRisk!, 1e-9),
        atMost(oracle.metrics.excessRisk!, standard.metrics.excessRisk!, 1e-9),
      ),
    { weight: 0.5 },
  ),
  weakened(
    "no transfer may be better than standard training: sharing is not free",
    (problem: Problem) => ({
      none: predictBaseline(problem, "no-transfer"),
      standard: predict(problem, methodOf()),
    }),
    largeProblem,
    ({ none, standard }) => atMost(standard.metrics.excessRisk!, none.metrics.excessRisk!, 1e-6),
  ),
]);
