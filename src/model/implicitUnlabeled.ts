import { addScaled, dot } from "../numerics/products.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import { implicitGaussian } from "./implicitGaussian.js";
import type { NoiseLaw } from "./noiseLaw.js";
import type { UnlabeledSample } from "./unlabeledSample.js";

/**
 * Gaussian samples x_i = y_i mu + D e_i, D = diag(scales), answered without drawing them: u signs, and one length-u or length-p Gaussian
 * vector for each question (docs/theory.md 6.2). Exact in law for any sequence of questions. Memory: a few vectors of length u and p.
 */
export function implicitUnlabeled(rng: Rng, mu: Float64Array, count: number, law: NoiseLaw): UnlabeledSample {
  const sign = signSampler(rng);
  const labels = new Float64Array(count);
  for (let i = 0; i < count; i++) labels[i] = sign();
  const noise = implicitGaussian(rng, count, mu.length);
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
