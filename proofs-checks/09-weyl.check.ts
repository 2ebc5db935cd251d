/**
 * LEMMA weyl: singular values move by at most the spectral norm of the perturbation.
 *
 *     |sigma_i(M + E) - sigma_i(M)| <= ||E||_2 for every i.
 *
 * Hypotheses: values in descending order on both sides; the spectral norm, not that of the entries.
 * Role: keeps sigma_r of the stacked matrix away from zero when noise is added.
 * Follows from: nothing.
 */
import fc from "fast-check";
import type { Matrix } from "../src/numerics/matrix.js";
import { smallSvd } from "../src/numerics/small.js";
import { diagonal, matrixOf, plus } from "./arbitraries/matrices.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Sum {
  readonly m: Matrix;
  readonly e: Matrix;
}

const sums: fc.Arbitrary<Sum> = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), cols: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, cols }) => fc.record({ m: matrixOf(rows, cols), e: matrixOf(rows, cols) }));

const spectral = (e: Matrix): number => smallSvd(e).values[0]!;
const largestEntry = (e: Matrix): number => e.data.reduce((a, x) => Math.max(a, Math.abs(x)), 0);

function weyl({ m, e }: Sum, size: (e: Matrix) => number): Inequality {
  const before = smallSvd(m).values;
  const after = smallSvd(plus(m, e)).values;
  const moved = before.reduce((worst, value, i) => Math.max(worst, Math.abs(after[i]! - value)), 0);
  return atMost(moved, size(e), 1e-12 * (1 + before[0]! + after[0]!));
}

lemma("weyl", [
  always(
    "no singular value ever moves farther than ||E||_2",
    (s: Sum) => s,
    sums,
    (s) => weyl(s, spectral),
  ),
  weakened(
    "false with the largest entry of E in place of its norm",
    (s: Sum) => s,
    sums,
    (s) => weyl(s, largestEntry),
  ),
  attains(
    "equality for E in the direction of M",
    (s: Sum) => weyl(s, spectral),
    [0.5, -0.5, -3].map((t) => ({ m: diagonal([2, 1]), e: diagonal([t, 0]) })),
    1 - 1e-12,
  ),
]);
