import { expect, test } from "vitest";
import type { Tensor } from "../../../../src/deep/tensors/tf.js";
import { normals, on, tf } from "../bothBackends.js";

const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const;

function expectCloseOnBoth(compute: () => Tensor[]): void {
  const cpu = on("cpu", compute);
  on("wasm", compute).forEach(({ shape, values }, i) => {
    expect(shape).toEqual(cpu[i]!.shape);
    const largest = Math.max(...values.map((value, j) => Math.abs(value - cpu[i]!.values[j]!)));
    expect(largest).toBeLessThan(2e-5);
  });
}

test("a product with a bias and an activation adds the bias once, whatever is transposed and however long the sum", () => {
  expectCloseOnBoth(() =>
    ACTIVATIONS.flatMap((activation) =>
      [false, true].flatMap((transposeA) =>
        [false, true].map((transposeB) => {
          const a = transposeA ? [100, 3] : [3, 100];
          const b = transposeB ? [4, 100] : [100, 4];
          return tf.fused.matMul({
            a: tf.tensor(normals(a, "a"), a) as never,
            b: tf.tensor(normals(b, "b"), b) as never,
            transposeA,
            transposeB,
            bias: tf.tensor1d(normals([4], "bias")),
            activation,
            preluActivationWeights: tf.scalar(0.3),
            leakyreluAlpha: 0.1,
          });
        }),
      ),
    ),
  );
});

test("a convolution with a bias and an activation has the padding of the plain one", () => {
  expectCloseOnBoth(() =>
    ACTIVATIONS.map((activation) =>
      tf.fused.conv2d({
        x: tf.tensor4d(normals([2, 5, 4, 3], "x"), [2, 5, 4, 3]),
        filter: tf.tensor4d(normals([1, 1, 3, 4], "w"), [1, 1, 3, 4]),
        strides: 2,
        pad: "same",
        bias: tf.tensor1d(normals([4], "bias")),
        activation,
        preluActivationWeights: tf.scalar(0.3),
        leakyreluAlpha: 0.1,
      }),
    ),
  );
});

test("an activation that is none is an error", () => {
  const attrs = { activation: "softsign", transposeA: false, transposeB: false };
  tf.tidy(() => {
    const inputs = { a: tf.ones([1, 2, 2]), b: tf.ones([1, 2, 2]) };
    expect(() => tf.engine().runKernel("_FusedMatMul", inputs, attrs)).toThrow("no activation softsign");
  });
});
