/**
 * LEMMA chiSquare: the length of the noise (Laurent & Massart, Ann. Statist. 28 (2000)).
 *
 *     P(chi^2_k >= k + 2 sqrt(k x) + 2 x) <= e^-x,    P(chi^2_k <= k - 2 sqrt(k x)) <= e^-x,
 *
 * and so P(||z||_2 >= sqrt(k) + sqrt(2 x)) <= e^-x for z ~ N(0, I_k).
 *
 * Hypotheses: independent standard normal coordinates; the term 2 x cannot be dropped.
 * Role: ||muhat||^2 concentrates at norm^2 + tau^2 p, and ||W1^T z||^2 at r.
 * Follows from: nothing.
 */
import fc from "fast-check";
import { chiSquareTail } from "../src/numerics/special/gammaTail.js";
import { normalVector } from "../src/random/distributions/haarFrame.js";
import { logInteger, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { hasLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { atMost, type Inequality } from "./laws/verdict.js";
import { counterexample, weakened } from "./laws/weakened.js";

interface Case {
  readonly k: number;
  readonly x: number;
}

// Up to k = 9000 the tail is computed without an approximation; its absolute error is about 1e-13 (k small) to 1e-11.
const cases: fc.Arbitrary<Case> = fc.record({ k: logInteger(1, 9000), x: logUniform(0.001, 200) });
const ROUNDING = 1e-10;

const upper = ({ k, x }: Case, linear: number): Inequality =>
  atMost(chiSquareTail(k, k + 2 * Math.sqrt(k * x) + linear * x), Math.exp(-x), ROUNDING);

lemma("chiSquare", [
  always(
    "the upper tail never exceeds e^-x",
    (c: Case) => c,
    cases,
    (c) => upper(c, 2),
  ),
  always(
    "the lower tail never exceeds e^-x",
    (c: Case) => c,
    cases,
    ({ k, x }) => atMost(1 - chiSquareTail(k, k - 2 * Math.sqrt(k * x)), Math.exp(-x), ROUNDING),
  ),
  always(
    "the length is rarely beyond sqrt(k) + sqrt(2 x)",
    (c: Case) => c,
    cases,
    ({ k, x }) => atMost(chiSquareTail(k, (Math.sqrt(k) + Math.sqrt(2 * x)) ** 2), Math.exp(-x), ROUNDING),
  ),
  hasLaw(
    "||z||^2 has the chi-square law that the bounds are of",
    (rng) => normalVector(rng, 7).reduce((s, z) => s + z * z, 0),
    (x) => 1 - chiSquareTail(7, x),
    { draws: 3000 },
  ),
  weakened(
    "false without the term 2 x",
    (c: Case) => c,
    cases,
    (c) => upper(c, 0),
  ),
  counterexample(
    "false with the term x in place of 2 x",
    (c: Case) => c,
    { k: 1, x: 20 },
    ({ k, x }) => atMost(Math.log(chiSquareTail(k, k + 2 * Math.sqrt(k * x) + x)), -x),
  ),
  attains(
    "the exponent is sharp: x / (- log tail) for large x",
    (c: Case) => atMost(c.x, -Math.log(chiSquareTail(c.k, c.k + 2 * Math.sqrt(c.k * c.x) + 2 * c.x))),
    [{ k: 1, x: 300 }],
    0.9,
  ),
]);
