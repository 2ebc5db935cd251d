import { scaled } from "../../numerics/products.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball } from "../closedForm.js";
import { dualExponent, lqNorm } from "../lqNorm.js";
import { type FoundPerturbation, type PgdOptions, pgdAttack } from "./pgdAttack.js";
import { steepestDirection } from "./steepestDirection.js";

/** How training finds the worst perturbation in its ball: the exact one, or that of projected gradient ascent. */
export type InnerMaximum = "exact" | PgdOptions;

/**
 * The exact inner maximum of every loss that decreases in the margin: y delta = -eps d, d the direction of steepest ascent at beta, which lowers the margin by
 * eps ||beta||_{q*}. The loss becomes l(m - eps ||beta||_{q*}).
 *
 * @example worstPerturbation(Float64Array.of(1, -2), { norm: Infinity, radius: 0.5 }).perturbation // [-0.5, 0.5]
 */
export function worstPerturbation(beta: Float64Array, ball: Ball): FoundPerturbation {
  const { norm: q, radius } = ball;
  return {
    perturbation: scaled(steepestDirection(beta, q), -radius),
    shift: -radius * lqNorm(beta, dualExponent(q)),
  };
}

/** The perturbations of `count` samples: one for all, except that random starts are drawn for each sample. */
export function perturbations(
  beta: Float64Array,
  ball: Ball,
  inner: InnerMaximum,
  count: number,
  rng: Rng | null,
): (i: number) => FoundPerturbation {
  if (inner !== "exact" && (inner.starts ?? 0) > 0) {
    const own = Array.from({ length: count }, () => pgdAttack(beta, ball, inner, rng));
    return (i) => own[i]!;
  }
  const common = inner === "exact" ? worstPerturbation(beta, ball) : pgdAttack(beta, ball, inner);
  return () => common;
}
