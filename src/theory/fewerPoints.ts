import type { CapturedPoint } from "./capturedLength.js";

/** Nodes that stand for any number of points: exact for polynomials of degree 7 in the captured length. */
const NODES = 8;

/**
 * A law of captured shares with many points by one with few: their averages agree for polynomials of degree 7 in the captured length y = sqrt(share), and
 * so do, to about 1e-4, those of risks, which are smooth in it (quadratic for small y, linear for large y). The nodes are Chebyshev's on the range of the
 * lengths and a weight is what its Lagrange polynomial averages to (it may be negative). Outcomes in which nothing is captured keep a point of their own,
 * and up to 8 points are left as they are. Cost: 64 per point.
 */
export function fewerPoints(points: readonly CapturedPoint[]): readonly CapturedPoint[] {
  if (points.length <= NODES) return points;
  const nothing = points.filter(({ share }) => !(share > 1e-24));
  const some = points.filter(({ share }) => share > 1e-24);
  let low = 1;
  let high = 0;
  for (const { share } of some) {
    low = Math.min(low, Math.sqrt(share));
    high = Math.max(high, Math.sqrt(share));
  }
  const fewer = nothing.length === 0 ? [] : [{ weight: weightOf(nothing), share: 0 }];
  if (some.length === 0) return fewer;
  if (!(high - low > 1e-9)) return [...fewer, { weight: weightOf(some), share: low * high }];
  const nodes = Array.from({ length: NODES }, (_, j) => Math.cos(((j + 0.5) * Math.PI) / NODES));
  nodes.forEach((node, j) => {
    let sum = 0;
    for (const { weight, share } of some) {
      const x = (2 * Math.sqrt(share) - low - high) / (high - low);
      let lagrange = weight;
      for (let k = 0; k < NODES; k++) if (k !== j) lagrange *= (x - nodes[k]!) / (node - nodes[k]!);
      sum += lagrange;
    }
    fewer.push({ share: ((low + high) / 2 + ((high - low) / 2) * node) ** 2, weight: sum });
  });
  return fewer;
}

function weightOf(points: readonly CapturedPoint[]): number {
  return points.reduce((sum, point) => sum + point.weight, 0);
}
