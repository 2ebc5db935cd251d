/**
 * LEMMA meanOfSamples: the law of muhat (section 6.1).
 *
 *     E muhat = mu,   Cov muhat = (sigma^2 / n) I,   and for Gaussian noise muhat = mu + tau z exactly, tau = sigma/sqrt(n), z ~ N(0, I_p):
 *
 * so <v, muhat - mu>/tau is N(0, 1) for every unit v, which determines the law (Cramer & Wold).
 *
 * Hypotheses: independent samples, isotropic noise; Gaussian for the exact law.
 * Role: the sufficient statistic: no argument, and no simulation, needs the n samples.
 * Follows from: nothing.
 */
import { drawReplication, type ReplicationDraw } from "../src/model/drawReplication.js";
import type { NoiseFamily, Sampling } from "../src/model/problem.js";
import { normalCdf } from "../src/numerics/special/normal.js";
import type { Rng } from "../src/random/keyedStream.js";
import { problemOf } from "./arbitraries/problems.js";
import { hasLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { hasMean, mustFail } from "./laws/statistical.js";

const N = 3;
const SD = 2;
const TAU = SD / Math.sqrt(N);

/** One number a task of many-task draws, taken one after the other. */
function perTask(
  family: NoiseFamily,
  sampling: Sampling,
  read: (draw: ReplicationDraw, t: number) => number,
): (rng: Rng) => number {
  const noise = { sd: SD, family, degreesOfFreedom: 5, condition: 10 };
  const problem = problemOf({ dimension: 4, tasks: 100, labeled: N, noise });
  let draw: ReplicationDraw | null = null;
  let t = 0;
  return (rng) => {
    if (draw === null || t === problem.tasks) {
      draw = drawReplication(problem, Math.floor(rng.uniform() * 2 ** 40), 0, sampling);
      t = 0;
    }
    return read(draw, t++);
  };
}

/** (muhat - mu)_j / tau of task t. */
const z = (draw: ReplicationDraw, t: number, j: number): number =>
  (draw.labeledMeans.data[4 * t + j]! - draw.taskMeans.data[4 * t + j]!) / TAU;
const along =
  (signs: number[]) =>
  (draw: ReplicationDraw, t: number): number =>
    signs.reduce((sum, s, j) => sum + s * z(draw, t, j), 0) / 2;

const size = { draws: 4000 };

lemma("meanOfSamples", [
  hasLaw(
    "Gaussian samples: <v, muhat - mu> / tau is N(0, 1) for v = (1, 1, 1, 1)/2",
    perTask("gaussian", "direct", along([1, 1, 1, 1])),
    normalCdf,
    size,
  ),
  hasLaw(
    "and for v = (1, -1, 1, -1)/2",
    perTask("gaussian", "direct", along([1, -1, 1, -1])),
    normalCdf,
    size,
  ),
  hasLaw(
    "the mean drawn without samples has the same law",
    perTask("gaussian", "auto", along([1, 1, 1, 1])),
    normalCdf,
    size,
  ),
  hasMean(
    "E muhat = mu for signs",
    perTask("rademacher", "direct", (d, t) => z(d, t, 0)),
    0,
    1,
    0.16,
    size,
  ),
  hasMean(
    "E muhat = mu for uniform noise",
    perTask("uniform", "direct", (d, t) => z(d, t, 1)),
    0,
    1,
    0.16,
    size,
  ),
  // With n = 3 signs z^2 is in [0, 3], and z_1 z_2 in [-3, 3].
  hasMean(
    "Var muhat_j = sigma^2 / n for signs",
    perTask("rademacher", "direct", (d, t) => z(d, t, 0) ** 2),
    1,
    9 / 4,
    0.25,
    size,
  ),
  hasMean(
    "Cov(muhat_1, muhat_2) = 0 for signs",
    perTask("rademacher", "direct", (d, t) => z(d, t, 0) * z(d, t, 1)),
    0,
    9,
    0.5,
    size,
  ),
  mustFail(
    "refuted for anisotropic noise: the law depends on the direction",
    hasLaw(
      "",
      perTask("anisotropic", "auto", (d, t) => z(d, t, 0)),
      normalCdf,
      size,
    ),
  ),
  mustFail(
    "refuted for a mean of three signs, which is not Gaussian",
    hasLaw(
      "",
      perTask("rademacher", "direct", (d, t) => z(d, t, 0)),
      normalCdf,
      size,
    ),
  ),
]);
