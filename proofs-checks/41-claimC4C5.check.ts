/**
 * LEMMA claimC4C5: semi-supervised training, alone and under an attack, assembled.
 *
 * Given muhat with h = ||muhat|| and k = <betahat, mu>, the pooled semi-supervised mean is
 *     E[muhat_ssl | muhat] = c_1 muhat + (1 - omega)(1 - 2e) mu,   omega = n/(n + u),   c_1 = omega + (1 - omega) 2 sigma phi(k/sigma)/h,
 * that is S mu + c_1 tau z with fresh noise of variance at most sigma^2/u on top: C1 holds with tau^2 -> V/S^2, and an l_q attack acts on it as on any other
 * mean (C5). With strong signals V/S^2 -> sigma^2/(n + u): the ratio to it is at most 1/(1 - 2e)^2 for the best weight.
 *
 * Hypotheses: e < 1/2; one round.
 * Role: claims C4 and C5: n is replaced by n + u, and what "strong enough" means.
 * Follows from: pseudoLabelMean, effectiveSampleSize, quarterRule, implicitSamples, claimC1, claimC2, claimC3.
 */
import fc from "fast-check";
import { implicitUnlabeled } from "../src/model/implicitUnlabeled.js";
import { noiseLaw } from "../src/model/noiseLaw.js";
import { dot, norm2, scaled } from "../src/numerics/products.js";
import type { Rng } from "../src/random/keyedStream.js";
import { closedForm } from "../src/training/closedForm.js";
import type { PseudoLabels } from "../src/training/method.js";
import { labelMoments, sslLaw } from "../src/training/pseudoLabelLaw.js";
import { semiSupervisedMean } from "../src/training/semiSupervisedMean.js";
import { decimal, logInteger, logUniform } from "./arbitraries/numbers.js";
import { labelsOf } from "./arbitraries/problems.js";
import { type Attacked, attacked } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import type { Law } from "./laws/law.js";
import { lemma } from "./laws/lemma.js";
import { hasMean, mustFail } from "./laws/statistical.js";
import { atMost, equals, equalVectors, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly k: number;
  readonly h: number;
  readonly sigma: number;
  readonly labeled: number;
  readonly unlabeled: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    margin: decimal(0.05, 5),
    longer: logUniform(1, 20),
    sigma: logUniform(0.1, 10),
    labeled: logInteger(1, 1e4),
    unlabeled: logInteger(1, 1e5),
  })
  .map(({ margin, longer, sigma, ...c }) => ({ ...c, sigma, k: margin * sigma, h: margin * sigma * longer }));

const moments = (c: Case): ReturnType<typeof labelMoments> =>
  labelMoments(c.k, c.sigma, { soft: false, threshold: 0 });
/** V/S^2 in units of sigma^2/(n + u). */
const ratio = (c: Case, weight: PseudoLabels["weight"]): number => {
  const law = sslLaw(moments(c), c, weight);
  return ((law.noiseVariance / law.signalFactor ** 2) * (c.labeled + c.unlabeled)) / c.sigma ** 2;
};
const nonNegativeOdds = (c: Case): boolean =>
  c.labeled / (moments(c).signal * c.unlabeled) >= moments(c).selfBias / c.h;

const MU = Float64Array.of(1, 0.5, 0, 0);
const MUHAT = Float64Array.of(0.8, -0.2, 0.9, 0.1);
const SIGMA = 1.3;
const N = 20;
const U = 180;
const gaussian = noiseLaw({ sd: SIGMA, family: "gaussian", degreesOfFreedom: 5, condition: 1 }, 4);

/** <w, muhat_ssl> given muhat: fresh unlabelled samples each time. */
const ssl =
  (w: Float64Array, labels: PseudoLabels = labelsOf()) =>
  (rng: Rng): number => {
    const sample = implicitUnlabeled(rng, () => rng, MU, U, gaussian);
    return dot(w, semiSupervisedMean(MUHAT, sample, labels, { sigma: SIGMA, labeled: N, norm: norm2(MU) }));
  };
const H = norm2(MUHAT);
const BETAHAT = scaled(MUHAT, 1 / H);
const FIXED: Case = { k: dot(BETAHAT, MU), h: H, sigma: SIGMA, labeled: N, unlabeled: U };
const expected = (w: Float64Array): number => {
  const m = moments(FIXED);
  const omega = N / (N + U);
  const c1 = omega + ((1 - omega) * m.selfBias) / H;
  return c1 * dot(w, MUHAT) + (1 - omega) * m.signal * dot(w, MU);
};
/** Per unlabelled sample: the signal across betahat with a random sign, and noise of variance sigma^2. */
const proxy = (w: Float64Array): number =>
  ((U / (N + U)) ** 2 * (dot(w, MU) ** 2 + SIGMA ** 2 * dot(w, w) * 2)) / U;
const mean = (name: string, w: Float64Array, draw = ssl(w)): Law =>
  hasMean(name, draw, expected(w), proxy(w), 0.09, { draws: 400 });

lemma("claimC4C5", [
  mean(
    "the semi-supervised mean is c_1 muhat + (1 - omega)(1 - 2e) mu, first coordinate",
    Float64Array.of(1, 0, 0, 0),
  ),
  mean("and where only the labelled noise is, third coordinate", Float64Array.of(0, 0, 1, 0)),
  always(
    "under the best weight V/S^2 never exceeds sigma^2/(n + u) by more than 1/(1 - 2e)^2",
    (c: Case) => ratio(c, "optimal"),
    cases,
    (value, c) => (nonNegativeOdds(c) ? atMost(value, 1 / moments(c).signal ** 2, 1e-9 * value) : true),
  ),
  always(
    "no weight is ever better than n + u labels",
    (c: Case) => c,
    cases,
    (c) => every(atMost(1, ratio(c, "optimal"), 1e-9), atMost(1, ratio(c, "pooled"), 1e-9)),
  ),
  always(
    "an attack on a semi-supervised mean is always an attack on its direction and length alone (C5)",
    (c: Attacked) => closedForm(scaled(c.muhat, 3), { norm: c.q, radius: 3 * c.eps * 0.9 }),
    attacked,
    (trained, c) => {
      const plain = closedForm(c.muhat, { norm: c.q, radius: c.eps * 0.9 });
      return plain.value > 1e-6
        ? every(
            equalVectors(trained.direction, plain.direction, 1e-6),
            equals(trained.value, 3 * plain.value, 1e-6 * (1 + norm2(c.muhat))),
          )
        : true;
    },
  ),
  weakened(
    "false for the pooled weight with 1/(1 - 2e): weak signals cost more",
    (c: Case) => ratio(c, "pooled"),
    cases,
    (value, c) => atMost(value, 1 / moments(c).signal, 1e-9),
  ),
  mustFail(
    "refuted for a second round, whose labels depend on the samples that they are averaged over",
    mean("", Float64Array.of(0, 0, 1, 0), ssl(Float64Array.of(0, 0, 1, 0), labelsOf({ rounds: 2 }))),
  ),
  attains(
    "n + u is reached for strong signals",
    (c: Case) => atMost(1, ratio(c, "pooled")),
    [{ k: 5, h: 5.01, sigma: 1, labeled: 50, unlabeled: 5000 }],
    0.999,
  ),
]);
