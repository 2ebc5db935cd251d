import type { Matrix } from "../../numerics/matrix.js";
import { principalAngles } from "../../numerics/principalAngles.js";
import { type LabeledData, rowsOf } from "../data/labeledData.js";
import { featuresOf } from "../network/evaluate.js";
import { firstLayerSubspace } from "../representation/firstLayerSubspace.js";
import { type Features, linearCka } from "../representation/linearCka.js";
import type { Tf } from "../tensors/tf.js";
import type { GallerySimilarity } from "./gallery.js";
import type { ArmNetwork } from "./galleryAttacks.js";
import { rounded } from "./picture.js";

/** Inputs that the features are compared on: alignment is biased where they are fewer than the features. */
const SAMPLES = 400;
/** The dimension of the subspaces that are compared where no B says one. */
const RANK = 10;

/**
 * Alignment of the features of target test inputs, and angles between first layers. `raw` names the arm whose features are the inputs themselves, if there is one.
 * Cost: products of the features of each pair of arms.
 */
export function gallerySimilarity(
  tf: Tf,
  arms: readonly ArmNetwork[],
  raw: string | null,
  test: LabeledData,
  basis: Matrix | null,
): GallerySimilarity {
  const count = Math.min(SAMPLES, test.count);
  const { inputs, features: width } = rowsOf(
    test,
    Array.from({ length: count }, (_, row) => row),
  );
  const sets: { name: string; features: Features }[] = arms.map(({ arm, network }) => ({
    name: arm.name,
    features: { features: featuresOf(tf, network, inputs, count), count, width: network.width },
  }));
  if (raw !== null) sets.push({ name: raw, features: { features: inputs, count, width } });
  return {
    arms: sets.map(({ name }) => name),
    samples: count,
    cka: symmetric(sets.length, (i, j) => {
      const value = linearCka(sets[i]!.features, sets[j]!.features);
      return value === null ? null : rounded(value);
    }),
    angles: firstLayerAngles(arms, basis),
  };
}

function firstLayerAngles(arms: readonly ArmNetwork[], basis: Matrix | null): GallerySimilarity["angles"] {
  if (arms.length === 0 || arms.some(({ network }) => network.layers[0]!.kind !== "dense")) return null;
  const [p, h] = arms[0]!.network.layers[0]!.shape as [number, number];
  const rank = basis?.cols ?? Math.min(RANK, p, h);
  const spaces = [
    ...(basis === null ? [] : [{ name: "B", space: basis }]),
    ...arms.map(({ arm, network }) => ({ name: arm.name, space: firstLayerSubspace(network, rank) })),
  ];
  return {
    rank,
    names: spaces.map(({ name }) => name),
    degrees: symmetric(spaces.length, (i, j) => anglesInDegrees(spaces[i]!.space, spaces[j]!.space, rank)),
  };
}

/** Angles that a first layer with too few directions does not have count as 90 degrees. */
function anglesInDegrees(a: Matrix, b: Matrix, rank: number): number[] {
  const [more, fewer] = a.cols >= b.cols ? [a, b] : [b, a];
  const angles = [...principalAngles(more, fewer)].map((angle) =>
    Number(((180 * angle) / Math.PI).toFixed(2)),
  );
  return [...angles, ...new Array<number>(rank - angles.length).fill(90)];
}

/** A table of a symmetric function of two indices, computed once a pair. */
function symmetric<Value>(size: number, of: (i: number, j: number) => Value): Value[][] {
  const table: Value[][] = Array.from({ length: size }, () => []);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const value = of(i, j);
      table[i]![j] = value;
      table[j]![i] = value;
    }
  }
  return table;
}
