import { type Matrix, matrix } from "../../numerics/matrix.js";
import type { Network } from "../network/network.js";
import type { GalleryFeatures } from "./gallery.js";
import type { ArmNetwork } from "./galleryAttacks.js";
import { pictureOf, roundedShare } from "./picture.js";
import { shareInSubspace } from "./shareInSubspace.js";

/** Units that are shown. */
const UNITS = 8;

/**
 * The first layer of every arm's network: the units whose weights are longest on average over the arms, and how much of all weights lies in span(B). A picture is
 * one unit's weights: over the input, or over a convolution's patch.
 */
export function galleryFeatures(arms: readonly ArmNetwork[], basis: Matrix | null): GalleryFeatures {
  const kernels = arms.map(({ network }) => firstKernel(network));
  const count = kernels.length === 0 ? 0 : Math.min(...kernels.map(({ cols }) => cols));
  const lengths = Array.from({ length: count }, (_, unit) =>
    kernels.reduce((sum, kernel) => sum + Math.hypot(...unitWeights(kernel, unit)), 0),
  );
  const longest = [...lengths.keys()].sort((a, b) => lengths[b]! - lengths[a]! || a - b).slice(0, UNITS);
  const units = longest.sort((a, b) => a - b);
  return {
    shape: arms.length === 0 ? [] : pictureShape(arms[0]!.network),
    units,
    arms: arms.map(({ arm, network }, k) => {
      const kernel = kernels[k]!;
      const known = basis !== null && network.layers[0]!.kind === "dense" ? basis : null;
      return {
        arm: arm.name,
        pictures: units.map((unit) => pictureOf(unitWeights(kernel, unit))),
        inSubspace: known === null ? null : roundedShare(shareInSubspace(known, kernel)),
        onSupport: known === null ? null : roundedShare(shareOnSupport(known, kernel)),
      };
    }),
  };
}

/** The first kernel as a matrix, a unit a column; a convolution's over its patch. */
function firstKernel({ layers, weights }: Network): Matrix {
  const { name, shape } = layers[0]!;
  const units = shape.at(-1)!;
  const values = Float64Array.from(weights[`${name}.kernel`]!);
  return matrix(values.length / units, units, values);
}

function pictureShape({ layers, inputShape }: Network): readonly number[] {
  const first = layers[0]!;
  return first.kind === "dense" ? inputShape : first.shape.slice(0, 3);
}

function unitWeights({ rows, cols, data }: Matrix, unit: number): number[] {
  return Array.from({ length: rows }, (_, i) => data[i * cols + unit]!);
}

/** The share of the squared weights on coordinates where the row of B is not 0. */
function shareOnSupport(basis: Matrix, kernel: Matrix): number | null {
  let [on, total] = [0, 0];
  for (let i = 0; i < kernel.rows; i++) {
    const inSupport = basis.data.subarray(i * basis.cols, (i + 1) * basis.cols).some((b) => b !== 0);
    for (let j = 0; j < kernel.cols; j++) {
      const square = kernel.data[i * kernel.cols + j]! ** 2;
      total += square;
      if (inSupport) on += square;
    }
  }
  return total === 0 ? null : on / total;
}
