import { requireInteger } from "../../core/guards.js";

/** Nodes and weights of a quadrature rule: the integral of f is about `sum_i weights[i] f(nodes[i])`. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const cache = new Map<number, Quadrature>();

/**
 * Gauss-Legendre nodes (ascending) and weights on [-1, 1], exact for polynomials of degree 2n - 1; 1 <= n <= 512.
 * Newton's method on the three-term recurrence from Tricomi's starting points. Cost n^2, once per n.
 *
 * @example gaussLegendre(2).nodes // [-0.5774, 0.5774]
 */
export function gaussLegendre(n: number): Quadrature {
  requireInteger("n", n, 1, 512);
  const known = cache.get(n);
  if (known !== undefined) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 20; step++) {
      let previous = 1;
      let current = x;
      for (let k = 2; k <= n; k++) {
        [previous, current] = [current, ((2 * k - 1) * x * current - (k - 1) * previous) / k];
      }
      slope = (n * (previous - x * current)) / (1 - x * x);
      const move = current / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  cache.set(n, rule);
  return rule;
}

/**
 * The integral of f over [low, high] by the n-point Gauss-Legendre rule.
 *
 * @example integrate(Math.exp, 0, 1) // e - 1
 */
export function integrate(f: (x: number) => number, low: number, high: number, n: number = 48): number {
  const { nodes, weights } = gaussLegendre(n);
  const half = (high - low) / 2;
  const middle = (high + low) / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i]! * f(middle + half * nodes[i]!);
  return half * sum;
}
