import { requireFinite, requireInRange, requireInteger, requirePositive } from "../../core/guards.js";
import { addScaled, norm2, scaled } from "../../numerics/products.js";
import type { Rng } from "../../random/keyedStream.js";
import { adversarialRisk, type Objective } from "./adversarialRisk.js";
import { defaultLearningRate } from "./defaultLearningRate.js";
import { DESCENT, type SgdOptions } from "./sgdOptions.js";
import type { WeightedSamples } from "./weightedSamples.js";

/** Where descent ended. Whether that is the minimum is for `certified` to say. */
export interface SgdResult {
  readonly beta: Float64Array;
  readonly steps: number;
}

/**
 * Adversarial training of one task by minibatch gradient descent from beta = 0: every epoch visits the samples in a new random order, every step attacks its batch at the
 * current classifier (`objective.inner`) and follows the gradient there; with a ball the classifier is projected back, a ridge is weight decay.
 *
 * The worst case over an l_q ball has no gradient where it has several maximisers, so steps of one length do not come to rest for q = Infinity; averaging or a
 * schedule that goes to 0 settles them. Cost: `epochs` times that of one gradient over all samples, and one attack a step.
 */
export function trainBySgd(
  samples: WeightedSamples,
  objective: Objective,
  options: SgdOptions,
  rng: Rng,
): SgdResult {
  const n = samples.points.rows;
  const { epochs, batchSize, schedule, momentum, averaging } = { ...DESCENT, batchSize: n, ...options };
  requireInteger("epochs", epochs, 1);
  requireInteger("batchSize", batchSize, 1);
  requireInRange("momentum", momentum, 0, 1 - 1e-9);
  requireInRange("averaging", averaging, 0, 1);
  requireFinite("samples", samples.points.data);
  const first = requirePositive(
    "learningRate",
    options.learningRate ?? defaultLearningRate(samples, objective.loss, objective.regularization),
  );
  const perEpoch = Math.ceil(n / batchSize);
  const total = epochs * perEpoch;
  const averaged = Math.max(1, Math.round(averaging * total));
  const order = Array.from({ length: n }, (_, i) => i);
  const mean = new Float64Array(samples.points.cols);
  let beta: Float64Array = new Float64Array(samples.points.cols);
  let velocity: Float64Array = new Float64Array(samples.points.cols);
  for (let step = 0; step < total; step++) {
    const at = (step % perEpoch) * batchSize;
    if (at === 0 && batchSize < n) shuffle(order, rng);
    const batch = order.slice(at, at + batchSize);
    const { gradient } = adversarialRisk(samples, objective, beta, rng, batch);
    velocity = scaled(velocity, momentum);
    addScaled(velocity, 1, gradient);
    const rate = first * decay(schedule, step, total);
    addScaled(beta, -rate, velocity);
    const length = norm2(beta);
    if (objective.regularization.kind === "ball" && length > 1) beta = scaled(beta, 1 / length);
    if (step >= total - averaged) addScaled(mean, 1 / averaged, beta);
  }
  requireFinite("the classifier of gradient descent (its learning rate is too large)", mean);
  return { beta: mean, steps: total };
}

function decay(schedule: NonNullable<SgdOptions["schedule"]>, step: number, total: number): number {
  if (schedule === "constant") return 1;
  if (schedule === "inverse-sqrt") return 1 / Math.sqrt(1 + step);
  return (1 + Math.cos((Math.PI * step) / total)) / 2;
}

/** Fisher and Yates. */
function shuffle(order: number[], rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const k = Math.floor(rng.uniform() * (i + 1));
    [order[i], order[k]] = [order[k]!, order[i]!];
  }
}
