import { AdvTransferError } from "../core/errors.js";
import { studentTSampler } from "../random/distributions/gamma.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import type { Noise } from "./problem.js";

/** The noise of one sample in R^p as the samplers need it. */
export interface NoiseLaw {
  /** The standard deviation of every coordinate, length p. */
  readonly scales: Float64Array;
  /** true where the noise is Gaussian, so that means of samples can be drawn without the samples. */
  readonly gaussian: boolean;
  /** A sampler of one coordinate with mean 0 and variance 1, on a given stream. */
  readonly unit: (rng: Rng) => () => number;
}

/**
 * The law of a problem's noise: standardised coordinates of the named family times their standard deviations. Uniform is on
 * [-sqrt 3, sqrt 3]; Student-t is divided by its standard deviation sqrt(k / (k - 2)). `anisotropic` is Gaussian with variances
 * geometric from the largest (first coordinate) down to 1/condition of it (last), their mean sd^2.
 */
export function noiseLaw(noise: Noise, p: number): NoiseLaw {
  const scales = new Float64Array(p).fill(noise.sd);
  switch (noise.family) {
    case "gaussian":
      return { scales, gaussian: true, unit: (rng) => rng.normal };
    case "anisotropic":
      return { scales: geometricScales(noise, p), gaussian: true, unit: (rng) => rng.normal };
    case "rademacher":
      return { scales, gaussian: false, unit: signSampler };
    case "uniform":
      return { scales, gaussian: false, unit: (rng) => () => (2 * rng.uniform() - 1) * Math.sqrt(3) };
    case "student-t":
      return { scales, gaussian: false, unit: (rng) => standardizedT(rng, noise.degreesOfFreedom) };
    default:
      throw new AdvTransferError("bad-input", `unknown noise family ${String(noise.family satisfies never)}`);
  }
}

function standardizedT(rng: Rng, k: number): () => number {
  const t = studentTSampler(rng);
  const factor = Math.sqrt((k - 2) / k);
  return () => factor * t(k);
}

function geometricScales(noise: Noise, p: number): Float64Array {
  const variances = Float64Array.from(
    { length: p },
    (_, j) => noise.condition ** (p === 1 ? 0 : -j / (p - 1)),
  );
  const mean = variances.reduce((a, b) => a + b, 0) / p;
  return variances.map((v) => noise.sd * Math.sqrt(v / mean));
}
