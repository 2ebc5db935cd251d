import { expect, test } from "vitest";
import { featuresOf, logitsOf, logSoftmaxRows } from "../../../src/deep/network/evaluate.js";
import {
  features,
  forward,
  forwardAll,
  inputTensor,
  weightTensors,
} from "../../../src/deep/network/forward.js";
import type { Network } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { mlpLogits, normalParts, randomized, smallMlp } from "../representation/smallNetworks.js";

const { tf } = await loadBackend("wasm");
const network = smallMlp("forward", 6, [9, 5], 3, 4);
const [part] = normalParts("forward", 1, 12, 6);
const inputs = part!.inputs;
const close = (values: ArrayLike<number>, digits = 5): unknown[] =>
  Array.from(values, (x) => expect.closeTo(x, digits));

test("forward is the definition, task by task, and forwardAll the same for samples of every task's own", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const weights = weightTensors(tf, network);
    const x = inputTensor(tf, network, inputs, 12);
    const all = Array.from(forwardAll(tf, network, weights, x).dataSync());
    for (let task = 0; task < 3; task++) {
      const one = forward(tf, network, weights, x, task);
      expect(one.shape).toEqual([12, 4]);
      const values = Array.from(one.dataSync());
      for (let i = 0; i < 12; i++) {
        const expected = mlpLogits(network, task, inputs.subarray(6 * i, 6 * (i + 1)));
        expect(values.slice(4 * i, 4 * (i + 1))).toEqual(close(expected));
      }
      expect(all.slice(16 * task, 16 * (task + 1))).toEqual(close(values.slice(16 * task, 16 * (task + 1))));
    }
  });
  expect(tf.memory().numTensors).toBe(before);
});

/** A convolution with ReLU by its definition: stride, and zeros around the image so that it is centred ("same"). */
function convolved(
  image: number[][][],
  kernel: Float32Array,
  bias: Float32Array,
  side: number,
  stride: number,
): number[][][] {
  const [height, width, channels] = [image.length, image[0]!.length, image[0]![0]!.length];
  const out = (n: number): number => Math.ceil(n / stride);
  const before = (n: number): number => Math.floor(Math.max(0, (out(n) - 1) * stride + side - n) / 2);
  return Array.from({ length: out(height) }, (_, a) =>
    Array.from({ length: out(width) }, (_, b) =>
      Array.from(bias, (start, f) => {
        let sum = start;
        for (let i = 0; i < side; i++)
          for (let j = 0; j < side; j++)
            for (let c = 0; c < channels; c++) {
              const pixel =
                image[a * stride + i - before(height)]?.[b * stride + j - before(width)]?.[c] ?? 0;
              sum += pixel * kernel[((i * side + j) * channels + c) * bias.length + f]!;
            }
        return Math.max(0, sum);
      }),
    ),
  );
}

test("a CNN's features are its definition: two strided convolutions and a dense layer", () => {
  const cnn = randomized(
    "cnn",
    { kind: "cnn", filters: [3, 2], kernel: 3, stride: 2, dense: 4 },
    [6, 5, 2],
    1,
    2,
  );
  const pixels = normalParts("cnn", 1, 2, 60)[0]!.inputs;
  const found = featuresOf(tf, cnn, pixels, 2);
  for (let n = 0; n < 2; n++) {
    let image: number[][][] = Array.from({ length: 6 }, (_, a) =>
      Array.from({ length: 5 }, (_, b) => [0, 1].map((c) => pixels[n * 60 + (a * 5 + b) * 2 + c]!)),
    );
    for (const name of ["layer1", "layer2"]) {
      image = convolved(image, cnn.weights[`${name}.kernel`]!, cnn.weights[`${name}.bias`]!, 3, 2);
    }
    const flat = image.flat(2);
    const expected = Array.from(cnn.weights["layer3.bias"]!, (bias, j) =>
      Math.max(
        0,
        flat.reduce((sum, x, i) => sum + x * cnn.weights["layer3.kernel"]![i * 4 + j]!, bias),
      ),
    );
    expect(Array.from(found.subarray(4 * n, 4 * (n + 1)))).toEqual(close(expected));
  }
});

test("the gradient of the logits in the inputs is that of finite differences", () => {
  const size = 1e-2;
  const x = inputs.slice(0, 6);
  const sum = (z: ArrayLike<number>): number =>
    mlpLogits(network, 1, z).reduce((a, b, c) => a + (c + 1) * b, 0);
  let gradient: Float32Array | null = null;
  tf.tidy(() => {
    const weights = weightTensors(tf, network);
    const scale = tf.tensor([1, 2, 3, 4], [1, 4]);
    gradient = tf
      .grad((z) => tf.sum(tf.mul(scale, forward(tf, network, weights, z, 1))))(inputTensor(tf, network, x, 1))
      .dataSync() as Float32Array;
  });
  for (let j = 0; j < 6; j++) {
    const at = (step: number): number => sum(x.map((value, i) => (i === j ? value + step : value)));
    // Piecewise linear: the difference quotient is exact unless a kink lies within 0.01, which it does not here.
    expect(gradient![j]).toBeCloseTo((at(size) - at(-size)) / (2 * size), 3);
  }
});

test("featuresOf and logitsOf are features and forward for any number of inputs, chunks included, and leave no tensor", () => {
  const count = 2100;
  const many = Float32Array.from({ length: count * 6 }, (_, i) => inputs[(i * 7) % 72]!);
  const before = tf.memory().numTensors;
  const found = featuresOf(tf, network, many, count);
  const logits = logitsOf(tf, network, 2, many, count);
  expect(tf.memory().numTensors).toBe(before);
  expect([found.length, logits.length]).toEqual([count * 5, count * 4]);
  for (const i of [0, 1023, 1024, 2047, 2048, 2099]) {
    const row = many.slice(6 * i, 6 * (i + 1));
    const one = tf.tidy(() =>
      features(tf, network, weightTensors(tf, network), inputTensor(tf, network, row, 1)).dataSync(),
    );
    expect([...found.subarray(5 * i, 5 * (i + 1))]).toEqual(close(one));
    expect([...logits.subarray(4 * i, 4 * (i + 1))]).toEqual(close(mlpLogits(network, 2, row)));
  }
  expect(featuresOf(tf, network, new Float32Array(0), 0)).toEqual(new Float32Array(0));
});

test("inputs that are not count rows, and a task that is none, are refused", () => {
  expect(() => featuresOf(tf, network, inputs, 11)).toThrow("inputs must be 11 x 6 numbers, received 72");
  expect(() => logitsOf(tf, network, 3, inputs, 12)).toThrow("task must be an integer in [0, 2]");
});

test("logSoftmaxRows: probabilities of every row sum to 1, shifts do not matter, large logits do not overflow", () => {
  const logs = logSoftmaxRows(Float64Array.of(1, 2, 3, 1001, 1002, 1003, -5, 0, 800), 3);
  const rows = [0, 1, 2].map((i) => [...logs.subarray(3 * i, 3 * i + 3)]);
  for (const row of rows) expect(row.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 14);
  expect(rows[1]).toEqual(close(rows[0]!, 12));
  expect(rows[0]![2]! - rows[0]![0]!).toBeCloseTo(2, 13);
  expect(rows[2]).toEqual([-805, -800, 0].map((x) => expect.closeTo(x, 10)));
});

test("a network of one task has one head, and its logits are the same whichever way", () => {
  const single: Network = smallMlp("single", 6, [4], 1, 3);
  tf.tidy(() => {
    const weights = weightTensors(tf, single);
    const x = inputTensor(tf, single, inputs, 12);
    const one = forward(tf, single, weights, x, 0).dataSync();
    expect([...forwardAll(tf, single, weights, x).dataSync()]).toEqual(close(one));
    expect([...logitsOf(tf, single, 0, inputs, 12)]).toEqual(close(one));
  });
});
