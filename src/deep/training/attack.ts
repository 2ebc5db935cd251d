import type { Rng } from "../../random/keyedStream.js";
import type { Tensor, Tf } from "../tensors/tf.js";
import type { Attack } from "./arm.js";

/** The loss of a batch of inputs, summed (not averaged) over its samples: a scalar. */
export type BatchLoss = (x: Tensor) => Tensor;

/** Lengths below it have no direction in 32 bits. */
const TINY = 1e-30;

/**
 * Adversarial inputs for a batch `[n, ...shape]`: x + delta with ||delta||_q <= radius for each sample, by projected steepest ascent of the loss,
 *
 *     delta <- P(delta + stepSize * s(gradient)),   s = sign (q = infinity), s = gradient / ||gradient||_2 (q = 2).
 *
 * Samples with a zero gradient stay where they are. No box around the inputs is respected: teachers have none, and noisy images leave [0, 1]
 * anyway. Radius 0 returns `x` itself. The rng is asked for a random start alone. To be called in a `tidy`, which frees all but the result.
 *
 * Cost: one forward and backward pass a step. The budget holds up to the rounding of x + delta in 32 bits.
 */
export function attacked(tf: Tf, loss: BatchLoss, x: Tensor, attack: Attack, rng: Rng): Tensor {
  if (attack.radius === 0) return x;
  return tf.tidy(() => {
    const gradientOf = tf.grad((input) => loss(input as Tensor));
    let delta: Tensor | null = attack.randomStart ? randomStart(tf, x, attack, rng) : null;
    for (let step = 0; step < attack.steps; step++) {
      const at = delta;
      const next = tf.tidy(() => {
        const gradient = gradientOf(at === null ? x : tf.add(x, at));
        const move = tf.mul(steepest(tf, gradient, attack.norm), attack.stepSize);
        return projected(tf, at === null ? move : tf.add(at, move), attack);
      });
      at?.dispose();
      delta = next;
    }
    return tf.add(x, delta!);
  });
}

function steepest(tf: Tf, gradient: Tensor, norm: Attack["norm"]): Tensor {
  if (norm === Infinity) return tf.sign(gradient);
  return tf.div(gradient, tf.maximum(lengths(tf, gradient), TINY));
}

/** The nearest point of the ball, sample by sample. */
function projected(tf: Tf, delta: Tensor, { norm, radius }: Attack): Tensor {
  const inside = float32Below(radius);
  if (norm === Infinity) return tf.clipByValue(delta, -inside, inside);
  // A few roundings of a norm in 32 bits are taken off, so that the true length is within the budget.
  const most = inside * (1 - 2 ** -20);
  return tf.mul(delta, tf.minimum(1, tf.div(most, tf.maximum(lengths(tf, delta), TINY))));
}

/** Euclidean lengths of the samples, `[n, 1, ...]`. The largest entry is taken out first: squares of tiny gradients would vanish in 32 bits. */
function lengths(tf: Tf, delta: Tensor): Tensor {
  const axes = delta.shape.map((_, i) => i).slice(1);
  const scale = tf.maximum(tf.max(tf.abs(delta), axes, true), TINY);
  return tf.mul(scale, tf.sqrt(tf.sum(tf.square(tf.div(delta, scale)), axes, true)));
}

/** Uniform in the ball. */
function randomStart(tf: Tf, x: Tensor, { norm, radius }: Attack, rng: Rng): Tensor {
  const count = x.shape[0]!;
  const size = x.size / count;
  const start = new Float32Array(x.size);
  for (let i = 0; i < count; i++) {
    const row = start.subarray(i * size, (i + 1) * size);
    if (norm === Infinity) {
      for (let j = 0; j < size; j++) row[j] = radius * (2 * rng.uniform() - 1);
      continue;
    }
    let square = 0;
    for (let j = 0; j < size; j++) {
      row[j] = rng.normal();
      square += row[j]! * row[j]!;
    }
    const scale = (radius * rng.uniform() ** (1 / size)) / Math.sqrt(square);
    for (let j = 0; j < size; j++) row[j] = scale * row[j]!;
  }
  return projected(tf, tf.tensor(start, x.shape), { norm, radius } as Attack);
}

/** The largest 32-bit number that is not above a positive number. */
function float32Below(value: number): number {
  const nearest = Math.fround(value);
  if (nearest <= value) return nearest;
  const bits = new Uint32Array(Float32Array.of(nearest).buffer);
  bits[0] = bits[0]! - 1;
  return new Float32Array(bits.buffer)[0]!;
}
