import { norm2, scaled } from "../../numerics/products.js";
import { projectOntoBall } from "../ballProjection.js";

/** What keeps a classifier finite: the unit ball ||beta||_2 <= 1 (the paper), a ridge (lambda/2) ||beta||_2^2, or nothing. */
export type Regularization =
  | { readonly kind: "ball" }
  | { readonly kind: "ridge"; readonly lambda: number }
  | { readonly kind: "none" };

/** A regularisation under which every loss has a minimum. */
export type BoundedRegularization = Exclude<Regularization, { readonly kind: "none" }>;

/**
 * The minimiser over x of `c ||x||_{q*} + R(x) + ||x - w||_2^2 / (2 step)`, R the regularisation: with the residual u = w - P(w), P the projection on
 * the l_q ball of radius `step c`,
 *
 *     ball: u / max(1, ||u||_2),     ridge: u / (1 + step lambda),     none: u.
 *
 * That u is the minimiser without R is Moreau's identity; R only rescales it because ||.||_{q*} has the same subgradients along a ray. A far step,
 * w = step m with step to infinity, leads to the closed form of docs/theory.md section 2 at m.
 */
export function proximalPoint(
  w: Float64Array,
  step: number,
  c: number,
  q: number,
  regularization: Regularization,
): Float64Array {
  const u = c === 0 ? w : projectOntoBall(w, q, step * c).residual;
  if (regularization.kind === "ball") {
    const length = norm2(u);
    return length > 1 ? scaled(u, 1 / length) : u;
  }
  return regularization.kind === "ridge" ? scaled(u, 1 / (1 + step * regularization.lambda)) : u;
}

/** R(beta), 0 for the ball (its points are inside). */
export function penalty(regularization: Regularization, beta: Float64Array): number {
  return regularization.kind === "ridge" ? (regularization.lambda / 2) * norm2(beta) ** 2 : 0;
}
