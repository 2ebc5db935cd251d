/**
 * LEMMA predictionMonotone: more data, less error.
 *
 *     The predicted ||sin Theta||_F^2 falls in n and T and rises in p; with pseudo-labels it falls in u when the weight is the best one, or e <= 1/4 with the
 *     pooled weight. The predicted excess risk falls in m too.
 *
 * Hypotheses: one signal group, equal diversity, columns that all survive, p and T of at least 60 (the range that predictions are for). It fails for pooled weights beyond e = 1/4 (kept below), and the
 * checks named "false" look for what else it needs.
 * Role: the sign of every learning curve.
 * Follows from: spikeOverlap, quarterRule, effectiveSampleSize, expectedCosine.
 */
import fc from "fast-check";
import type { Problem } from "../src/model/problem.js";
import { predict } from "../src/theory/predict.js";
import type { Method } from "../src/training/method.js";
import { logInteger, logUniform } from "./arbitraries/numbers.js";
import { labelsOf, largeProblem, methodOf, problemOf } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { descending, neverFalls, neverRises } from "./laws/structure.js";
import { every, type Verdict } from "./laws/verdict.js";
import { counterexample, weakened } from "./laws/weakened.js";

const single: fc.Arbitrary<Problem> = fc
  .tuple(largeProblem, logUniform(0.2, 5))
  .map(([problem, norm]) => ({ ...problem, unlabeled: 0, signal: [{ share: 1, norm }] }));
/** Not too few tasks or coordinates: with T near r, or p near r, the corrections, of first order in 1/T and 1/p, are no longer small. */
const enough = single.map((p) => ({
  ...p,
  tasks: Math.max(p.tasks, 60),
  dimension: Math.max(p.dimension, 60),
}));
const mixed: fc.Arbitrary<Problem> = fc.tuple(largeProblem, logUniform(2, 20)).map(([problem, norm]) => ({
  ...problem,
  unlabeled: 0,
  signal: [
    { share: 0.1, norm },
    { share: 0.9, norm: 1 },
  ],
}));

const sin2 = (problem: Problem, method: Method = methodOf()): number =>
  predict(problem, method).metrics.sinTheta2!;
const FACTORS = [1, 1.3, 2, 5, 20];
const along =
  (field: "labeled" | "tasks" | "dimension" | "unlabeled", method: Method = methodOf()) =>
  (problem: Problem): number[] =>
    FACTORS.map((f) => sin2({ ...problem, [field]: Math.ceil(problem[field] * f) }, method));
const falls = (values: readonly number[]): Verdict => descending(values, 1e-6);

const optimal = methodOf({ pseudoLabels: labelsOf({ weight: "optimal" }) });
const pooled = methodOf({ pseudoLabels: labelsOf() });
const raw = methodOf({ aggregation: "raw" });

/** e <= 1/4 at the typical margin: norm^2 / h >= 0.6745 sigma, and room to spare for the spread of the margin. */
const strong: fc.Arbitrary<Problem> = fc
  .record({
    rank: fc.integer({ min: 1, max: 3 }),
    dimension: logInteger(20, 1e4),
    tasks: logInteger(60, 1e4),
    labeled: logInteger(5, 1000),
    unlabeled: logInteger(1, 1e4),
  })
  .map((shape) => {
    const tau2p = shape.dimension / shape.labeled;
    // norm^2 / sqrt(norm^2 + tau^2 p) = 0.9 solved for norm^2.
    const square = (0.81 + Math.sqrt(0.81 ** 2 + 4 * 0.81 * tau2p)) / 2;
    return problemOf({ ...shape, signal: [{ share: 1, norm: 1.2 * Math.sqrt(square) }] });
  });

const prototype = problemOf({ dimension: 500, tasks: 200, rank: 2, labeled: 20 });
const manyWeak = problemOf({
  dimension: 400,
  tasks: 200,
  rank: 1,
  signal: [
    { share: 0.2, norm: 20 },
    { share: 0.8, norm: 1 },
  ],
  noise: { sd: 3, family: "gaussian", degreesOfFreedom: 5, condition: 1 },
});
const few = problemOf({
  dimension: 10,
  rank: 1,
  labeled: 1,
  signal: [{ share: 1, norm: 5 }],
  noise: { sd: 6.218, family: "gaussian", degreesOfFreedom: 5, condition: 1 },
});
const pooledPath = (): number[] => [0, 10, 40].map((unlabeled) => sin2({ ...prototype, unlabeled }, pooled));

lemma("predictionMonotone", [
  neverRises("the error never rises with n", along("labeled"), enough, 1e-6),
  neverRises("nor with T", along("tasks"), enough, 1e-6),
  neverFalls("it never falls with p", along("dimension"), enough, 1e-6),
  neverRises("it never rises with u under the best weight", along("unlabeled", optimal), strong, 1e-3, {
    weight: 0.5,
  }),
  neverRises("nor under the pooled weight when e <= 1/4", along("unlabeled", pooled), strong, 1e-3, {
    weight: 0.5,
  }),
  neverRises(
    "the excess risk never rises with m",
    (problem: Problem) =>
      FACTORS.map(
        (f) =>
          predict(
            { ...problem, target: { ...problem.target, samples: Math.ceil(problem.target.samples * f) } },
            methodOf(),
          ).metrics.excessRisk!,
      ),
    enough,
    1e-6,
    { weight: 0.5 },
  ),
  always(
    "the same holds for raw means of one group",
    (problem: Problem) => ({ n: along("labeled", raw)(problem), t: along("tasks", raw)(problem) }),
    enough,
    ({ n, t }) => every(falls(n), falls(t)),
    { weight: 0.5 },
  ),
  counterexample(
    "false for pooled weights with e > 1/4: the first pseudo-labels hurt (p = 500, T = 200, n = 20, e = 0.42)",
    pooledPath,
    undefined,
    falls,
  ),
  weakened(
    "false in n under an l_2 attack of fixed radius: it comes to filter more tasks",
    along("labeled", methodOf({ attack: { norm: 2, radius: 1.1 } })),
    enough.map((p) => ({ ...p, signal: [{ share: 1, norm: 1 }] })),
    falls,
  ),
  counterexample(
    "kept: a fifth of the tasks at norm 20, the rest at 1, sigma 3: n = 140 to 710 raises the error by 17 % (simulated: .00447 to .00513, +- .00004)",
    () => [140, 710].map((labeled) => sin2({ ...manyWeak, labeled })),
    undefined,
    falls,
  ),
  counterexample(
    "kept: p = 10 is too few for the corrections in 1/p: T = 60 to 66 raises the prediction from .315 to .332 (simulated: .506 to .476, +- .004)",
    () => [60, 66].map((tasks) => sin2({ ...few, tasks })),
    undefined,
    falls,
  ),
  weakened(
    "false in n for mixed norms: normalising gives up the weights that noise gave (raw columns favour strong tasks)",
    along("labeled"),
    mixed,
    falls,
  ),
]);
