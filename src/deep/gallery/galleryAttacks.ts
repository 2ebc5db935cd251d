import { type Matrix, matrix, transpose } from "../../numerics/matrix.js";
import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { indicatorsOf, type LabeledData, rowsOf } from "../data/labeledData.js";
import { logitsOf } from "../network/evaluate.js";
import { forward, inputTensor, weightTensors } from "../network/forward.js";
import type { Network } from "../network/network.js";
import type { Tensor, Tf } from "../tensors/tf.js";
import type { Arm, Attack } from "../training/arm.js";
import { attacked } from "../training/attack.js";
import type { GalleryAttack, GalleryAttacks } from "./gallery.js";
import { rowsByClass } from "./gallerySamples.js";
import { pictureOf, rounded, roundedShare } from "./picture.js";
import { shareInSubspace } from "./shareInSubspace.js";

/** An arm and what it has learnt. */
export interface ArmNetwork {
  readonly arm: Arm;
  readonly network: Network;
}

/** Samples that are shown, and samples whose gradients are averaged. */
const SHOWN = 6;
const AVERAGED = 200;

/**
 * Perturbations of a few test samples of the first source task, one a class: by every attacked arm's own attack, and for arms that were trained without one by that of the
 * first arm that has one, so that one sees what training has changed. Null where no arm has an attack of radius > 0.
 *
 * Leaves no tensor behind. The key is for random starts alone.
 */
export function galleryAttacks(
  tf: Tf,
  arms: readonly ArmNetwork[],
  data: LabeledData,
  classNames: readonly string[],
  basis: Matrix | null,
  key: StreamKey,
): GalleryAttacks | null {
  const first = arms.find(({ arm }) => isAttacked(arm))?.arm;
  if (first === undefined) return null;
  const shown = rowsOf(data, rowsByClass(data, 1, SHOWN));
  const averaged = rowsOf(
    data,
    Array.from({ length: Math.min(AVERAGED, data.count) }, (_, row) => row),
  );
  return {
    classNames: [...shown.labels].map((label) => classNames[label]!),
    inputs: pictures(shown.inputs, shown.features),
    arms: arms.map(({ arm, network }): GalleryAttack => {
      const by = isAttacked(arm) ? arm : first;
      const attack = by.attack!;
      const perturbed = perturbedInputs(tf, network, shown, attack, [...key, arm.name]);
      const gradients = lossGradients(tf, network, averaged);
      return {
        arm: arm.name,
        attackOf: by.name,
        norm: attack.norm === 2 ? 2 : "inf",
        radius: attack.radius,
        perturbations: pictures(
          perturbed.map((x, i) => x - shown.inputs[i]!),
          shown.features,
        ),
        before: predictions(tf, network, shown.inputs, shown.count, classNames),
        after: predictions(tf, network, perturbed, shown.count, classNames),
        gradientInSubspace:
          basis === null ? null : roundedShare(shareInSubspace(basis, transpose(gradients))),
        sensitivity: data.shape.length > 1 ? null : rootMeanSquares(gradients),
      };
    }),
  };
}

function isAttacked({ attack }: Arm): boolean {
  return attack !== null && attack.radius > 0;
}

function perturbedInputs(
  tf: Tf,
  network: Network,
  samples: LabeledData,
  attack: Attack,
  key: StreamKey,
): Float32Array {
  let result: Float32Array | null = null;
  tf.tidy(() => {
    const x = inputTensor(tf, network, samples.inputs, samples.count);
    const loss = summedLoss(tf, network, samples);
    result = Float32Array.from(attacked(tf, loss, x, attack, keyedStream(key)).dataSync());
  });
  return result!;
}

/** The gradient of each sample's loss in its input, `n x p`. */
function lossGradients(tf: Tf, network: Network, samples: LabeledData): Matrix {
  let result: Float64Array | null = null;
  tf.tidy(() => {
    const x = inputTensor(tf, network, samples.inputs, samples.count);
    const loss = summedLoss(tf, network, samples);
    result = Float64Array.from(
      tf
        .grad((input) => loss(input as Tensor))(x)
        .dataSync(),
    );
  });
  return matrix(samples.count, samples.features, result!);
}

/** The cross-entropy of task 0, summed over samples; to be made and called in one `tidy`. */
function summedLoss(tf: Tf, network: Network, { labels, count }: LabeledData): (x: Tensor) => Tensor {
  const { classes } = network;
  const weights = weightTensors(tf, network);
  const targets = tf.tensor(indicatorsOf(labels, classes), [count, classes]);
  return (x) => tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(forward(tf, network, weights, x, 0)))));
}

function predictions(
  tf: Tf,
  network: Network,
  inputs: Float32Array,
  count: number,
  classNames: readonly string[],
): string[] {
  const { classes } = network;
  const logits = logitsOf(tf, network, 0, inputs, count);
  return Array.from({ length: count }, (_, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    return classNames[row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity))]!;
  });
}

function pictures(inputs: Float32Array, size: number): GalleryAttack["perturbations"] {
  return Array.from({ length: inputs.length / size }, (_, i) =>
    pictureOf(inputs.subarray(i * size, (i + 1) * size)),
  );
}

function rootMeanSquares({ rows, cols, data }: Matrix): number[] {
  return Array.from({ length: cols }, (_, j) => {
    let square = 0;
    for (let i = 0; i < rows; i++) square += data[i * cols + j]! ** 2;
    return rounded(Math.sqrt(square / rows));
  });
}
