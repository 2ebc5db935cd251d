import type { Matrix } from "../../numerics/matrix.js";
import { smallEigen } from "../../numerics/smallEigen.js";

/**
 * The minimiser of `y^T H y / 2 - <b, y>` over ||y||_2 <= radius (Infinity: over all y), H symmetric positive semidefinite: y = (H + lambda I)^{-1} b with
 * lambda >= 0, and lambda = 0 or ||y|| = radius. Eigenvalues below 1e-14 of the largest count as zero; where b has nothing, y has nothing.
 * Cost: one small eigenproblem and a root search.
 *
 * Source: Conn, Gould & Toint, Trust-Region Methods (2000), section 7.3.
 *
 * @example ballQuadratic(fromRows([[1, 0], [0, 1]]), Float64Array.of(3, 4), 1) // [0.6, 0.8]
 */
export function ballQuadratic(h: Matrix, b: Float64Array, radius: number): Float64Array {
  const r = b.length;
  // The solution is free of the unit of H and b: the largest entry is 1, and nothing below is subnormal.
  let unit = 0;
  for (const x of h.data) unit = Math.max(unit, Math.abs(x));
  for (const x of b) unit = Math.max(unit, Math.abs(x));
  if (unit === 0) return new Float64Array(r);
  const { values, vectors } = smallEigen({ ...h, data: h.data.map((x) => x / unit) });
  const floor = 1e-14 * Math.max(values[0] ?? 0, 0);
  const curvature = values.map((value) => (value > floor ? value : 0));
  const inner = new Float64Array(r);
  for (let l = 0; l < r; l++)
    for (let i = 0; i < r; i++) inner[l] = inner[l]! + vectors.data[l * r + i]! * (b[i]! / unit);
  // What is lost beside the largest entry by two hundred digits is nothing.
  for (let l = 0; l < r; l++) if (Math.abs(inner[l]!) < 1e-200) inner[l] = 0;
  const at = (lambda: number): Float64Array =>
    inner.map((x, l) => (x === 0 ? 0 : x / (curvature[l]! + lambda)));
  let lambda = 0;
  if (!(Math.hypot(...at(0)) <= radius)) {
    lambda = multiplier(inner, curvature, radius);
  }
  const coordinates = at(lambda);
  const y = new Float64Array(r);
  for (let l = 0; l < r; l++)
    for (let i = 0; i < r; i++) y[i] = y[i]! + coordinates[l]! * vectors.data[l * r + i]!;
  return y;
}

/**
 * The lambda > 0 with ||(H + lambda)^{-1} b|| = radius: Newton's method on 1/||y|| - 1/radius, which is concave and nearly linear in lambda; it starts at a
 * lower bound, ||b|| / radius less the largest curvature or that of one coordinate alone, and climbs without overshooting.
 */
function multiplier(inner: Float64Array, curvature: Float64Array, radius: number): number {
  let lambda = Math.max(0, Math.hypot(...inner) / radius - Math.max(...curvature));
  for (let l = 0; l < inner.length; l++)
    lambda = Math.max(lambda, Math.abs(inner[l]!) / radius - curvature[l]!);
  for (let step = 0; step < 100; step++) {
    let square = 0;
    let slope = 0;
    for (let l = 0; l < inner.length; l++) {
      if (inner[l] === 0) continue;
      const y = inner[l]! / (curvature[l]! + lambda);
      square += y * y;
      slope += (y * y) / (curvature[l]! + lambda);
    }
    const length = Math.sqrt(square);
    const change = ((length - radius) / radius) * (square / slope);
    if (!(change > 4e-16 * lambda)) break;
    lambda += change;
  }
  return lambda;
}
