/**
 * LEMMA claimC2: the l_2 attack with mixed signals, assembled.
 *
 * Strong tasks of norm alpha, the others of norm 1, weak + rho <= eps < alpha - rho with rho >= max_t ||muhat_t - mu_t||. Then W1 is standard
 * training's on the strong tasks alone, and with Z, A theirs
 *
 *     ||sin Theta||_F <= 2 sqrt(r) kappa ||Z||_2 / sigma_r(A),   sigma_r(A) = alpha sigma_r(directions),   kappa <= (alpha + rho)/(alpha - rho):
 *
 * C1's bound times 1/alpha.
 *
 * Hypotheses: the gap; at least r strong tasks that span.
 * Role: claim C2 with constants.
 * Follows from: filterEvent, claimC1.
 */
import fc from "fast-check";
import { drawReplication } from "../src/model/drawReplication.js";
import { fromRows, rowView, transpose } from "../src/numerics/matrix.js";
import { sinThetaSquared } from "../src/numerics/principalAngles.js";
import { norm2 } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { trainRepresentation } from "../src/training/trainRepresentation.js";
import { methodOf, problemOf } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equalVectors, every, type Verdict } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly rank: number;
  readonly extra: number;
  readonly strong: number;
  readonly weak: number;
  /** alpha relative to the smallest that the gap allows. */
  readonly room: number;
  readonly labeled: number;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  rank: fc.integer({ min: 1, max: 3 }),
  extra: fc.integer({ min: 0, max: 8 }),
  strong: fc.integer({ min: 1, max: 8 }),
  weak: fc.integer({ min: 0, max: 8 }),
  room: fc.constantFrom(1.001, 2, 8),
  labeled: fc.constantFrom(1, 10, 1000),
  seed: fc.nat(),
});

interface Outcome {
  readonly verdict: (alphaPower: number) => Verdict;
  readonly onlyStrong: Verdict;
}

function outcome({ rank, extra, strong, weak, room, labeled, seed }: Case, gapFactor: number): Outcome {
  const tasks = strong + rank - 1 + weak;
  const count = tasks - weak;
  const base = problemOf({ rank, dimension: rank + extra, tasks, labeled, signal: [{ share: 1, norm: 1 }] });
  // The noise of a draw does not depend on the norms' values given the problem, so rho is read off a draw, and the means are made from it.
  const draw = drawReplication(base, seed, 0, "auto");
  const noise = Array.from({ length: tasks }, (_, t) =>
    rowView(draw.labeledMeans, t).map((x, j) => x - rowView(draw.taskMeans, t)[j]!),
  );
  const rho = Math.max(...noise.map(norm2));
  const alpha = room * (1 + gapFactor * rho);
  const means = fromRows(
    noise.map((z, t) => z.map((x, j) => x + (t < count ? alpha : 1) * rowView(draw.taskMeans, t)[j]!)),
  );
  const eps = (1 + rho) * (1 + 1e-9);
  const attacked = trainRepresentation(
    base,
    means,
    draw.norms,
    methodOf({ attack: { norm: 2, radius: eps } }),
  );
  const alone = trainRepresentation(
    base,
    fromRows(noise.slice(0, count).map((_, t) => rowView(means, t))),
    draw.norms,
    methodOf(),
  );
  const lengths = Array.from({ length: count }, (_, t) => norm2(rowView(means, t)));
  const z = smallSvd(fromRows(noise.slice(0, count))).values[0]!;
  const directions = smallSvd(
    transpose(fromRows(Array.from({ length: count }, (_, t) => rowView(draw.taskVectors, t)))),
  ).values[rank - 1]!;
  const sine = Math.sqrt(sinThetaSquared(draw.subspace, attacked.basis));
  const kappa = Math.max(...lengths) / Math.min(...lengths);
  return {
    onlyStrong: every(
      attacked.survivingTasks === count,
      attacked.basis.cols === alone.basis.cols,
      attacked.basis.cols !== alone.basis.cols || equalVectors(attacked.basis.data, alone.basis.data, 0),
      atMost(kappa, (alpha + rho) / (alpha - rho), 1e-9),
    ),
    verdict: (power) =>
      atMost(sine * directions * alpha ** power, 2 * Math.sqrt(rank) * kappa * z, 1e-9 * alpha * kappa),
  };
}

lemma("claimC2", [
  always(
    "exactly the strong tasks are ever trained on, bit for bit as they would be alone",
    (c: Case) => outcome(c, 2.01),
    cases,
    (o) => o.onlyStrong,
  ),
  always(
    "no replication ever exceeds C1's bound divided by alpha",
    (c: Case) => outcome(c, 2.01),
    cases,
    (o) => o.verdict(1),
  ),
  weakened(
    "false without the gap: weak tasks survive or strong ones drop out",
    (c: Case) => outcome(c, 0.3),
    cases,
    (o) => o.onlyStrong,
  ),
  weakened(
    "false with 1/alpha^2",
    (c: Case) => outcome(c, 2.01),
    cases.map((c) => ({ ...c, room: 8, labeled: 1 })),
    (o) => o.verdict(2),
  ),
]);
