import { addScaled, dot } from "../numerics/products.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import type { NoiseLaw } from "./noiseLaw.js";

/**
 * The u unlabelled samples x_i of one source task, seen through the two questions that training asks of them. Neither needs the
 * samples themselves, which is what allows exact answers without drawing them.
 */
export interface UnlabeledSample {
  /** u */
  readonly count: number;
  /** The projections <beta, x_i>, length u; beta has length p. */
  project(beta: Float64Array): Float64Array;
  /** The weighted sum `sum_i f_i x_i`, length p; f has length u. */
  weightedSum(f: Float64Array): Float64Array;
}

/**
 * Raw samples x_i = y_i mu + eta_i of any noise law, drawn anew from their stream at each question: u p numbers are drawn and none is kept.
 * `stream` must return the same stream at every call.
 */
export function rawUnlabeled(
  stream: () => Rng,
  mu: Float64Array,
  count: number,
  law: NoiseLaw,
): UnlabeledSample {
  const p = mu.length;
  const forEachSample = (visit: (x: Float64Array, i: number) => void): void => {
    const rng = stream();
    const sign = signSampler(rng);
    const unit = law.unit(rng);
    const x = new Float64Array(p);
    for (let i = 0; i < count; i++) {
      const y = sign();
      for (let j = 0; j < p; j++) x[j] = y * mu[j]! + law.scales[j]! * unit();
      visit(x, i);
    }
  };
  return {
    count,
    project(beta) {
      const projections = new Float64Array(count);
      forEachSample((x, i) => {
        projections[i] = dot(beta, x);
      });
      return projections;
    },
    weightedSum(f) {
      const sum = new Float64Array(p);
      forEachSample((x, i) => {
        addScaled(sum, f[i]!, x);
      });
      return sum;
    },
  };
}
