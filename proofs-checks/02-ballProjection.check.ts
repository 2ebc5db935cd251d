/**
 * LEMMA ballProjection: the Euclidean projection onto an l_q ball.
 *
 *     P(x) is in the ball,  <x - P(x), v - P(x)> <= 0 for every v in it (obtuse angle),  P(P(x)) = P(x),
 *     ||P(x) - P(y)||_2 <= ||x - y||_2.
 *
 * The obtuse angle characterises P, so it proves each of the four algorithms (sort, rescaling, clipping, root search) right.
 *
 * Hypotheses: the ball is convex, q >= 1.
 * Role: the closed form of adversarial training is the residual x - P(x).
 * Follows from: dualNorm.
 */
import { dot, norm2, scaled } from "../src/numerics/products.js";
import { projectOntoBall } from "../src/training/ballProjection.js";
import { lqNorm } from "../src/training/lqNorm.js";
import { scale } from "./arbitraries/numbers.js";
import { type Attacked, attackedPair } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equalVectors, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

type Pair = Attacked & { readonly other: Float64Array };

const P = (x: Float64Array, { q, eps }: Attacked): Float64Array => projectOntoBall(x, q, eps).projection;
const minus = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, i) => value - y[i]!);

function nonExpansive(a: Float64Array, b: Float64Array, x: Float64Array, y: Float64Array): Inequality {
  return atMost(norm2(minus(a, b)), norm2(minus(x, y)), 1e-9 * (norm2(x) + norm2(y)));
}

function obtuse(c: Pair, projection: Float64Array): Inequality {
  const v = scaled(c.other, c.eps / Math.max(1e-300, lqNorm(c.other, c.q)));
  const size = norm2(c.muhat) * (norm2(v) + norm2(projection));
  return atMost(dot(minus(c.muhat, projection), minus(v, projection)), 0, 1e-9 * size);
}

lemma("ballProjection", [
  always(
    "the projection is always in the ball, and residual + projection = x",
    (c: Pair) => projectOntoBall(c.muhat, c.q, c.eps),
    attackedPair,
    (r, c) =>
      every(
        atMost(lqNorm(r.projection, c.q), c.eps, 1e-9 * c.eps),
        equalVectors(minus(c.muhat, r.projection), r.residual, 1e-9 * norm2(c.muhat)),
        r.inside === lqNorm(c.muhat, c.q) <= c.eps,
      ),
  ),
  always(
    "the angle at the projection is never acute",
    (c: Pair) => P(c.muhat, c),
    attackedPair,
    (p, c) => obtuse(c, p),
  ),
  always(
    "projecting again never moves the point",
    (c: Pair) => P(c.muhat, c),
    attackedPair,
    (p, c) => equalVectors(P(p, c), p, 1e-9 * norm2(p)),
  ),
  always(
    "two points never get farther apart",
    (c: Pair) => c,
    attackedPair,
    (c) => nonExpansive(P(c.muhat, c), P(c.other, c), c.muhat, c.other),
  ),
  always(
    "the unit of measurement never matters",
    ({ c, k }: { c: Pair; k: number }) => projectOntoBall(scaled(c.muhat, k), c.q, k * c.eps).residual,
    attackedPair.chain((c) => scale.map((k) => ({ c, k }))),
    (residual, { c, k }) =>
      equalVectors(
        scaled(residual, 1 / k),
        projectOntoBall(c.muhat, c.q, c.eps).residual,
        1e-8 * norm2(c.muhat),
      ),
  ),
  weakened(
    "the radial map x eps / ||x||_q, which is no projection, fails the obtuse angle",
    (c: Pair) => scaled(c.muhat, Math.min(1, c.eps / Math.max(1e-300, lqNorm(c.muhat, c.q)))),
    attackedPair,
    (p, c) => obtuse(c, p),
  ),
  attains(
    "non-expansive with equality inside the ball",
    (c: Pair) => nonExpansive(P(c.muhat, c), P(c.other, c), c.muhat, c.other),
    [{ muhat: Float64Array.of(0.1, 0.2), other: Float64Array.of(-0.3, 0), q: 2, eps: 1 }],
    1 - 1e-12,
  ),
]);
