/**
 * LEMMA predictionLimits: predictions at the ends of their parameters.
 *
 *     n -> infinity: ||sin Theta||^2 -> 0;  far below the transition: r;  u = 0: the supervised method;  eps = 0: standard training;
 *     an attack above all lengths: everything is filtered (N4);  an attack below all: standard (N1);  a missing direction stays lost (N5).
 *
 * Hypotheses: T >= r tasks in every direction.
 * Role: continuity of the theory with the trivial cases.
 * Follows from: predictionRange, l2AttackFilters, diversity.
 */
import fc from "fast-check";
import type { Problem } from "../src/model/problem.js";
import { predict } from "../src/theory/predict.js";
import type { Method } from "../src/training/method.js";
import { labelsOf, largeProblem, methodOf, predictedMethod } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const problems = largeProblem.map((p): Problem => ({ ...p, unlabeled: 0, tasks: Math.max(60, p.tasks) }));
const metrics = (problem: Problem, method: Method): ReturnType<typeof predict>["metrics"] =>
  predict(problem, method).metrics;

function same(a: ReturnType<typeof metrics>, b: ReturnType<typeof metrics>, slack: number): Verdict {
  return every(
    ...(["sinTheta2", "excessRisk", "errorRate", "survivingTasks"] as const).map((name) =>
      equals(a[name]!, b[name]!, slack * Math.max(1, Math.abs(b[name]!))),
    ),
  );
}

const attackOf = (norm: number, radius: number): Method => methodOf({ attack: { norm, radius } });
const strongest = (p: Problem): number => Math.max(...p.signal.map((g) => g.norm));
const weakest = (p: Problem): number => Math.min(...p.signal.map((g) => g.norm));
const tau = (p: Problem): number => p.noise.sd / Math.sqrt(p.labeled);

lemma("predictionLimits", [
  always(
    "with enough samples the error always vanishes",
    (p: Problem) => metrics({ ...p, labeled: 1e15 }, methodOf()),
    problems,
    (m) => atMost(m.sinTheta2!, 1e-4),
  ),
  always(
    "without signal nothing is ever learnt",
    (p: Problem) =>
      metrics(
        {
          ...p,
          dimension: Math.max(1000, p.dimension),
          signal: [{ share: 1, norm: (1e-6 * p.noise.sd) / Math.sqrt(p.labeled) }],
        },
        methodOf(),
      ),
    problems,
    (m, p) => equals(m.sinTheta2!, p.rank, 1e-6),
  ),
  always(
    "u = 0 is always the supervised method",
    (p: Problem) => ({
      ssl: metrics(p, methodOf({ pseudoLabels: labelsOf() })),
      plain: metrics(p, methodOf()),
    }),
    problems,
    ({ ssl, plain }) => same(ssl, plain, 0),
  ),
  always(
    "eps = 0 is always the method without an attack",
    ({ p, method }: { p: Problem; method: Method }) => ({
      zero: metrics(p, { ...method, attack: { norm: 2, radius: 0 } }),
      none: metrics(p, { ...method, attack: null }),
    }),
    fc.record({ p: largeProblem, method: predictedMethod }),
    ({ zero, none }) => same(zero, none, 0),
  ),
  always(
    "an l_2 attack far above every length always filters everything",
    (p: Problem) => metrics(p, attackOf(2, 3 * (strongest(p) + tau(p) * (Math.sqrt(p.dimension) + 10)))),
    problems,
    (m, p) =>
      every(
        equals(m.survivingTasks!, 0, 1e-6),
        equals(m.sinTheta2!, p.rank, 1e-6),
        equals(m.excessRisk!, p.target.norm, 1e-9),
      ),
  ),
  always(
    "one far below every length always changes nothing (N1)",
    (p: Problem) => {
      const quiet = { ...p, labeled: Math.ceil((400 * p.noise.sd ** 2) / weakest(p) ** 2) };
      return { attacked: metrics(quiet, attackOf(2, 0.3 * weakest(p))), plain: metrics(quiet, methodOf()) };
    },
    problems,
    ({ attacked, plain }) => same(attacked, plain, 1e-3),
  ),
  always(
    "a direction that no task uses is always lost (N5)",
    (p: Problem) => metrics({ ...p, rank: 3, labeled: 1e12, diversity: [1, 1, 0] }, methodOf()),
    problems,
    (m) => equals(m.sinTheta2!, 1, 1e-3),
  ),
  weakened(
    "false for an attack between the lengths: it does change the prediction",
    (p: Problem) => ({ attacked: metrics(p, attackOf(2, strongest(p))), plain: metrics(p, methodOf()) }),
    problems,
    ({ attacked, plain }) => same(attacked, plain, 1e-3),
  ),
]);
