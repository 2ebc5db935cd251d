/**
 * LEMMA claimC6: the target's risk, assembled.
 *
 * In every replication, and with probability 1 - delta over the m target samples with the second line,
 *
 *     excess risk <= ||mu|| sin^2 theta_max + 2 ||W1^T zeta||^2 / ||g||,   g = W1^T mu,
 *     ||W1^T zeta|| <= (sigma/sqrt(m)) (sqrt(r) + sqrt(2 log(1/delta))).
 *
 * So both of C6's terms enter squared: sin^2 instead of sin, and (r + log(1/delta))/m instead of its square root, once ||g|| stays away from 0.
 *
 * Hypotheses: the target's samples are independent of W1; its mean is in range(B).
 * Role: claim C6, sharpened.
 * Follows from: excessRisk, chiSquare, claimC1.
 */

import { matrix } from "../src/numerics/matrix.js";
import { principalAngles } from "../src/numerics/principalAngles.js";
import { multiply, norm2 } from "../src/numerics/products.js";
import { chiSquareTail } from "../src/numerics/special/gammaTail.js";
import type { Rng } from "../src/random/keyedStream.js";
import { trainRepresentation } from "../src/training/trainRepresentation.js";
import { targetHead } from "../src/transfer/targetHead.js";
import { excessRisk } from "../src/transfer/targetRisk.js";
import { type Drawn, drawn, drawOf } from "./arbitraries/draws.js";
import { methodOf, problemOf } from "./arbitraries/problems.js";
import { always } from "./laws/always.js";
import { hasLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { mustFail, rarelyHappens } from "./laws/statistical.js";
import { atMost, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Terms {
  readonly excess: number;
  readonly norm: number;
  readonly sine: number;
  readonly z: number;
  readonly g: number;
}

function termsOf({ problem, draw }: Drawn): Terms {
  const { basis } = trainRepresentation(problem, draw.labeledMeans, draw.norms, methodOf());
  const { mean, labeledMean } = draw.target;
  const inside = (x: Float64Array): number => norm2(multiply(matrix(1, x.length, x), basis).data);
  return {
    excess: excessRisk(targetHead(basis, labeledMean), mean),
    norm: norm2(mean),
    sine: Math.sin(principalAngles(draw.subspace, basis)[problem.rank - 1]!),
    z: inside(labeledMean.map((x, j) => x - mean[j]!)),
    g: inside(mean),
  };
}

const chain = (t: Terms, representation: number, estimation: number): Inequality =>
  atMost(t.excess, representation * t.norm * t.sine ** 2 + (estimation * 2 * t.z ** 2) / t.g, 1e-9);

const problem = problemOf({
  dimension: 6,
  rank: 2,
  tasks: 8,
  labeled: 50,
  target: { samples: 10, norm: 1, attack: null },
});
const fresh = (rng: Rng): Terms => termsOf(drawOf({ problem, seed: Math.floor(rng.uniform() * 2 ** 40) }));
const DELTA = 0.2;
const level = (Math.sqrt(2) + Math.sqrt(2 * Math.log(1 / DELTA))) / Math.sqrt(10);

lemma("claimC6", [
  always(
    "no replication ever exceeds the assembled bound",
    (c) => termsOf(drawOf(c)),
    drawn,
    (t) => chain(t, 1, 1),
  ),
  hasLaw(
    "W1^T zeta is N(0, sigma^2/m I_r), whatever was learnt: m ||.||^2 is chi-square with r degrees of freedom",
    (rng) => 10 * fresh(rng).z ** 2,
    (x) => 1 - chiSquareTail(2, x),
    { draws: 600 },
  ),
  rarelyHappens(
    "with the noise at its concentrated level the bound is rarely exceeded",
    (rng) => {
      const t = fresh(rng);
      return t.excess > t.norm * t.sine ** 2 + (2 * level ** 2) / t.g;
    },
    DELTA,
    0.4,
    { draws: 500 },
  ),
  weakened(
    "false without the estimation part",
    (c) => termsOf(drawOf(c)),
    drawn,
    (t) => chain(t, 1, 0),
  ),
  weakened(
    "false without the representation part",
    (c) => termsOf(drawOf(c)),
    drawn,
    (t) => chain(t, 0, 1),
  ),
  mustFail(
    "refuted for the level of one dimension less",
    rarelyHappens(
      "",
      (rng) => fresh(rng).z > (Math.sqrt(2 * Math.log(1 / DELTA)) / Math.sqrt(10)) * 0.7,
      DELTA,
      0.4,
      { draws: 500 },
    ),
  ),
]);
