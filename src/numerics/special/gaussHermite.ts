import { requireInteger } from "../../core/guards.js";
import { divide } from "../products.js";
import type { Quadrature } from "./gaussLegendre.js";

const cache = new Map<number, Quadrature>();

/**
 * Nodes (ascending) and weights of the n-point Gauss-Hermite rule for the standard normal density: E f(Z) is about
 * `sum_i weights[i] f(nodes[i])`, exact for polynomials of degree 2n - 1; 1 <= n <= 64. Every root of the n-th Hermite function is bracketed
 * by a sign change on a fine grid and bisected. Cost about 10^4 n, once per n.
 *
 * @example gaussHermite(3).nodes // [-1.732, 0, 1.732]
 */
export function gaussHermite(n: number): Quadrature {
  requireInteger("n", n, 1, 64);
  const known = cache.get(n);
  if (known !== undefined) return known;
  const nodes: number[] = [];
  // All roots lie within sqrt(4n + 2); neighbours are at least pi / sqrt(n + 1) / sqrt 2 apart.
  const reach = Math.sqrt(4 * n + 2) + 0.5;
  const cells = 40 * n + 1;
  let low = -reach;
  let wasNegative = negative(n, low);
  for (let i = 1; i <= cells; i++) {
    const high = -reach + (2 * reach * i) / cells;
    const isNegative = negative(n, high);
    if (wasNegative !== isNegative) nodes.push(bisect(n, low, high, wasNegative));
    low = high;
    wasNegative = isNegative;
  }
  const weights = Float64Array.from(nodes, (x) => {
    const { beforeLast } = hermiteFunctions(n, x);
    return 1 / (n * beforeLast * beforeLast);
  });
  const total = weights.reduce((a, b) => a + b, 0);
  divide(weights, total);
  const rule = { nodes: Float64Array.from(nodes), weights };
  cache.set(n, rule);
  return rule;
}

/** Orthonormal Hermite polynomials of degree n and n - 1 (without the Gaussian factor) at x. */
function hermiteFunctions(n: number, x: number): { last: number; beforeLast: number } {
  let beforeLast = 0;
  let last = 1;
  for (let k = 1; k <= n; k++) {
    [beforeLast, last] = [last, (x * last - Math.sqrt(k - 1) * beforeLast) / Math.sqrt(k)];
  }
  return { last, beforeLast };
}

/** Whether the polynomial of degree n is negative at x. */
function negative(n: number, x: number): boolean {
  return hermiteFunctions(n, x).last < 0;
}

/** The root between a and b, given the sign at a: to the last bit, the root 0 to 2^-100. */
function bisect(n: number, a: number, b: number, negativeAtLow: boolean): number {
  let low = a;
  let high = b;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (negative(n, middle) === negativeAtLow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
