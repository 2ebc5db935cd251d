/**
 * LEMMA minimax: adversarial training of the linear loss is a projection.
 *
 *     max_{||beta||_2 <= 1} <beta, muhat> - eps ||beta||_{q*} = min_{||v||_q <= eps} ||muhat - v||_2,
 *
 * attained at betahat = (muhat - P(muhat)) / ||.||_2 and v = P(muhat). No feasible beta does better, no feasible v comes closer.
 *
 * Hypotheses: beta in the unit ball; v in the l_q ball.
 * Role: gives the source classifiers of every method in closed form.
 * Follows from: innerMaximum, ballProjection.
 */
import type fc from "fast-check";
import { norm2, scaled } from "../src/numerics/products.js";
import { projectOntoBall } from "../src/training/ballProjection.js";
import { adversarialObjective, closedForm } from "../src/training/closedForm.js";
import { dualExponent, lqNorm } from "../src/training/lqNorm.js";
import { share } from "./arbitraries/numbers.js";
import { type Attacked, attackedPair } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

type Case = Attacked & { readonly other: Float64Array; readonly length: number };

const cases: fc.Arbitrary<Case> = attackedPair.chain((c) => share.map((length) => ({ ...c, length })));
const train = ({ muhat, q, eps }: Case): ReturnType<typeof closedForm> =>
  closedForm(muhat, { norm: q, radius: eps });

/** The other vector scaled into a ball: a feasible point. */
function into(c: Case, norm: number, radius: number): Float64Array {
  const size = norm === 2 ? norm2(c.other) : lqNorm(c.other, norm);
  return size === 0 ? c.other : scaled(c.other, (c.length * radius) / size);
}

const objective = (beta: Float64Array, c: Case): number =>
  adversarialObjective(beta, c.muhat, c.eps, dualExponent(c.q));
const slackOf = (c: Case): number => 1e-8 * norm2(c.muhat) + 1e-14;

lemma("minimax", [
  always("both sides always agree at betahat and P(muhat)", train, cases, (trained, c) => {
    const nearest = projectOntoBall(c.muhat, c.q, c.eps).projection;
    const distance = norm2(c.muhat.map((x, i) => x - nearest[i]!));
    return every(
      equals(trained.value, distance, slackOf(c)),
      equals(objective(trained.direction, c), distance, slackOf(c)),
      atMost(norm2(trained.direction), 1, 1e-12),
    );
  }),
  always("no feasible classifier is ever better", train, cases, (trained, c) =>
    atMost(objective(into(c, 2, 1), c), trained.value, slackOf(c)),
  ),
  always("no feasible perturbation ever comes closer", train, cases, (trained, c) => {
    const v = into(c, c.q, c.eps);
    return atMost(trained.value, norm2(c.muhat.map((x, i) => x - v[i]!)), slackOf(c));
  }),
  weakened("false outside the unit ball", train, cases, (trained, c) =>
    atMost(objective(into(c, 2, 10), c), trained.value, slackOf(c)),
  ),
  weakened("false with the norm q in place of q*", train, cases, (trained, c) =>
    equals(adversarialObjective(trained.direction, c.muhat, c.eps, c.q), trained.value, slackOf(c)),
  ),
]);
