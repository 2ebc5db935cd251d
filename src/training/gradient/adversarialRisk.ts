import { addScaled, dot } from "../../numerics/products.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball } from "../closedForm.js";
import { type InnerMaximum, perturbations } from "./innerMaximum.js";
import type { MarginLoss } from "./marginLoss.js";
import { penalty, type Regularization } from "./regularization.js";
import type { WeightedSamples } from "./weightedSamples.js";

/** An objective at a point and its gradient there. */
export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** What is minimised: the loss of the attacked samples plus a regularisation. */
export interface Objective {
  readonly loss: MarginLoss;
  /** null: standard training. */
  readonly attack: Ball | null;
  readonly inner: InnerMaximum;
  readonly regularization: Regularization;
}

/**
 * The adversarial empirical risk sum_i omega_i l(<beta, z_i + v_i>) + R(beta) at the perturbations v_i that the inner maximum finds for beta, and its gradient with the v_i
 * held fixed: by Danskin's theorem that of the maximum itself where the maximiser is unique, and a subgradient elsewhere, provided that the v_i are
 * maximisers. `batch` restricts the sum to some samples, scaled to stay an unbiased estimate of the whole.
 *
 * Cost: two passes over the samples and the attack, once, or once a sample with random starts.
 */
export function adversarialRisk(
  samples: WeightedSamples,
  objective: Objective,
  beta: Float64Array,
  rng: Rng | null = null,
  batch: readonly number[] | null = null,
): ValueAndGradient {
  const { points, weights } = samples;
  const { loss, attack, inner, regularization } = objective;
  const p = points.cols;
  const chosen = batch ?? Array.from(weights, (_, i) => i);
  const scale = points.rows / chosen.length;
  const attacked = attack !== null && attack.radius > 0;
  const found = attacked ? perturbations(beta, attack, inner, chosen.length, rng) : null;
  const gradient = new Float64Array(p);
  let value = penalty(regularization, beta);
  chosen.forEach((i, k) => {
    const z = points.data.subarray(i * p, (i + 1) * p);
    const v = found?.(k);
    const margin = dot(beta, z) + (v?.shift ?? 0);
    const weight = scale * weights[i]!;
    value += weight * loss.value(margin);
    const slope = weight * loss.slope(margin);
    addScaled(gradient, slope, z);
    if (v !== undefined) addScaled(gradient, slope, v.perturbation);
  });
  if (regularization.kind === "ridge") addScaled(gradient, regularization.lambda, beta);
  return { value, gradient };
}
