import { type Matrix, transpose } from "../../numerics/matrix.js";
import type { LabeledData } from "../data/labeledData.js";
import type { Network } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import { inputGradients } from "./inputGradients.js";
import { leadingSubspace } from "./leadingSubspace.js";

/** The leading eigenspace of the average gradient outer product. */
export interface GradientSubspace {
  /** `p x k` with orthonormal columns; k < r when the outputs depend on fewer than r directions, 0 when they are constant. */
  readonly basis: Matrix;
  /** The k leading eigenvalues of the average gradient outer product, descending. */
  readonly values: Float64Array;
  /** Samples in all that the average is over. */
  readonly samples: number;
}

/**
 * The r directions of the input space that the outputs of a network depend on most: the top-r eigenspace of the average gradient outer product
 *
 *     AGOP = (1 / (T n)) sum_t sum_i J_t(x_ti)^T C J_t(x_ti),   J_t the k x p Jacobian of the logits of task t, C = I - 1 1^T / k,
 *
 * over the first n = ceil(samples / T) samples of each task (`parts[t]`), or as many as the smallest part has. C takes out what moves all logits alike. It sees the whole
 * network, deep or convolutional, and only what is used: dead units count for nothing.
 *
 * Source: Radhakrishnan, Beaglehole, Pandit & Belkin, Science 383 (2024), for the average gradient outer product as what a network has learnt.
 *
 * Throws as {@link inputGradients} and {@link leadingSubspace} do. Cost: k - 1 forward and backward passes, and a singular subspace of a `p x (k - 1) T n` matrix.
 *
 * @param samples how many samples to take in all. Default 2000.
 */
export function gradientSubspace(
  tf: Tf,
  network: Network,
  parts: readonly Pick<LabeledData, "count" | "features" | "inputs">[],
  r: number,
  samples: number = 2000,
): GradientSubspace {
  const smallest = Math.min(...parts.map((part) => part.count));
  const perTask = Math.min(smallest, Math.ceil(samples / network.tasks));
  const gradients = inputGradients(tf, network, parts, perTask);
  const { basis, values } = leadingSubspace(transpose(gradients), r);
  const total = network.tasks * perTask;
  return { basis, values: values.map((value) => value ** 2 / total), samples: total };
}
