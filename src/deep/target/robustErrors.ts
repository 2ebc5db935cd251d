import { AdvTransferError } from "../../core/errors.js";
import { requireNonNegative } from "../../core/guards.js";
import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { indicatorsOf } from "../data/labeledData.js";
import type { Tensor, Tf } from "../tensors/tf.js";
import type { Attack } from "../training/arm.js";
import { attacked, type BatchLoss } from "../training/attack.js";
import type { SampleBatch } from "./batches.js";
import type { Classifier } from "./classifier.js";
import { missesAt, sampleCount, sumOf } from "./errorRate.js";

/** Errors without and under attack. */
export interface RobustErrors {
  /** The error rate of the inputs as they are: `errorRate`, bit for bit. */
  readonly clean: number;
  /** The error rate under attack at each radius, in the order given. */
  readonly robust: readonly number[];
}

/**
 * The error rate of a classifier when every input may be moved within an l_q ball, as found by the attack: a lower bound of the true one. For each
 * radius the steps are scaled with it, `stepSize * radius / attack.radius`; the loss that is ascended is the margin by which the largest other logit exceeds the label's, whose
 * gradient does not vanish for confident classifiers as the cross-entropy's does in 32 bits (Carlini & Wagner, IEEE S&P 2017).
 *
 * By construction an error is at least the clean one, and does not fall with the radius: a sample is lost at a radius when its input, or what the attack
 * found at this or a smaller radius, is misnamed. Decisions are those of `classifier.logits`; ties count as in `errorRate`.
 * Every perturbation is measured in 64 bits; one beyond its radius throws `numerical`. Radius 0 is no attack, bit for bit.
 *
 * Throws `bad-input` on negative radii, or no samples. Cost per radius: `attack.steps` forward and backward passes. Leaves no tensor behind.
 */
export function robustErrors(
  tf: Tf,
  classifier: Classifier,
  batches: readonly SampleBatch[],
  attack: Attack,
  radii: readonly number[],
  key: StreamKey,
): RobustErrors {
  for (const radius of radii) requireNonNegative("attack radius", radius);
  const total = sampleCount(batches);
  const ascending = [...radii.keys()].sort((a, b) => radii[a]! - radii[b]!);
  const robust = radii.map(() => 0);
  let clean = 0;
  batches.forEach((batch, index) => {
    const misses = missesAt(classifier, batch, batch.inputs);
    clean += sumOf(misses);
    for (const place of ascending) {
      const own = scaledAttack(attack, radii[place]!);
      if (own.radius > 0) {
        const moved = adversarial(tf, classifier, batch, own, [...key, "attack", index]);
        requireWithin(batch, moved, own);
        missesAt(classifier, batch, moved).forEach((miss, i) => {
          misses[i] = Math.max(misses[i]!, miss);
        });
      }
      robust[place] = robust[place]! + sumOf(misses);
    }
  });
  return { clean: clean / total, robust: robust.map((sum) => sum / total) };
}

function scaledAttack(attack: Attack, radius: number): Attack {
  if (attack.radius === 0 || radius === attack.radius) return { ...attack, radius };
  return { ...attack, radius, stepSize: (attack.stepSize * radius) / attack.radius };
}

function adversarial(
  tf: Tf,
  classifier: Classifier,
  { inputs, labels, count }: SampleBatch,
  attack: Attack,
  key: StreamKey,
): Float32Array {
  let moved: Float32Array | null = null;
  tf.tidy(() => {
    const logitsAt = classifier.open();
    const x = tf.tensor(inputs, [count, ...classifier.inputShape]);
    const loss = marginLoss(tf, logitsAt, labels, classifier.classes);
    moved = attacked(tf, loss, x, attack, keyedStream(key)).dataSync() as Float32Array;
  });
  return moved!;
}

/** The sum over samples of max over other classes of their logit, less the label's. */
function marginLoss(tf: Tf, logitsAt: (x: Tensor) => Tensor, labels: Uint8Array, classes: number): BatchLoss {
  const mask = tf.tensor(indicatorsOf(labels, classes), [labels.length, classes]);
  const away = tf.mul(mask, -1e30);
  return (x) => {
    const logits = logitsAt(x);
    const other = tf.max(tf.add(tf.mul(logits, tf.sub(1, mask)), away), 1);
    return tf.sub(tf.sum(other), tf.sum(tf.mul(logits, mask)));
  };
}

/** Inputs are 32-bit numbers, so that x + delta is off by half an ulp a coordinate. */
const HALF_ULP = 2 ** -24;

function requireWithin({ inputs, count }: SampleBatch, moved: Float32Array, { norm, radius }: Attack): void {
  const size = inputs.length / count;
  for (let i = 0; i < count; i++) {
    let length = 0;
    let rounding = 0;
    for (let at = i * size; at < (i + 1) * size; at++) {
      const step = Math.abs(moved[at]! - inputs[at]!);
      const ulp = HALF_ULP * Math.max(Math.abs(moved[at]!), Math.abs(inputs[at]!));
      length = norm === Infinity ? Math.max(length, step) : Math.hypot(length, step);
      rounding = norm === Infinity ? Math.max(rounding, ulp) : Math.hypot(rounding, ulp);
    }
    if (length <= radius * (1 + 1e-6) + rounding) continue;
    throw new AdvTransferError(
      "numerical",
      `an attack of radius ${radius} moved sample ${i} by ${length} in the l_${norm === Infinity ? "inf" : norm} norm`,
      { hint: "Look for inputs or weights that are not finite or very large." },
    );
  }
}
