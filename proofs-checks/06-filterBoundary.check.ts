/**
 * LEMMA filterBoundary: a task is filtered out exactly when the attack reaches its mean.
 *
 *     betahat = 0  <=>  ||muhat||_q <= eps;    eps = 0 gives standard training;    what eps filters, eps' > eps filters too.
 *
 * Hypotheses: none on muhat.
 * Role: the events of C2 (weak tasks drop out) and of the control N4 (everything drops out).
 * Follows from: minimax.
 */
import { norm2 } from "../src/numerics/products.js";
import { closedForm, type TaskClassifier } from "../src/training/closedForm.js";
import { lqNorm } from "../src/training/lqNorm.js";
import { type Attacked, attacked } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { neverRises } from "./laws/structure.js";
import { equals, equalVectors, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const train = ({ muhat, q, eps }: Attacked): TaskClassifier => closedForm(muhat, { norm: q, radius: eps });
const isZero = (x: Float64Array): boolean => x.every((value) => value === 0);

lemma("filterBoundary", [
  always("betahat is zero exactly when ||muhat||_q <= eps", train, attacked, (trained, { muhat, q, eps }) => {
    const inside = lqNorm(muhat, q) <= eps;
    return isZero(trained.direction) === inside && (trained.value === 0) === inside;
  }),
  always("a survivor is always a unit vector", train, attacked, ({ direction }) =>
    isZero(direction) ? true : equals(norm2(direction), 1, 1e-12),
  ),
  always(
    "eps = 0 is always standard training",
    (c: Attacked) => ({ none: closedForm(c.muhat, null), zero: train({ ...c, eps: 0 }) }),
    attacked,
    ({ none, zero }) =>
      every(
        equalVectors(zero.direction, none.direction, 1e-12),
        equals(zero.value, none.value, 1e-12 * none.value),
      ),
  ),
  neverRises(
    "the value never rises with eps",
    (c: Attacked) => [0, 0.25, 0.5, 0.99, 1, 1.01, 2].map((k) => train({ ...c, eps: k * c.eps }).value),
    attacked,
    1e-8,
  ),
  weakened(
    "false with the l_2 length in place of ||muhat||_q",
    train,
    attacked,
    ({ direction }, { muhat, eps }) => isZero(direction) === norm2(muhat) <= eps,
  ),
]);
