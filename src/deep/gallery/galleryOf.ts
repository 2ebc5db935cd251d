import type { Matrix } from "../../numerics/matrix.js";
import type { LabeledData } from "../data/labeledData.js";
import type { TransferData } from "../data/transferData.js";
import type { Network } from "../network/network.js";
import type { DataSpec, DeepStudy } from "../study/deepStudy.js";
import type { Tf } from "../tensors/tf.js";
import type { Gallery, GallerySample } from "./gallery.js";
import { type ArmNetwork, galleryAttacks } from "./galleryAttacks.js";
import { galleryFeatures } from "./galleryFeatures.js";
import { inputOf, rowsByClass } from "./gallerySamples.js";
import { gallerySimilarity } from "./gallerySimilarity.js";
import { pictureOf, rounded } from "./picture.js";

/** Samples of each part that are shown: of images one a class, of vectors a few of each of the two classes. */
const SAMPLES = { images: { each: 1, most: 10 }, vectors: { each: 3, most: 6 } };

/**
 * What there is to see in the networks of one replication: inputs, perturbations, first layers, and how alike they are. `networks` has those of the arms at the
 * first point of the study; arms without one (raw inputs, or a training that failed) are left out of what needs one.
 *
 * A pure function: the same study, data and networks give the same plain data on one backend, and no tensor is left behind. Cost: a few attacks and forward passes, and
 * products of the features of each pair of arms; a few seconds in all.
 *
 * @example galleryOf(tf, study, data, new Map([["standard", network]])).similarity.cka // [[1, ...], ...]
 */
export function galleryOf(
  tf: Tf,
  study: DeepStudy,
  data: TransferData,
  networks: ReadonlyMap<string, Network>,
): Gallery {
  const { cells } = study.points[0]!;
  const all = Object.entries(cells).map(([name, cell]) => ({ name, problem: study.cells[cell]!.problem }));
  const arms = all.flatMap(({ name, problem: { arm } }): ArmNetwork[] => {
    const network = networks.get(name);
    return network === undefined ? [] : [{ arm, network }];
  });
  const raw = all.find(({ problem }) => problem.arm.features === "raw")?.name ?? null;
  const spec = all[0]!.problem.data;
  const { basis } = data;
  const source = data.sources[0]!.test;
  const target = data.target.test;
  return {
    shape: source.shape,
    samples: [...samplesOf("source", source, spec), ...samplesOf("target", target, spec)],
    rowNorms: basis === null ? null : rowNorms(basis),
    chance: basis === null ? null : rounded(basis.cols / basis.rows),
    attacks: galleryAttacks(
      tf,
      arms.filter(({ arm }) => arm.features === "network"),
      source,
      classNames(spec, "source", source.classes),
      basis,
      ["deep gallery", study.seed],
    ),
    features: galleryFeatures(arms, basis),
    similarity: gallerySimilarity(tf, arms, raw, target, basis),
  };
}

function samplesOf(part: "source" | "target", data: LabeledData, spec: DataSpec): GallerySample[] {
  const { each, most } = data.shape.length > 1 ? SAMPLES.images : SAMPLES.vectors;
  const names = classNames(spec, part, data.classes);
  return rowsByClass(data, each, most).map((row) => ({
    part,
    className: names[data.labels[row]!]!,
    picture: pictureOf(inputOf(data, row)),
  }));
}

/** What the classes 0, 1, ... of a part are called: of images, their numbers in the set. */
function classNames(spec: DataSpec, part: "source" | "target", classes: number): string[] {
  return Array.from({ length: classes }, (_, label) =>
    String(spec.from === "teacher" ? label : spec[part].classes[label]),
  );
}

function rowNorms({ rows, cols, data }: Matrix): number[] {
  return Array.from({ length: rows }, (_, i) =>
    rounded(Math.hypot(...data.subarray(i * cols, (i + 1) * cols))),
  );
}
