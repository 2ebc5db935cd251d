/**
 * LEMMA innerMaximum: the worst attack on a linear classifier is a dual norm.
 *
 *     max_{||d||_q <= eps} -y <beta, x + d> = -y <beta, x> + eps ||beta||_{q*},
 *
 * reached at d = -y eps u, u the unit vector of the l_q ball that is aligned with beta. A projected gradient attack, from any start and with any
 * step, never exceeds it.
 *
 * Hypotheses: the loss is linear; d is in the ball (after projection, if it left).
 * Role: adversarial training of a linear loss is a norm penalty, so it has a closed form.
 * Follows from: dualNorm, ballProjection.
 */
import fc from "fast-check";
import { dot, scaled } from "../src/numerics/products.js";
import { projectOntoBall } from "../src/training/ballProjection.js";
import { dualExponent, lqNorm } from "../src/training/lqNorm.js";
import { exponent, logUniform } from "./arbitraries/numbers.js";
import { vector, vectorOf } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly beta: Float64Array;
  readonly start: Float64Array;
  readonly q: number;
  readonly eps: number;
  readonly step: number;
}

const attack: fc.Arbitrary<Case> = vector.chain((beta) =>
  fc.record({
    beta: fc.constant(beta),
    start: vectorOf(beta.length),
    q: exponent,
    eps: logUniform(0.01, 10),
    step: logUniform(0.01, 100),
  }),
);

/** The change of the loss that d brings at y = 1. */
const gain = (beta: Float64Array, d: Float64Array): number => -dot(beta, d);

/** -eps u with u aligned with beta: powers q* - 1 of its entries. */
function worst({ beta, q, eps }: Case): Float64Array {
  const dual = dualExponent(q);
  const largest = lqNorm(beta, Infinity);
  if (largest === 0) return new Float64Array(beta.length);
  const first = beta.findIndex((value) => Math.abs(value) === largest);
  const u = beta.map((value, i) => {
    if (dual === Infinity) return i === first ? Math.sign(value) : 0;
    return Math.sign(value) * (Math.abs(value) / largest) ** (dual - 1);
  });
  return scaled(u, -eps / lqNorm(u, q));
}

function gradientAttack({ beta, start, q, eps, step }: Case, steps: number, project: boolean): Float64Array {
  const inside = (d: Float64Array): Float64Array => (project ? projectOntoBall(d, q, eps).projection : d);
  let d = inside(start);
  for (let i = 0; i < steps; i++) d = inside(d.map((value, j) => value - step * beta[j]!));
  return d;
}

function neverMore(c: Case, d: Float64Array): Inequality {
  const right = c.eps * lqNorm(c.beta, dualExponent(c.q));
  return atMost(gain(c.beta, d), right, 1e-8 * right + 1e-12);
}

lemma("innerMaximum", [
  always("the aligned attack is always feasible and reaches eps ||beta||_q*", worst, attack, (d, c) =>
    every(
      atMost(lqNorm(d, c.q), c.eps, 1e-9 * c.eps),
      equals(gain(c.beta, d), c.eps * lqNorm(c.beta, dualExponent(c.q)), 1e-9 * c.eps * lqNorm(c.beta, 1)),
    ),
  ),
  always(
    "a projected gradient attack never exceeds it",
    (c: Case) => gradientAttack(c, 5, true),
    attack,
    (d, c) => neverMore(c, d),
  ),
  weakened(
    "false for an attack that is not projected back",
    (c: Case) => gradientAttack(c, 5, false),
    attack,
    (d, c) => neverMore(c, d),
  ),
  attains(
    "a gradient attack reaches it",
    (c: Case) => neverMore(c, gradientAttack(c, 200, true)),
    [2, Infinity, 1, 3].map((q) => ({
      beta: Float64Array.of(2, -1, 0.5),
      start: new Float64Array(3),
      q,
      eps: 1,
      step: 10,
    })),
    0.9999,
  ),
]);
