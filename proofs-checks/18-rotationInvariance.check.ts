/**
 * LEMMA rotationInvariance: every q = 2 pipeline is the same in any coordinates.
 *
 *     rotating B and all means by one orthogonal Q turns W1 into Q W1 and leaves ||sin Theta|| and the excess risk as they are.
 *
 * Hypotheses: the attack, if any, is an l_2 attack; the singular values r and r+1 of the stacked matrix differ.
 * Role: lets every proof and the reduced simulation put B = [I_r; 0].
 * Follows from: equivariance, topSubspace, subspaceMetric.
 */
import fc from "fast-check";
import { drawReplication } from "../src/model/drawReplication.js";
import type { Problem } from "../src/model/problem.js";
import { fromRows, type Matrix, matrix, rowView } from "../src/numerics/matrix.js";
import { sinThetaSquared } from "../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeRight, scaled } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { closedForm } from "../src/training/closedForm.js";
import type { Method } from "../src/training/method.js";
import { resolveAttack } from "../src/training/resolveRadius.js";
import { trainRepresentation } from "../src/training/trainRepresentation.js";
import { targetHead } from "../src/transfer/targetHead.js";
import { excessRisk } from "../src/transfer/targetRisk.js";
import { orthogonal } from "./arbitraries/frames.js";
import { methodOf, smallProblem } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { equals, every, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly problem: Problem;
  readonly seed: number;
  readonly Q: Matrix;
  readonly method: Method;
}

const cases: fc.Arbitrary<Case> = smallProblem.chain((problem) =>
  fc.record({
    problem: fc.constant(problem),
    seed: fc.nat(),
    Q: orthogonal(problem.dimension),
    method: fc.constantFrom(
      methodOf(),
      methodOf({ aggregation: "raw" }),
      methodOf({ attack: { norm: 2, radius: { filterBelow: 1 } } }),
    ),
  }),
);

interface Outcome {
  readonly sin2: number;
  readonly excess: number;
  /** sigma_r - sigma_{r+1} of the stacked matrix, relative: what decides how well the subspace is determined. */
  readonly gap: number;
}

function outcome({ problem, seed, Q, method }: Case, rotate: boolean): Outcome {
  const draw = drawReplication(problem, seed, 0, "auto");
  const turn = (rows: Matrix): Matrix => (rotate ? multiplyTransposeRight(rows, Q) : rows);
  const b = rotate ? multiply(Q, draw.subspace) : draw.subspace;
  const { basis } = trainRepresentation(problem, turn(draw.labeledMeans), draw.norms, method);
  const row = (x: Float64Array): Matrix => matrix(1, x.length, x);
  const v = targetHead(basis, turn(row(draw.target.labeledMean)).data);
  const attack = resolveAttack(problem, method);
  const trained = Array.from({ length: problem.tasks }, (_, t) =>
    closedForm(rowView(draw.labeledMeans, t), attack),
  );
  const columns = trained.map((c) => scaled(c.direction, method.aggregation === "raw" ? c.value : 1));
  const values = smallSvd(fromRows(columns)).values;
  const r = problem.rank;
  return {
    sin2: sinThetaSquared(b, basis),
    excess: excessRisk(v, turn(row(draw.target.mean)).data),
    gap: values[0] === 0 ? 1 : ((values[r - 1] ?? 0) - (values[r] ?? 0)) / values[0]!,
  };
}

function same({ before, after }: { before: Outcome; after: Outcome }): Verdict {
  if (before.gap < 1e-4) return true;
  return every(equals(after.sin2, before.sin2, 1e-7), equals(after.excess, before.excess, 1e-7));
}

const pair = (c: Case): { before: Outcome; after: Outcome } => ({
  before: outcome(c, false),
  after: outcome(c, true),
});

lemma("rotationInvariance", [
  always("rotations never change the metrics of a q = 2 pipeline", pair, cases, same),
  weakened(
    "false under an l_inf attack",
    pair,
    cases.map(
      (c): Case => ({
        ...c,
        method: methodOf({ attack: { norm: Infinity, radius: { logThreshold: 0.5 } } }),
      }),
    ),
    same,
  ),
]);
