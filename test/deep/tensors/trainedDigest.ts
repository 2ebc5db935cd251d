import { createHash } from "node:crypto";
import type { Scalar, Tensor, Tensor4D, Tf, Variable } from "../../../src/deep/tensors/tf.js";

/**
 * The SHA-256 of the weights of a small network, with a convolution and a dense layer, after some steps of SGD on images that an l_inf attack has moved:
 * what a training asks of a backend, in one number.
 */
export function trainedDigest(tf: Tf, seed: number): string {
  const shapes = [
    [3, 3, 1, 4],
    [4 * 4 * 4, 3],
  ];
  const weights = tf.tidy(() =>
    shapes.map((shape, k) => tf.variable(tf.randomNormal(shape, 0, 0.3, "float32", seed + k))),
  ) as Variable[];
  const images = tf.randomNormal([16, 8, 8, 1], 0, 1, "float32", seed + 7);
  const optimizer = tf.train.sgd(0.05);
  const targets = tf.tidy(() =>
    tf.oneHot(
      tf.tensor1d(
        Array.from({ length: 16 }, (_, i) => i % 3),
        "int32",
      ),
      3,
      1,
      0,
      "float32",
    ),
  );
  const loss = (x: Tensor): Scalar => {
    const hidden = tf.relu(tf.conv2d(x as Tensor4D, weights[0] as Tensor as Tensor4D, 2, "same"));
    const logits = tf.matMul(tf.reshape(hidden, [16, -1]), weights[1]!);
    return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as Scalar;
  };
  for (let step = 0; step < 5; step++) {
    tf.tidy(() => {
      const move = tf.mul(tf.sign(tf.grad(loss)(images)), 0.1);
      optimizer.minimize(() => loss(tf.add(images, tf.clipByValue(move, -0.08, 0.08))));
    });
  }
  const hash = createHash("sha256");
  for (const weight of weights) hash.update(new Uint8Array(weight.dataSync().slice().buffer));
  tf.dispose([images, targets, ...weights]);
  optimizer.dispose();
  return hash.digest("hex");
}
