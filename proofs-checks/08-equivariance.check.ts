/**
 * LEMMA equivariance: what training commutes with.
 *
 *     betahat(k muhat, k eps) = betahat(muhat, eps) for k > 0;    betahat(Q muhat, eps) = Q betahat(muhat, eps) for orthogonal Q when
 *     q = 2, and for signed permutations Q for every q.
 *
 * Hypotheses: q = 2 for general rotations.
 * Role: without loss of generality sigma = 1 and B = [I_r; 0] in every q = 2 argument (section 6.3).
 * Follows from: minimax.
 */
import fc from "fast-check";
import { type Matrix, matrix } from "../src/numerics/matrix.js";
import { multiply, scaled } from "../src/numerics/products.js";
import { closedForm } from "../src/training/closedForm.js";
import { orthogonal } from "./arbitraries/frames.js";
import { scale } from "./arbitraries/numbers.js";
import { type Attacked, attacked } from "./arbitraries/vectors.js";
import { lemma } from "./laws/lemma.js";
import { commutes } from "./laws/structure.js";
import { equalVectors, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

type Case = Attacked & { readonly k: number; readonly Q: Matrix; readonly shift: number };

/** Radii away from the kink, where rounding decides who is filtered. */
const cases: fc.Arbitrary<Case> = attacked.chain((c) =>
  fc
    .record({ k: scale, Q: orthogonal(c.muhat.length), shift: fc.integer({ min: 0, max: 5 }) })
    .map((more) => ({
      ...c,
      ...more,
      eps: 0.9 * c.eps * (1 - 1e-3),
    })),
);

const train = (c: Case): Float64Array => closedForm(c.muhat, { norm: c.q, radius: c.eps }).direction;
const turned = (x: Float64Array, Q: Matrix): Float64Array => multiply(Q, matrix(x.length, 1, x)).data;
const permuted = (x: Float64Array, shift: number): Float64Array =>
  x.map((_, i) => (i % 2 === 0 ? 1 : -1) * x[(i + shift) % x.length]!);
/** A residual that is nearly nothing has a direction that rounding decides: both directions are compared where it is not. */
const close = (a: Float64Array, b: Float64Array): Verdict => equalVectors(a, b, 1e-6);
const away = (c: Case): boolean => closedForm(c.muhat, { norm: c.q, radius: c.eps }).value > 1e-6;
const solid = cases.map((c): Case => (away(c) ? c : { ...c, eps: 0 }));
const round = solid.map((c): Case => {
  const two = { ...c, q: 2 };
  return away(two) ? two : { ...two, eps: 0 };
});

lemma("equivariance", [
  commutes(
    "the unit never matters",
    train,
    solid,
    (c) => ({ ...c, muhat: scaled(c.muhat, c.k), eps: c.k * c.eps }),
    (b) => b,
    close,
  ),
  commutes(
    "rotations always commute with an l_2 attack",
    train,
    round,
    (c) => ({ ...c, muhat: turned(c.muhat, c.Q) }),
    (b, c) => turned(b, c.Q),
    close,
  ),
  commutes(
    "signed permutations always commute, for every q",
    train,
    solid,
    (c) => ({ ...c, muhat: permuted(c.muhat, c.shift) }),
    (b, c) => permuted(b, c.shift),
    close,
  ),
  weakened(
    "false for rotations under an l_inf attack",
    (c: Case) => ({ after: train({ ...c, muhat: turned(c.muhat, c.Q) }), before: turned(train(c), c.Q) }),
    solid.map((c) => ({ ...c, q: Infinity })),
    ({ after, before }) => close(after, before),
  ),
]);
