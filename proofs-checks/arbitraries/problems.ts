import fc from "fast-check";
import type { Problem } from "../../src/model/problem.js";
import type { Method, PseudoLabels } from "../../src/training/method.js";
import { logInteger, logUniform } from "./numbers.js";

/** A complete problem with Gaussian noise; `changes` replace whole fields. */
export function problemOf(changes: Partial<Problem> = {}): Problem {
  const rank = changes.rank ?? 2;
  return {
    dimension: 30,
    tasks: 20,
    labeled: 10,
    unlabeled: 0,
    signal: [{ share: 1, norm: 1 }],
    diversity: new Array<number>(rank).fill(1),
    support: null,
    noise: { sd: 1, family: "gaussian", degreesOfFreedom: 5, condition: 10 },
    target: { samples: 20, norm: 1, attack: null },
    ...changes,
    rank,
  };
}

export function methodOf(changes: Partial<Method> = {}): Method {
  return { name: "standard", attack: null, pseudoLabels: null, aggregation: "normalized", ...changes };
}

export function labelsOf(changes: Partial<PseudoLabels> = {}): PseudoLabels {
  return { rounds: 1, threshold: 0, soft: false, weight: "pooled", ...changes };
}

/** One or two signal groups, weak beside strong among them. */
const signal: fc.Arbitrary<Problem["signal"]> = fc.oneof(
  logUniform(0.1, 5).map((norm) => [{ share: 1, norm }]),
  fc.record({ share: fc.constantFrom(0.1, 0.5, 0.9), norm: logUniform(1, 8) }).map(({ share, norm }) => [
    { share, norm },
    { share: 1 - share, norm: 1 },
  ]),
);

/** Problems small enough to simulate: r = 1, r = p and T = r among them. */
export const smallProblem: fc.Arbitrary<Problem> = fc
  .record({
    rank: fc.integer({ min: 1, max: 3 }),
    extra: fc.integer({ min: 0, max: 12 }),
    extraTasks: fc.integer({ min: 0, max: 12 }),
    labeled: fc.constantFrom(1, 2, 10, 100),
    sd: fc.constantFrom(0.1, 1, 3),
    samples: fc.constantFrom(1, 5, 50),
    signal,
  })
  .map(({ rank, extra, extraTasks, labeled, sd, samples, signal: groups }) =>
    problemOf({
      rank,
      dimension: rank + extra,
      tasks: rank + extraTasks,
      labeled,
      signal: groups,
      noise: { sd, family: "gaussian", degreesOfFreedom: 5, condition: 10 },
      target: { samples, norm: 1, attack: null },
    }),
  );

/** Problems of the size that exact asymptotics are for (dense B, equal diversity); p from r + 1 to 10^6. */
export const largeProblem: fc.Arbitrary<Problem> = fc
  .record({
    rank: fc.integer({ min: 1, max: 4 }),
    dimension: logInteger(10, 1e6),
    tasks: logInteger(20, 1e4),
    labeled: logInteger(1, 1e5),
    unlabeled: fc.oneof(fc.constant(0), logInteger(1, 1e5)),
    sd: logUniform(0.1, 10),
    samples: logInteger(1, 1e4),
    signal,
  })
  .map(({ sd, samples, ...rest }) =>
    problemOf({
      ...rest,
      noise: { sd, family: "gaussian", degreesOfFreedom: 5, condition: 10 },
      target: { samples, norm: 1, attack: null },
    }),
  );

/** Methods that predictions exist for, without l_inf attacks (those cost a hundred times more). */
export const predictedMethod: fc.Arbitrary<Method> = fc.record({
  name: fc.constant("method"),
  attack: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc
        .oneof(fc.constant(0), logUniform(0.01, 20))
        .map((radius): Method["attack"] => ({ norm: 2, radius })),
    },
    {
      weight: 1,
      arbitrary: logUniform(0.5, 4).map((filterBelow): Method["attack"] => ({
        norm: 2,
        radius: { filterBelow },
      })),
    },
  ),
  pseudoLabels: fc.oneof(
    fc.constant(null),
    fc.record({
      rounds: fc.constant(1),
      threshold: fc.constantFrom(0, 0.5),
      soft: fc.boolean(),
      weight: fc.constantFrom<PseudoLabels["weight"]>("pooled", "optimal", 0.5),
    }),
  ),
  aggregation: fc.constantFrom<Method["aggregation"]>("normalized", "raw", "oracle-weights"),
});
