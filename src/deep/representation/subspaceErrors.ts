import type { Matrix } from "../../numerics/matrix.js";
import { sinThetaSquared } from "../../numerics/principalAngles.js";
import type { LabeledData } from "../data/labeledData.js";
import type { Network } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import { firstLayerSubspace } from "./firstLayerSubspace.js";
import { gradientSubspace } from "./gradientSubspace.js";

/** ||sin Theta||_F^2, in [0, r], between the true subspace and what a network has learnt of it. */
export interface SubspaceErrors {
  /** Of {@link firstLayerSubspace}; null for a network that begins with a convolution. */
  readonly sinTheta2: number | null;
  /** Of {@link gradientSubspace}. */
  readonly gradientSinTheta2: number;
}

/**
 * How far the two subspaces of a network are from span(B), B the `p x r` basis with orthonormal columns; a direction that the network does not have counts 1.
 * The gradients are taken at samples of every task, `parts[t]` those of task t. Throws as its parts do, and `bad-input` when p differs.
 */
export function subspaceErrors(
  tf: Tf,
  basis: Matrix,
  network: Network,
  parts: readonly LabeledData[],
): SubspaceErrors {
  const r = basis.cols;
  const dense = network.layers[0]!.kind === "dense";
  return {
    sinTheta2: dense ? sinThetaSquared(basis, firstLayerSubspace(network, r)) : null,
    gradientSinTheta2: sinThetaSquared(basis, gradientSubspace(tf, network, parts, r).basis),
  };
}
