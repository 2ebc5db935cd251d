import { badInput } from "../../core/guards.js";
import { type Matrix, matrix } from "../../numerics/matrix.js";
import type { Network } from "../network/network.js";
import { leadingSubspace } from "./leadingSubspace.js";

/**
 * The subspace that the first layer of an MLP listens to most: the top-r left singular subspace of its kernel W1 (`p x h`), as a `p x k` matrix with orthonormal
 * columns. It is the representation of the linear model, whose network is W1 alone; `sinThetaSquared(B, this)` is its error. k < r when W1 has
 * fewer than r directions. A direction counts by its length in W1, also when the units that it feeds are dead: what the outputs use is for
 * {@link gradientSubspace} to say.
 *
 * Throws `bad-input` for a network whose first layer is a convolution, which sees patches and not the input space. Cost about p h min(p, h) / 2.
 */
export function firstLayerSubspace(network: Network, r: number): Matrix {
  const first = network.layers[0]!;
  if (first.kind !== "dense") {
    throw badInput("network", "an MLP, whose first layer sees the whole input", network.architecture.kind);
  }
  const [p, h] = first.shape as [number, number];
  const kernel = Float64Array.from(network.weights[`${first.name}.kernel`]!);
  return leadingSubspace(matrix(p, h, kernel), r).basis;
}
