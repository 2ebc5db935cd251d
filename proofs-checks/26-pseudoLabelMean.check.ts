/**
 * LEMMA pseudoLabelMean: what pseudo-labelled samples average to.
 *
 * For any fixed unit betahat with margin k = <betahat, mu>, error e = Phi(-k/sigma), yhat = sign <betahat, x>:
 *
 *     E[yhat x | betahat] = (1 - 2e) mu + 2 sigma phi(k/sigma) betahat.
 *
 * Signal, shrunk by wrong labels, and a pull towards betahat itself (self-confirmation). With a threshold c sigma and the moments a = E[f y]/E|f|,
 * b = E[f (s - y k)]/E|f| the same holds with a and b in place of 1 - 2e and 2 sigma phi.
 *
 * Hypotheses: Gaussian noise; betahat independent of the unlabelled samples (a second round of self-training breaks it).
 * Role: C4: the pseudo-labelled mean is signal + isotropic noise again, so C1 applies.
 * Follows from: meanOfSamples.
 */
import fc from "fast-check";
import { implicitUnlabeled } from "../src/model/implicitUnlabeled.js";
import { noiseLaw } from "../src/model/noiseLaw.js";
import type { NoiseFamily } from "../src/model/problem.js";
import { rawUnlabeled, type UnlabeledSample } from "../src/model/unlabeledSample.js";
import { dot } from "../src/numerics/products.js";
import { integrate } from "../src/numerics/special/gaussLegendre.js";
import { normalCdf, normalPdf } from "../src/numerics/special/normal.js";
import { keyedStream, type Rng } from "../src/random/keyedStream.js";
import { labelMoments } from "../src/training/pseudoLabelLaw.js";
import { decimal, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import type { Law } from "./laws/law.js";
import { lemma } from "./laws/lemma.js";
import { hasMean, mustFail } from "./laws/statistical.js";
import { equals, every } from "./laws/verdict.js";

const SIGMA = 2;
const MU = Float64Array.of(1.5, -1, 0.5);
const BETAHAT = Float64Array.of(0.8, 0, 0.6);
const ACROSS = Float64Array.of(0.6, 0, -0.8);
const BATCH = 500;
const K = dot(BETAHAT, MU);

type Source = (rng: Rng, family: NoiseFamily) => UnlabeledSample;
const raw: Source = (rng, family) => {
  const key = rng.uniform();
  const law = noiseLaw({ sd: SIGMA, family, degreesOfFreedom: 5, condition: 10 }, 3);
  return rawUnlabeled(() => keyedStream(["pseudo", key]), MU, BATCH, law);
};
const implicit: Source = (rng, family) => {
  const law = noiseLaw({ sd: SIGMA, family, degreesOfFreedom: 5, condition: 10 }, 3);
  return implicitUnlabeled(rng, () => rng, MU, BATCH, law);
};

/** The mean of <w, yhat x> over a batch. */
const along =
  (source: Source, w: Float64Array, family: NoiseFamily = "gaussian") =>
  (rng: Rng): number => {
    const sample = source(rng, family);
    const labels = sample.project(BETAHAT).map(Math.sign);
    return dot(w, sample.weightedSum(labels)) / BATCH;
  };

const moments = labelMoments(K, SIGMA, { soft: false, threshold: 0 });
const expected = (w: Float64Array): number =>
  moments.signal * dot(w, MU) + moments.selfBias * dot(w, BETAHAT);
/** |k + sigma g| is sigma-Lipschitz in g; across betahat the label is independent of the noise: a bounded and a Gaussian part. */
const proxy = (w: Float64Array): number => (SIGMA ** 2 + (w === BETAHAT ? 0 : dot(w, MU) ** 2)) / BATCH;

function mean(name: string, source: Source, w: Float64Array, family: NoiseFamily = "gaussian"): Law {
  return hasMean(name, along(source, w, family), expected(w), proxy(w), 0.12, { draws: 120 });
}

const cases = fc.record({
  k: decimal(-6, 6),
  sigma: logUniform(0.1, 10),
  threshold: fc.oneof(fc.constant(0), decimal(0, 2)),
});

/** E g(z) over |z| > c for z normal around the margin. */
function expectation(g: (z: number) => number, margin: number, c: number): number {
  const part = (low: number, high: number): number =>
    low < high ? integrate((z) => g(z) * normalPdf(z - margin), low, high, 200) : 0;
  return (
    part(Math.max(c, margin - 12), Math.max(c, margin + 12)) +
    part(Math.min(-c, margin - 12), Math.min(-c, margin + 12))
  );
}

lemma("pseudoLabelMean", [
  always(
    "1 - 2e and 2 sigma phi(k/sigma) are always the moments without a threshold",
    ({ k, sigma }) => labelMoments(k, sigma, { soft: false, threshold: 0 }),
    cases,
    (m, { k, sigma }) =>
      every(
        equals(m.signal, 1 - 2 * normalCdf(-k / sigma), 1e-12),
        equals(m.selfBias, 2 * sigma * normalPdf(k / sigma), 1e-12 * sigma),
        equals(m.error, normalCdf(-k / sigma), 1e-12),
      ),
  ),
  always(
    "with a threshold they are always the integrals that define them",
    ({ k, sigma, threshold }) => labelMoments(k, sigma, { soft: false, threshold }),
    cases,
    (m, { k, sigma, threshold }) => {
      const margin = k / sigma;
      const size = expectation(() => 1, margin, threshold);
      if (size < 1e-8) return true;
      return every(
        equals(m.signal, expectation(Math.sign, margin, threshold) / size, 1e-6),
        equals(
          m.selfBias,
          (sigma * expectation((z) => Math.sign(z) * (z - margin), margin, threshold)) / size,
          1e-6 * sigma,
        ),
        equals(m.kept, size, 1e-9),
      );
    },
    { weight: 0.5 },
  ),
  mean("raw samples along betahat", raw, BETAHAT),
  mean("raw samples across betahat", raw, ACROSS),
  mean("samples known only by their answers, along betahat", implicit, BETAHAT),
  mean("and across it", implicit, ACROSS),
  mustFail(
    "refuted without the pull towards betahat",
    hasMean("", along(raw, BETAHAT), moments.signal * K, proxy(BETAHAT), 0.12, { draws: 120 }),
  ),
  mustFail("refuted for noise that is not isotropic", mean("", raw, ACROSS, "anisotropic")),
]);
