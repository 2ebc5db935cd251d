/**
 * LEMMA softThresholdProx: the residual of clipping is the proximal map of the l_1 norm.
 *
 *     x - P(x) = soft-threshold(x, eps) = argmin_z ||z - x||^2 / 2 + eps ||z||_1      (P onto the l_inf ball).
 *
 * Hypotheses: eps >= 0.
 * Role: an l_inf attack during training selects coordinates, as the lasso does: the source of C3.
 * Follows from: ballProjection.
 */
import { norm2 } from "../src/numerics/products.js";
import { projectOntoBall } from "../src/training/ballProjection.js";
import { lqNorm } from "../src/training/lqNorm.js";
import { type Attacked, attackedPair } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equalVectors, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

type Pair = Attacked & { readonly other: Float64Array };

const clipped = attackedPair.map((c): Pair => ({ ...c, q: Infinity, eps: Math.min(c.eps, 3) }));
const soft = (c: Pair): Float64Array => projectOntoBall(c.muhat, Infinity, c.eps).residual;

function objective(z: Float64Array, c: Pair): number {
  return 0.5 * norm2(z.map((value, i) => value - c.muhat[i]!)) ** 2 + c.eps * lqNorm(z, 1);
}

/** 0 in the subdifferential: x - z is eps sign(z) where z is not 0, and at most eps where it is. */
function stationary(z: Float64Array, c: Pair): ReturnType<typeof every> {
  return every(
    ...Array.from(z, (value, i) => {
      const pull = c.muhat[i]! - value;
      const wanted =
        value === 0 ? Math.max(0, Math.abs(pull) - c.eps) : Math.abs(pull - Math.sign(value) * c.eps);
      return atMost(wanted, 0, 1e-12 * (1 + norm2(c.muhat)));
    }),
  );
}

lemma("softThresholdProx", [
  always("the residual always satisfies the optimality conditions", soft, clipped, stationary),
  always("no other point is ever better", soft, clipped, (z, c) =>
    atMost(objective(z, c), objective(c.other, c), 1e-12 * (1 + objective(c.other, c))),
  ),
  always("by its formula sign(x) max(0, |x| - eps)", soft, clipped, (z, c) =>
    equalVectors(
      z,
      c.muhat.map((x) => Math.sign(x) * Math.max(0, Math.abs(x) - c.eps)),
      1e-12 * (1 + norm2(c.muhat)),
    ),
  ),
  weakened(
    "the hard threshold is no proximal map of the l_1 norm",
    (c: Pair) => c.muhat.map((x) => (Math.abs(x) > c.eps ? x : 0)),
    clipped,
    stationary,
  ),
]);
