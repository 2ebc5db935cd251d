import { describe, expect, test } from "vitest";
import { forward, weightTensors } from "../../../src/deep/network/forward.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import type { Tensor } from "../../../src/deep/tensors/tf.js";
import { type Attack, attackOf } from "../../../src/deep/training/arm.js";
import { attacked, type BatchLoss } from "../../../src/deep/training/attack.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { FAR, zScore } from "../../helpers/statistics.js";
import { normalParts, smallMlp } from "../representation/smallNetworks.js";

const { tf } = await loadBackend("wasm");
const NORMS = [2, Infinity] as const;
const attackWith = (norm: Attack["norm"], radius: number, rest: Partial<Attack> = {}): Attack =>
  attackOf({ norm, radius, ...rest }, "test")!;
const normalInputs = (key: unknown, count: number, p: number): Float32Array =>
  normalParts(key, 1, count, p)[0]!.inputs;

/** The perturbations that an attack finds, `count x p`. */
function perturbations(
  loss: BatchLoss,
  inputs: Float32Array,
  p: number,
  attack: Attack,
  key: unknown = 0,
): Float64Array {
  const before = tf.memory().numTensors;
  const moved = tf.tidy(() =>
    attacked(tf, loss, tf.tensor(inputs, [inputs.length / p, p]), attack, keyedStream([key])).dataSync(),
  );
  expect(tf.memory().numTensors).toBe(before);
  return Float64Array.from(moved, (x, i) => x - inputs[i]!);
}

const rowsOf = (values: Float64Array, p: number): Float64Array[] =>
  Array.from({ length: values.length / p }, (_, i) => values.subarray(i * p, (i + 1) * p));
const lengthIn = (norm: Attack["norm"], row: ArrayLike<number>): number =>
  norm === 2 ? Math.hypot(...Array.from(row)) : Math.max(...Array.from(row, Math.abs));

/** The logistic loss of a linear classifier, summed. */
function logistic(w: readonly number[]): BatchLoss {
  return (x) => tf.sum(tf.softplus(tf.neg(tf.matMul(x, tf.tensor(w as number[], [w.length, 1])))));
}

describe.each(NORMS)("l_%s", (norm) => {
  const w = [1, -2, 0.5, 0];

  test("a linear classifier: one full step is the exact maximum, -radius w / ||w|| or -radius sign(w)", () => {
    const inputs = normalInputs("linear", 5, 4);
    const expected =
      norm === 2 ? w.map((x) => (-0.7 * x) / Math.hypot(...w)) : w.map((x) => -0.7 * Math.sign(x));
    for (const steps of [1, 4]) {
      for (const row of rowsOf(perturbations(logistic(w), inputs, 4, attackWith(norm, 0.7, { steps })), 4)) {
        expect([...row]).toEqual(expected.map((x) => expect.closeTo(x, 5)));
      }
    }
  });

  test("steps shorter than the radius add up: steps times stepSize until the ball's border, and no further", () => {
    const inputs = normalInputs("steps", 3, 4);
    for (const steps of [1, 2, 3, 5, 9]) {
      const attack = attackWith(norm, 1, { steps, stepSize: 0.25 });
      for (const row of rowsOf(perturbations(logistic(w), inputs, 4, attack), 4)) {
        expect(lengthIn(norm, row)).toBeCloseTo(Math.min(1, 0.25 * steps), 5);
      }
    }
  });

  test("the budget is never exceeded, whatever the radius, the steps, the start and the size of the inputs", () => {
    const network = smallMlp("budget", 6, [8], 1, 3);
    const loss: BatchLoss = (x) =>
      tf.neg(
        tf.sum(
          tf.slice(tf.logSoftmax(forward(tf, network, weightTensors(tf, network), x, 0)), [0, 1], [20, 1]),
        ),
      );
    for (const radius of [1e-6, 0.1, 1, 3.3, 1000]) {
      for (const rest of [
        { steps: 1 },
        { steps: 4 },
        { steps: 3, randomStart: true },
        { steps: 2, stepSize: 7 * radius },
      ]) {
        // From zero inputs x + delta is delta, to the bit: nothing but the projection decides.
        const zeros = new Float32Array(120);
        for (const row of rowsOf(perturbations(loss, zeros, 6, attackWith(norm, radius, rest)), 6)) {
          expect(lengthIn(norm, row)).toBeLessThanOrEqual(radius);
        }
        const inputs = normalInputs("budget", 20, 6);
        for (const row of rowsOf(perturbations(loss, inputs, 6, attackWith(norm, radius, rest)), 6)) {
          expect(lengthIn(norm, row)).toBeLessThanOrEqual(radius * (1 + 1e-6) + 1e-6);
        }
      }
    }
  });

  test("an attack is found by gradients of the attacked point: it raises the loss of a network, more with more steps", () => {
    const network = smallMlp("loss", 8, [30, 20], 1, 3);
    const count = 60;
    const inputs = normalInputs("loss", count, 8);
    const loss: BatchLoss = (x) =>
      tf.neg(
        tf.sum(
          tf.slice(tf.logSoftmax(forward(tf, network, weightTensors(tf, network), x, 0)), [0, 2], [count, 1]),
        ),
      );
    const lossOf = (delta: ArrayLike<number>): number =>
      tf.tidy(
        () =>
          loss(
            tf.tensor(
              inputs.map((x, i) => x + delta[i]!),
              [count, 8],
            ),
          ).dataSync()[0]!,
      );
    const radius = norm === 2 ? 1.5 : 0.6;
    const [clean, one, ten] = [
      lossOf(new Float32Array(inputs.length)),
      ...[{ steps: 1 }, { steps: 20, stepSize: radius / 5 }].map((rest) =>
        lossOf(perturbations(loss, inputs, 8, attackWith(norm, radius, rest))),
      ),
    ] as [number, number, number];
    expect(one).toBeGreaterThan(clean * 1.2);
    expect(ten).toBeGreaterThan(one * 1.02);
    // A random direction of the same length is worth far less.
    const random = perturbations(
      loss,
      inputs,
      8,
      attackWith(norm, radius, { steps: 1, stepSize: 1e-9, randomStart: true }),
    );
    expect(lossOf(random) - clean).toBeLessThan(0.5 * (one - clean));
  });

  test("radius 0 is no attack, bit for bit: the very tensor", () => {
    tf.tidy(() => {
      const x: Tensor = tf.tensor([1, 2, 3, 4], [1, 4]);
      const attack = attackWith(norm, 0, { randomStart: true });
      expect(attacked(tf, logistic(w), x, attack, keyedStream([1]))).toBe(x);
    });
  });

  test("samples do not know one another: a batch is attacked as its samples are alone", () => {
    const inputs = normalInputs("alone", 6, 4);
    const attack = attackWith(norm, 0.5, { steps: 3 });
    const square: BatchLoss = (x) => tf.sum(tf.square(tf.sub(tf.matMul(x, tf.tensor(w, [4, 1])), 1)));
    const together = rowsOf(perturbations(square, inputs, 4, attack), 4);
    together.forEach((row, i) => {
      expect([...row]).toEqual(
        [...perturbations(square, inputs.slice(4 * i, 4 * i + 4), 4, attack)].map((x) =>
          expect.closeTo(x, 6),
        ),
      );
    });
  });

  test("a zero gradient moves nothing, and a gradient of 1e-25 has a direction", () => {
    const inputs = normalInputs("tiny", 2, 4);
    const flat: BatchLoss = (x) => tf.mul(0, tf.sum(x));
    expect(perturbations(flat, inputs, 4, attackWith(norm, 1)).every((x) => x === 0)).toBe(true);
    const tiny: BatchLoss = (x) => tf.mul(1e-25, tf.sum(x));
    // A step shorter than the radius, so that the projection cannot make up for a wrong length.
    const short = attackWith(norm, 1, { steps: 1, stepSize: 0.5 });
    for (const row of rowsOf(perturbations(tiny, inputs, 4, short), 4)) {
      expect([...row]).toEqual(new Array(4).fill(expect.closeTo(norm === 2 ? 0.25 : 0.5, 5)));
    }
  });

  test("a random start is uniform in the ball, a function of the stream", () => {
    const p = 3;
    const count = 2000;
    const zeros = new Float32Array(count * p);
    const flat: BatchLoss = (x) => tf.mul(0, tf.sum(x));
    const attack = attackWith(norm, 2, { steps: 1, randomStart: true });
    const found = perturbations(flat, zeros, p, attack, "start");
    expect(perturbations(flat, zeros, p, attack, "start")).toEqual(found);
    expect(perturbations(flat, zeros, p, attack, "other")).not.toEqual(found);
    // (length / radius)^p is uniform on [0, 1] in any norm: mean 1/2, second moment 1/3. Each coordinate has mean 0. False alarm 5 x 6.6e-9.
    const levels = Float64Array.from(rowsOf(found, p), (row) => (lengthIn(norm, row) / 2) ** p);
    expect(Math.abs(zScore(levels, 1 / 2))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          levels.map((x) => x * x),
          1 / 3,
        ),
      ),
    ).toBeLessThan(FAR);
    for (let j = 0; j < p; j++) {
      expect(
        Math.abs(
          zScore(
            Float64Array.from(rowsOf(found, p), (row) => row[j]!),
            0,
          ),
        ),
      ).toBeLessThan(FAR);
    }
  });
});

test("an l_2 ball is over all coordinates of an image, channels included", () => {
  const pixels = normalInputs("image", 2, 12);
  const moved = tf.tidy(() =>
    attacked(
      tf,
      (x) => tf.sum(x),
      tf.tensor(pixels, [2, 2, 3, 2]),
      attackWith(2, 1),
      keyedStream([1]),
    ).dataSync(),
  );
  for (const i of [0, 1]) {
    const row = pixels.subarray(12 * i, 12 * i + 12).map((x, j) => moved[12 * i + j]! - x);
    expect([...row]).toEqual(new Array(12).fill(expect.closeTo(1 / Math.sqrt(12), 5)));
  }
});
