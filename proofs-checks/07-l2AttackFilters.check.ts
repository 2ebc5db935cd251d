/**
 * LEMMA l2AttackFilters: an l_2 attack only filters.
 *
 *     q = 2:  betahat is that of standard training, bit for bit, when ||muhat||_2 > eps, and 0 otherwise; so with the attack below every ||muhat_t||_2
 *     the representation is identical (control N1).
 *
 * Hypotheses: q = 2.
 * Role: C2 is C1 for the tasks that survive; and it explains why the attack cannot help where nothing is filtered.
 * Follows from: filterBoundary.
 */
import fc from "fast-check";
import type { Matrix } from "../src/numerics/matrix.js";
import { norm2 } from "../src/numerics/products.js";
import { closedForm } from "../src/training/closedForm.js";
import { trainRepresentation } from "../src/training/trainRepresentation.js";
import { matrixOf } from "./arbitraries/matrices.js";
import { methodOf, problemOf } from "./arbitraries/problems.js";
import { type Attacked, attacked } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { equals, equalVectors } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const sameAsStandard = (c: Attacked, q: number): ReturnType<typeof equalVectors> => {
  const adversarial = closedForm(c.muhat, { norm: q, radius: c.eps }).direction;
  if (adversarial.every((x) => x === 0)) return true;
  return equalVectors(adversarial, closedForm(c.muhat, null).direction);
};

/** Means of T tasks in R^p, the shortest of them longer than the attack. */
const strong: fc.Arbitrary<{ means: Matrix; radius: number }> = fc
  .record({
    tasks: fc.integer({ min: 1, max: 6 }),
    p: fc.integer({ min: 1, max: 5 }),
    k: fc.constantFrom(0, 0.5, 0.999),
  })
  .chain(({ tasks, p, k }) =>
    matrixOf(tasks, p).map((means) => {
      for (let t = 0; t < tasks; t++) means.data[t * p] = 1 + Math.abs(means.data[t * p]!);
      const lengths = Array.from({ length: tasks }, (_, t) => norm2(means.data.slice(t * p, (t + 1) * p)));
      return { means, radius: k * Math.min(...lengths) };
    }),
  );

function bases({ means, radius }: { means: Matrix; radius: number }): [Matrix, Matrix] {
  const problem = problemOf({ rank: 1, dimension: means.cols, tasks: means.rows });
  const norms = new Float64Array(means.rows).fill(1);
  const standard = trainRepresentation(problem, means, norms, methodOf());
  const attack = { norm: 2, radius };
  return [standard.basis, trainRepresentation(problem, means, norms, methodOf({ attack })).basis];
}

lemma("l2AttackFilters", [
  always(
    "a survivor always has the standard direction, bit for bit",
    (c: Attacked) => c,
    attacked,
    (c) => sameAsStandard({ ...c, eps: Math.min(c.eps, 2) }, 2),
  ),
  always(
    "it survives exactly when ||muhat||_2 > eps",
    (c: Attacked) => closedForm(c.muhat, { norm: 2, radius: c.eps }),
    attacked,
    (t, c) => t.value > 0 === norm2(c.muhat) > c.eps,
  ),
  always("an attack below every length never changes the representation", bases, strong, ([a, b]) =>
    a.cols === b.cols ? equalVectors(a.data, b.data) : equals(a.cols, b.cols),
  ),
  weakened(
    "false for an l_inf attack, which turns the survivors",
    (c: Attacked) => c,
    attacked,
    (c) => sameAsStandard(c, Infinity),
  ),
]);
