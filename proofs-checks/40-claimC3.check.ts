/**
 * LEMMA claimC3: the l_inf attack with sparse B, assembled.
 *
 * On the event that no noise coordinate exceeds eps off the support, W1 vanishes off the support, and before normalising every column is B a_t + e_t with
 * e_t on the support and |e_tj| <= 2 eps where the noise there is within eps too. So with kappa the ratio of the columns' lengths
 *
 *     ||sin Theta||_F <= 2 sqrt(r) kappa ||E||_2 / sigma_r(A) <= 4 sqrt(r) kappa eps sqrt(s T) / sigma_r(A),   free of p but for log p in eps.
 *
 * This is the crude form r sqrt(s log(pT)/n); C3's s^2/T form averages the noise part over tasks, and needs the bias to be small.
 *
 * Hypotheses: the event; s < p.
 * Role: claim C3's replacement of p by s, with constants.
 * Follows from: supportRecovery, stackedMatrix, diversity, wedin.
 */
import fc from "fast-check";
import { drawReplication, type ReplicationDraw } from "../src/model/drawReplication.js";
import type { Problem } from "../src/model/problem.js";
import { fromRows, rowView, transpose } from "../src/numerics/matrix.js";
import { sinThetaSquared } from "../src/numerics/principalAngles.js";
import { norm2, scaled } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { closedForm } from "../src/training/closedForm.js";
import { type Representation, trainRepresentation } from "../src/training/trainRepresentation.js";
import { methodOf, problemOf } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, every, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly problem: Problem;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rank: fc.integer({ min: 1, max: 2 }),
    more: fc.integer({ min: 1, max: 3 }),
    off: fc.integer({ min: 0, max: 12 }),
    tasks: fc.integer({ min: 2, max: 12 }),
    labeled: fc.constantFrom(4, 100, 10_000),
    seed: fc.nat(),
  })
  .map(({ rank, more, off, tasks, labeled, seed }) => ({
    problem: problemOf({ rank, support: rank + more, dimension: rank + more + off, tasks, labeled }),
    seed,
  }));

interface Outcome {
  readonly problem: Problem;
  readonly draw: ReplicationDraw;
  readonly eps: number;
  readonly trained: Representation;
  readonly offSupport: number;
}

/** eps is `factor` times the largest noise of the draw: for factor 1 the event holds by construction. */
function outcome({ problem, seed }: Case, factor: number): Outcome {
  const draw = drawReplication(problem, seed, 0, "auto");
  const noise = draw.labeledMeans.data.map((x, i) => x - draw.taskMeans.data[i]!);
  const eps = factor * noise.reduce((a, x) => Math.max(a, Math.abs(x)), 0) * (1 + 1e-9);
  const trained = trainRepresentation(
    problem,
    draw.labeledMeans,
    draw.norms,
    methodOf({ attack: { norm: Infinity, radius: eps } }),
  );
  let offSupport = 0;
  for (let j = 0; j < problem.dimension; j++) {
    if (rowView(draw.subspace, j).every((x) => x === 0))
      offSupport = Math.max(offSupport, norm2(rowView(trained.basis, j)));
  }
  return { problem, draw, eps, trained, offSupport };
}

function chain({ problem, draw, eps, trained }: Outcome, sign: number): Verdict {
  const columns = Array.from({ length: problem.tasks }, (_, t) =>
    closedForm(rowView(draw.labeledMeans, t), { norm: Infinity, radius: eps }),
  );
  const kept = columns.map((c, t) => ({ ...c, t })).filter((c) => c.value > 0);
  if (kept.length < problem.rank) return true;
  const errors = kept.map((c) =>
    scaled(c.direction, c.value).map((x, j) => x - rowView(draw.taskMeans, c.t)[j]!),
  );
  const e = smallSvd(fromRows(errors)).values[0]!;
  const a = transpose(fromRows(kept.map((c) => rowView(draw.taskVectors, c.t))));
  const sigma = smallSvd(a).values[problem.rank - 1]!;
  const kappa = Math.max(...kept.map((c) => c.value)) / Math.min(...kept.map((c) => c.value));
  const sine = Math.sqrt(sinThetaSquared(draw.subspace, trained.basis));
  const slack = 1e-9 * kappa;
  return every(
    ...errors.map((x) =>
      atMost(
        x.reduce((m, y) => Math.max(m, Math.abs(y)), 0),
        2 * eps,
        1e-12,
      ),
    ),
    atMost(sine * sigma, sign * 2 * Math.sqrt(problem.rank) * kappa * e, slack),
    atMost(e, 2 * eps * Math.sqrt(problem.support! * kept.length), slack),
  );
}

lemma("claimC3", [
  always(
    "off the support W1 is always zero, to rounding",
    (c: Case) => outcome(c, 1),
    cases,
    (o) => atMost(o.offSupport, 0, 1e-12),
  ),
  always(
    "no replication ever exceeds the assembled bound",
    (c: Case) => outcome(c, 1),
    cases,
    (o) => chain(o, 1),
  ),
  weakened(
    "false at half the level: noise survives off the support",
    (c: Case) => outcome(c, 0.5),
    cases,
    (o) => atMost(o.offSupport, 0, 1e-12),
  ),
  weakened(
    "false with a twentieth of the constant",
    (c: Case) => outcome(c, 1),
    cases,
    (o) => chain(o, 0.05),
  ),
]);
