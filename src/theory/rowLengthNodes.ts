import { gaussLegendre } from "../numerics/special/gaussLegendre.js";

/** How many lengths of a row. */
export const RADII = 20;

/** Lengths beta of the rows of sqrt(s) B, with weights that sum to 1. */
export interface Radii {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Quadrature for beta, s beta_j^2 of a Haar row: beta^2 / s is a Beta(r/2, (s - r)/2) variable, E beta^2 = r. Against the chi law of the limit this
 * narrows the spread of beta^2 by (s - r)/(s + 2), and with it the bias of shrinking. The nodes are scaled to E beta^2 = r exactly.
 */
export function rowLengthNodes(r: number, s: number): Radii {
  const rule = gaussLegendre(RADII);
  const low = Math.max(0, Math.sqrt(r) - 3);
  const high = Math.min(Math.sqrt(s), Math.sqrt(r) + 3);
  const nodes = rule.nodes.map((x) => (low + high) / 2 + ((high - low) / 2) * x);
  const logs = nodes.map(
    (beta) => (r - 1) * Math.log(beta) + ((s - r) / 2 - 1) * Math.log1p((-beta * beta) / s),
  );
  // Relative to the largest: beta^(r - 1) alone overflows at r = 310.
  const top = Math.max(...logs);
  const weights = rule.weights.map((w, i) => w * Math.exp(logs[i]! - top));
  const total = weights.reduce((a, b) => a + b, 0);
  const second = nodes.reduce((sum, beta, i) => sum + (weights[i]! / total) * beta * beta, 0);
  return {
    nodes: nodes.map((beta) => beta * Math.sqrt(r / second)),
    weights: weights.map((w) => w / total),
  };
}
