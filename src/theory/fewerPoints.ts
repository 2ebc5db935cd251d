import { zeros } from "../numerics/matrix.js";
import { smallEigen } from "../numerics/smallEigen.js";
import type { CapturedPoint } from "./capturedLength.js";

/** Nodes that stand for any number of points: exact for polynomials of degree 11 in the captured length. */
const NODES = 6;

/**
 * A law of captured shares with many points by one with few: the Gauss quadrature rule of the law in the captured length y = sqrt(share). Their averages agree for
 * polynomials of degree 11, and so do, to about 1e-4, those of risks, which are smooth in y (quadratic for small y, linear for large y). Nodes lie within the
 * range of the points and weights are positive, so averages of nonnegative functions stay nonnegative. Outcomes in which nothing is captured keep a point of
 * their own, and up to 6 points are left as they are. Cost: 12 per point and one small eigenproblem.
 *
 * Source: Gautschi, Orthogonal Polynomials (2004), sections 2.2 (Stieltjes' procedure) and 3.1 (Golub and Welsch).
 */
export function fewerPoints(points: readonly CapturedPoint[]): readonly CapturedPoint[] {
  if (points.length <= NODES) return points;
  const nothing = points.filter(({ share }) => !(share > 1e-24));
  const some = points.filter(({ share }) => share > 1e-24);
  const fewer = nothing.length === 0 ? [] : [{ weight: weightOf(nothing), share: 0 }];
  return some.length === 0 ? fewer : [...fewer, ...gaussRule(some)];
}

/** Stieltjes' procedure for the recurrence of the law's orthonormal polynomials, then the eigenvectors of its Jacobi matrix. */
function gaussRule(points: readonly CapturedPoint[]): CapturedPoint[] {
  const total = weightOf(points);
  const y = points.map(({ share }) => Math.sqrt(share));
  let before = points.map(() => 0);
  let here = points.map(({ weight }) => Math.sqrt(weight / total));
  const jacobi = zeros(NODES, NODES);
  let size = 0;
  let beside = 0;
  for (let k = 0; k < NODES; k++) {
    const centre = here.reduce((sum, value, i) => sum + value * value * y[i]!, 0);
    jacobi.data[k * NODES + k] = centre;
    size = k + 1;
    const next = here.map((value, i) => (y[i]! - centre) * value - beside * before[i]!);
    beside = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    // No more distinct points than polynomials: the rule is the law itself.
    if (!(beside > 1e-9)) break;
    jacobi.data[(k + 1) * NODES + k] = beside;
    before = here;
    here = next.map((value) => value / beside);
  }
  const lower = zeros(size, size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) lower.data[a * size + b] = jacobi.data[a * NODES + b]!;
  const { values, vectors } = smallEigen(lower);
  return Array.from(values, (node, i) => ({
    weight: total * vectors.data[i * size]! ** 2,
    share: Math.min(1, Math.max(0, node)) ** 2,
  }));
}

function weightOf(points: readonly CapturedPoint[]): number {
  return points.reduce((sum, point) => sum + point.weight, 0);
}
