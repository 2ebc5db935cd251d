/**
 * LEMMA subspaceMetric: ||sin Theta||_F is a metric on subspaces of one dimension.
 *
 *     d(B, W) = ||sin Theta(B, W)||_F:  0 on equal ranges, symmetric, d(A, C) <= d(A, B) + d(B, C), the same for any bases of the ranges,
 *     d^2 = ||B B^T - W W^T||_F^2 / 2 = r - ||B^T W||_F^2 = sum sin^2 theta_i in [0, min(r, p - r)].
 *
 * Hypotheses: orthonormal columns, equal numbers of them. (d^2 itself obeys no triangle inequality.)
 * Role: the error of the representation that C1-C5 bound.
 * Follows from: nothing.
 */
import fc from "fast-check";
import type { Matrix } from "../src/numerics/matrix.js";
import { principalAngles, sinThetaSquared } from "../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeRight } from "../src/numerics/products.js";
import { frames, framesAtAngles, orthogonal } from "./arbitraries/frames.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, equalVectors, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const three = frames(5, 3);
const d = (b: Matrix, w: Matrix): number => Math.sqrt(sinThetaSquared(b, w));

function triangle([a, b, c]: readonly Matrix[], distance: (b: Matrix, w: Matrix) => number): Inequality {
  return atMost(distance(a!, c!), distance(a!, b!) + distance(b!, c!), 1e-12);
}

/** ||B B^T - W W^T||_F^2 / 2 */
function projectors(b: Matrix, w: Matrix): number {
  const p = multiplyTransposeRight(b, b).data;
  const q = multiplyTransposeRight(w, w).data;
  return p.reduce((sum, x, i) => sum + (x - q[i]!) ** 2, 0) / 2;
}

const withBasis = three.chain((f) => orthogonal(f[0]!.cols).map((Q) => ({ b: f[0]!, w: f[1]!, Q })));

function lineAt(angle: number): Matrix {
  return { rows: 2, cols: 1, data: Float64Array.of(Math.cos(angle), Math.sin(angle)) };
}

lemma("subspaceMetric", [
  always(
    "zero to itself, never negative, symmetric, at most min(r, p - r)",
    (f: readonly Matrix[]) => f,
    three,
    ([a, b]) => {
      const { rows: p, cols: r } = a!;
      return every(
        atMost(d(a!, a!), 0, 1e-13),
        equals(d(a!, b!), d(b!, a!), 1e-12),
        atMost(0, sinThetaSquared(a!, b!)),
        atMost(sinThetaSquared(a!, b!), Math.min(r, p - r), 1e-12),
      );
    },
  ),
  always(
    "the triangle inequality never fails",
    (f: readonly Matrix[]) => f,
    three,
    (f) => triangle(f, d),
  ),
  always(
    "it always equals the distance of the projectors",
    (f: readonly Matrix[]) => f,
    three,
    ([a, b]) => equals(sinThetaSquared(a!, b!), projectors(a!, b!), 1e-12),
  ),
  always(
    "bases never matter",
    ({ b, w, Q }: { b: Matrix; w: Matrix; Q: Matrix }) => sinThetaSquared(multiply(b, Q), w),
    withBasis,
    (turned, { b, w }) => equals(turned, sinThetaSquared(b, w), 1e-12),
  ),
  always(
    "angles that were put in always come out, the tiniest ones too",
    ({ b, w }) => principalAngles(b, w),
    framesAtAngles,
    (angles, built) =>
      every(
        equalVectors(
          angles,
          [...built.angles].sort((x, y) => x - y),
          1e-14,
        ),
        equals(
          sinThetaSquared(built.b, built.w),
          built.angles.reduce((sum, a) => sum + Math.sin(a) ** 2, 0),
          1e-14,
        ),
      ),
  ),
  weakened(
    "false for the square: sin^2 obeys no triangle inequality",
    (f: readonly Matrix[]) => f,
    three,
    (f) => triangle(f, sinThetaSquared),
  ),
  weakened(
    "false for columns that are not orthonormal",
    (f: readonly Matrix[]) => f,
    fc
      .tuple(three, fc.constantFrom(0.5, 2))
      .map(([f, k]) => [{ ...f[0]!, data: f[0]!.data.map((x) => k * x) }, f[1]!]),
    ([a, b]) => equals(sinThetaSquared(a!, b!), projectors(a!, b!), 1e-9),
  ),
  attains(
    "three lines close together: triangle with near equality",
    (f: readonly Matrix[]) => triangle(f, d),
    [[0, 0.01, 0.02].map(lineAt)],
    0.999,
  ),
]);
