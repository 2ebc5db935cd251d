/**
 * LEMMA powerMethod: joint training by the generalised power method never descends.
 *
 *     f(W) = sum_t ||W^T muhat_t||_2,   W+ = polar factor of sum_t muhat_t (W^T muhat_t)^T / ||W^T muhat_t||:   f(W+) >= f(W),
 *
 * because f is convex and W+ maximises its linearisation over the Stiefel manifold (Journee, Nesterov, Richtarik & Sepulchre, JMLR 11 (2010)). Reweighted
 * PCA, column weights 1/sqrt||W^T muhat_t||, has the same fixed points and does descend: it is no ascent method.
 *
 * Hypotheses: f convex; W orthonormal; the weights 1/||W^T muhat_t||. (f sees only the range of W, so any orthonormal basis of the polar factor's range does.)
 * Role: certifies the solver that joint training is cross-checked with.
 * Follows from: topSubspace.
 */
import fc from "fast-check";
import { type Matrix, zeros } from "../src/numerics/matrix.js";
import { multiplyTransposeLeft, multiplyTransposeRight, norm2 } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { topLeftSubspace } from "../src/numerics/topSubspace.js";
import { frame } from "./arbitraries/frames.js";
import { matrixOf } from "./arbitraries/matrices.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  /** p x T: one task a column. */
  readonly means: Matrix;
  readonly w: Matrix;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    r: fc.integer({ min: 1, max: 3 }),
    extra: fc.integer({ min: 0, max: 3 }),
    tasks: fc.integer({ min: 0, max: 4 }),
  })
  .chain(({ r, extra, tasks }) =>
    fc.record({ means: matrixOf(r + extra, r + tasks), w: frame(r + extra, r) }),
  );

/** ||W^T muhat_t|| for every task. */
function lengths({ means, w }: Case): number[] {
  const heads = multiplyTransposeLeft(w, means);
  return Array.from({ length: means.cols }, (_, t) =>
    Math.hypot(...Array.from({ length: w.cols }, (_, i) => heads.data[i * means.cols + t]!)),
  );
}

const objective = (c: Case): number => lengths(c).reduce((sum, x) => sum + x, 0);

function weighted(means: Matrix, weights: readonly number[]): Matrix {
  return { ...means, data: means.data.map((x, at) => x * weights[at % means.cols]!) };
}

function powerStep(c: Case): Case {
  const weights = lengths(c).map((x) => (x > 0 ? 1 / x : 0));
  // The subgradient, p x r.
  const gradient = multiplyTransposeRight(weighted(c.means, weights), multiplyTransposeLeft(c.w, c.means));
  const { u, values, v } = smallSvd(gradient);
  // Below full rank the polar factor is not unique: the step is then left out.
  if (!(values[values.length - 1]! > 1e-9 * values[0]!)) return c;
  return { means: c.means, w: multiplyTransposeRight(u, v) };
}

function reweightedPca(c: Case): Case {
  const weights = lengths(c).map((x) => (x > 0 ? 1 / Math.sqrt(x) : 0));
  const { basis } = topLeftSubspace(weighted(c.means, weights), c.w.cols);
  return basis.cols < c.w.cols ? c : { means: c.means, w: basis };
}

const ascends = (after: Case, before: Case): ReturnType<typeof atMost> =>
  atMost(objective(before), objective(after), 1e-10 * (1 + norm2(before.means.data)));

lemma("powerMethod", [
  always("a step of the power method never descends", powerStep, cases, ascends),
  always(
    "nor do ten of them",
    (c: Case) =>
      Array.from({ length: 10 }).reduce<Case[]>((path) => [...path, powerStep(path[path.length - 1]!)], [c]),
    cases,
    (path) => every(...path.slice(1).map((after, i) => ascends(after, path[i]!))),
    { weight: 0.2 },
  ),
  always(
    "the objective is always convex along segments",
    (c: Case) => c,
    cases,
    (c) => {
      const other = zeros(c.w.rows, c.w.cols);
      const middle = { ...c.w, data: c.w.data.map((x) => x / 2) };
      return atMost(
        objective({ ...c, w: middle }),
        (objective(c) + objective({ ...c, w: other })) / 2,
        1e-10 * (1 + norm2(c.means.data)),
      );
    },
  ),
  weakened("a step of reweighted PCA does descend", reweightedPca, cases, ascends),
  weakened(
    "a power step with the weights left out does descend",
    (c: Case) => {
      const gradient = multiplyTransposeRight(c.means, multiplyTransposeLeft(c.w, c.means));
      const { u, values, v } = smallSvd(gradient);
      return values[values.length - 1]! > 1e-9 * values[0]!
        ? { means: c.means, w: multiplyTransposeRight(u, v) }
        : c;
    },
    cases,
    ascends,
  ),
]);
