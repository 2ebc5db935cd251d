import { addScaled, dot } from "../numerics/products.js";
import { normalVector } from "../random/distributions/haarFrame.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import { implicitGaussian } from "./implicitGaussian.js";
import type { NoiseLaw } from "./noiseLaw.js";
import type { UnlabeledSample } from "./unlabeledSample.js";

/**
 * Gaussian samples x_i = y_i mu + D e_i, D = diag(scales), answered without drawing them (docs/theory.md 6.2). Exact in law for any sequence
 * of questions. Takes u signs, u and p normal numbers from `rng` at once, whatever is asked; questions of later rounds draw from
 * `later`. Memory: a few vectors of length u and p.
 */
export function implicitUnlabeled(
  rng: Rng,
  later: () => Rng,
  mu: Float64Array,
  count: number,
  law: NoiseLaw,
): UnlabeledSample {
  const sign = signSampler(rng);
  const labels = Float64Array.from({ length: count }, sign);
  const first = { right: normalVector(rng, count), left: normalVector(rng, mu.length) };
  const noise = implicitGaussian(first, onlyOnce(later));
  const scaleBy = (x: Float64Array): Float64Array => x.map((value, j) => value * law.scales[j]!);
  return {
    count,
    project(beta) {
      const projections = noise.times(scaleBy(beta));
      addScaled(projections, dot(mu, beta), labels);
      return projections;
    },
    weightedSum(f) {
      const sum = scaleBy(noise.transposeTimes(f));
      addScaled(sum, dot(f, labels), mu);
      return sum;
    },
  };
}

/** One stream for all later questions, made when the first of them comes. */
function onlyOnce(make: () => Rng): () => Rng {
  let stream: Rng | null = null;
  return () => {
    stream ??= make();
    return stream;
  };
}
