/**
 * LEMMA topSubspace: the top singular subspace captures most (Ky Fan; Eckart-Young).
 *
 *     ||M W||_F^2 <= sigma_1^2 + ... + sigma_r^2 for every W with r orthonormal columns, with equality at the r leading right singular vectors.
 *
 * Hypotheses: W has orthonormal columns.
 * Role: W1 of the paper's algorithm is the maximiser; the optimality is what the proof of C1 starts from.
 * Follows from: nothing.
 */
import fc from "fast-check";
import type { Matrix } from "../src/numerics/matrix.js";
import { multiply } from "../src/numerics/products.js";
import { orthonormalityError, smallSvd } from "../src/numerics/small.js";
import { type TopSubspace, topRightSubspace } from "../src/numerics/topSubspace.js";
import { frame } from "./arbitraries/frames.js";
import { matrixOf } from "./arbitraries/matrices.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly m: Matrix;
  readonly w: Matrix;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.integer({ min: 1, max: 6 }),
    cols: fc.integer({ min: 1, max: 6 }),
    r: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ rows, cols, r }) =>
    fc.record({ m: matrixOf(rows, cols), w: frame(cols, Math.min(r, rows, cols)) }),
  );

const captured = (m: Matrix, w: Matrix): number => multiply(m, w).data.reduce((sum, x) => sum + x * x, 0);
const top = ({ m, w }: Case): TopSubspace => topRightSubspace(m, w.cols);
const total = (t: TopSubspace): number => t.values.reduce((sum, x) => sum + x * x, 0);

lemma("topSubspace", [
  always("no frame ever captures more than the top singular values", top, cases, (t, { m, w }) =>
    atMost(captured(m, w), total(t), 1e-11 * (1 + captured(m, w))),
  ),
  always(
    "the basis is orthonormal, reaches them, and they are those of the full decomposition",
    top,
    cases,
    (t, { m, w }) => {
      const values = smallSvd(m).values.slice(0, w.cols);
      const sum = values.reduce((a, x) => a + x * x, 0);
      return every(
        t.converged,
        t.basis.cols === t.rank,
        t.rank === 0 || orthonormalityError(t.basis) < 1e-12,
        equals(captured(m, t.basis), sum, 1e-10 * (1 + sum)),
        equals(total(t), sum, 1e-10 * (1 + sum)),
      );
    },
  ),
  always(
    "both solvers always capture the same",
    ({ m, w }: Case) => topRightSubspace(m, w.cols, { solver: "krylov" }),
    cases,
    (t, c) => equals(captured(c.m, t.basis), total(top(c)), 1e-9 * (1 + total(top(c)))),
  ),
  weakened(
    "false without orthonormal columns",
    top,
    cases.map(({ m, w }) => ({ m, w: { ...w, data: w.data.map((x) => 1.5 * x) } })),
    (t, { m, w }) => atMost(captured(m, w), total(t), 1e-9),
  ),
]);
