/**
 * LEMMA implicitSamples: training without the samples is training with them, in law (sections 6.1 and 6.2).
 *
 * Given betahat, <betahat, x_i> = y_i k + sigma g_i, and
 *     sum yhat_i x_i = betahat sum |<betahat, x_i>| + (2C - u)(mu - k betahat) + sigma sqrt(u) xi,   xi ~ N(0, I - betahat betahat^T),
 * C the number of correct labels: the resulting metrics have the law that n + u raw samples a task give them.
 *
 * Hypotheses: Gaussian noise.
 * Role: the cost of a replication is free of n and nearly free of u; every simulation rests on it.
 * Follows from: meanOfSamples, pseudoLabelMean.
 */
import { drawReplication } from "../src/model/drawReplication.js";
import { implicitUnlabeled } from "../src/model/implicitUnlabeled.js";
import { noiseLaw } from "../src/model/noiseLaw.js";
import type { Problem, Sampling } from "../src/model/problem.js";
import { rawUnlabeled, type UnlabeledSample } from "../src/model/unlabeledSample.js";
import { dot, norm2 } from "../src/numerics/products.js";
import { keyedStream, type Rng } from "../src/random/keyedStream.js";
import type { Method } from "../src/training/method.js";
import { resolveAttack } from "../src/training/resolveRadius.js";
import { sourceMeans } from "../src/training/sourceMeans.js";
import { trainRepresentation } from "../src/training/trainRepresentation.js";
import { evaluateRepresentation } from "../src/transfer/evaluate.js";
import { labelsOf, methodOf, problemOf } from "./arbitraries/problems.js";
import { sameLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { mustFail } from "./laws/statistical.js";

const problem = problemOf({
  dimension: 5,
  tasks: 3,
  labeled: 3,
  unlabeled: 6,
  target: { samples: 4, norm: 1, attack: null },
});

const metric =
  (name: "sinTheta2" | "excessRisk", method: Method, sampling: Sampling, on: Problem = problem) =>
  (rng: Rng): number => {
    const draw = drawReplication(on, Math.floor(rng.uniform() * 2 ** 40), 0, sampling);
    const means = sourceMeans(on, draw, method.pseudoLabels);
    const representation = trainRepresentation(on, means, draw.norms, method);
    return evaluateRepresentation(on, draw, representation, resolveAttack(on, method))[name]!;
  };

const ssl = methodOf({ pseudoLabels: labelsOf() });
const twoRounds = methodOf({
  pseudoLabels: labelsOf({ rounds: 2 }),
  attack: { norm: Infinity, radius: { logThreshold: 0.3 } },
});

const MU = Float64Array.of(0.6, -0.3, 0.2);
const BETAHAT = Float64Array.of(0, 0.6, 0.8);
const LAW = noiseLaw({ sd: 1, family: "gaussian", degreesOfFreedom: 5, condition: 1 }, 3);

/** One task, 6 samples: the length of the pseudo-labelled sum, which no marginal law alone determines. */
const sumLength = (sample: UnlabeledSample): number =>
  norm2(sample.weightedSum(sample.project(BETAHAT).map(Math.sign)));
const rawSum = (rng: Rng): number => {
  const key = rng.uniform();
  return sumLength(rawUnlabeled(() => keyedStream(["raw", key]), MU, 6, LAW));
};
const implicitSum = (rng: Rng): number => sumLength(implicitUnlabeled(rng, () => rng, MU, 6, LAW));
/** The formula of the lemma with the noise across betahat left out. */
const withoutNoise = (rng: Rng): number => {
  const s = implicitUnlabeled(rng, () => rng, MU, 6, LAW).project(BETAHAT);
  const k = dot(BETAHAT, MU);
  const total = s.reduce((sum, x) => sum + Math.abs(x), 0);
  return norm2(MU.map((x, j) => BETAHAT[j]! * total + 2 * (x - k * BETAHAT[j]!)));
};

lemma("implicitSamples", [
  sameLaw("the pseudo-labelled sum of one task", implicitSum, rawSum, { draws: 1000 }),
  sameLaw(
    "||sin Theta|| of standard training",
    metric("sinTheta2", methodOf(), "auto"),
    metric("sinTheta2", methodOf(), "direct"),
    { draws: 458 },
  ),
  sameLaw(
    "||sin Theta|| with pseudo-labels",
    metric("sinTheta2", ssl, "auto"),
    metric("sinTheta2", ssl, "direct"),
    { draws: 458 },
  ),
  sameLaw(
    "excess risk after two rounds of self-training and an l_inf attack",
    metric("excessRisk", twoRounds, "auto"),
    metric("excessRisk", twoRounds, "direct"),
    { draws: 458 },
  ),
  mustFail("refuted without the noise across betahat", sameLaw("", withoutNoise, rawSum, { draws: 1000 })),
  mustFail(
    "refuted for means of ten times the samples",
    sameLaw(
      "",
      metric("sinTheta2", methodOf(), "auto", { ...problem, labeled: 30 }),
      metric("sinTheta2", methodOf(), "direct"),
      { draws: 458 },
    ),
  ),
]);
