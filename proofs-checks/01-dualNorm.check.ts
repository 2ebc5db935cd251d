/**
 * LEMMA dualNorm: Hoelder's inequality and its equality case.
 *
 *     <x, y> <= ||x||_q ||y||_{q*},   1/q + 1/q* = 1,
 *
 * with equality for y_i = sign(x_i) |x_i|^{q-1} (q = Infinity: y on the largest coordinate of x).
 *
 * Hypotheses: x, y in R^p, q in [1, Infinity]. The exponent must be the dual one.
 * Role: turns the attack's inner maximum into a norm of the classifier.
 * Follows from: nothing.
 */
import fc from "fast-check";
import { dot } from "../src/numerics/products.js";
import { dualExponent, lqNorm } from "../src/training/lqNorm.js";
import { exponent } from "./arbitraries/numbers.js";
import { vector, vectorOf } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const pair = vector.chain((x) => fc.record({ x: fc.constant(x), y: vectorOf(x.length), q: exponent }));
type Pair = { x: Float64Array; y: Float64Array; q: number };

function hoelder({ x, y, q }: Pair, dual: number): Inequality {
  const right = lqNorm(x, q) * lqNorm(y, dual);
  return atMost(Math.abs(dot(x, y)), right, 1e-12 * right);
}

/** The y of the equality case, from powers relative to the largest entry. */
export function aligned(x: Float64Array, q: number): Float64Array {
  const largest = lqNorm(x, Infinity);
  if (q === Infinity) {
    const at = x.findIndex((value) => Math.abs(value) === largest);
    return x.map((value, i) => (i === at ? Math.sign(value) : 0));
  }
  return x.map((value) => Math.sign(value) * (Math.abs(value) / (largest || 1)) ** (q - 1));
}

lemma("dualNorm", [
  always(
    "|<x, y>| never exceeds ||x||_q ||y||_q*",
    (z: Pair) => z,
    pair,
    (z) => hoelder(z, dualExponent(z.q)),
  ),
  always(
    "the aligned vector always reaches it",
    ({ x, q }: Pair) => ({ x, y: aligned(x, q), q }),
    pair,
    (z) => {
      const { left, right } = hoelder(z, dualExponent(z.q));
      return equals(left, right, 1e-9 * right);
    },
  ),
  always(
    "the norms are norms: homogeneous, subadditive, and falling in q",
    (z: Pair) => z,
    pair,
    ({ x, y, q }) =>
      every(
        equals(
          lqNorm(
            x.map((value) => -3 * value),
            q,
          ),
          3 * lqNorm(x, q),
          1e-12 * lqNorm(x, q),
        ),
        atMost(
          lqNorm(
            x.map((value, i) => value + y[i]!),
            q,
          ),
          lqNorm(x, q) + lqNorm(y, q),
          1e-11,
        ),
        atMost(lqNorm(x, q + 1), lqNorm(x, q), 1e-12 * lqNorm(x, 1)),
      ),
  ),
  weakened(
    "false with q in place of the dual exponent",
    (z: Pair) => z,
    pair,
    (z) => hoelder(z, z.q),
  ),
  attains(
    "equality for x = y, q = 2",
    (z: Pair) => hoelder(z, 2),
    [{ x: Float64Array.of(3, 4), y: Float64Array.of(3, 4), q: 2 }],
    1 - 1e-12,
  ),
]);
