import { AdvTransferError } from "../../core/errors.js";
import { badInput } from "../../core/guards.js";
import type { StreamKey } from "../../random/keyedStream.js";
import { loadImageSet } from "../data/imageFolder.js";
import { type ImageSet, imageSetDigest, imageSetOf } from "../data/imageSet.js";
import { imageTransferData } from "../data/imageTransferData.js";
import { strokeImages } from "../data/strokes.js";
import { teacherTransferData } from "../data/teacher.js";
import type { TransferData } from "../data/transferData.js";
import { STROKES } from "./complete.js";
import type { DataSpec, DeepStudy } from "./deepStudy.js";

/** Image sets that were read in this thread, by folder and name: one reading for all replications. */
const known = new Map<string, ImageSet>();

/** The image sets that the studies' data names, in the order of their names; none for data that is made by code. */
export function setNames(study: DeepStudy): readonly string[] {
  const names = study.cells.flatMap(({ problem: { data } }) =>
    data.from === "folder" ? [data.source.set, data.target.set] : [],
  );
  return [...new Set(names)].sort();
}

/**
 * SHA-256 digests of the image sets of a study as a folder has them. Throws when a set is missing or damaged, and when the study remembers another digest: its
 * results would not be those of this data.
 */
export function checkedSums(study: DeepStudy, folder: string | null): Readonly<Record<string, string>> {
  const sums = setNames(study).map((name) => [name, imageSetDigest(imageSet(folder, name))] as const);
  for (const [name, sum] of sums) {
    const expected = study.file.checksums[name];
    if (expected === undefined || expected === sum) continue;
    throw new AdvTransferError(
      "bad-input",
      `the image set ${name} has the digest ${sum}, the study was made with ${expected}`,
      {
        hint: "Give the folder with the images that the study was made with, or start a new results folder.",
      },
    );
  }
  return Object.fromEntries(sums);
}

/** The data of one replication, from its key (`replicationKey`). Every arm of a replication has the same: the key is of the data, the seed and the replication alone. */
export function dataFor(spec: DataSpec, folder: string | null, replication: StreamKey): TransferData {
  const key = [...replication, "data"];
  if (spec.from === "teacher") return teacherTransferData(spec, key);
  if (spec.from === "folder") {
    const names = [...new Set([spec.source.set, spec.target.set])];
    return imageTransferData(
      names.map((name) => imageSet(folder, name)),
      spec,
      key,
    );
  }
  const classes = 1 + Math.max(...spec.source.classes, ...spec.target.classes);
  const { images } = strokeImages({ classes, perClass: spec.perClass }, [...key, STROKES]);
  return imageTransferData([imageSetOf(STROKES, images)], spec, key);
}

function imageSet(folder: string | null, name: string): ImageSet {
  if (folder === null) {
    throw badInput(
      "--data",
      `a folder with the image set "${name}"`,
      undefined,
      "See: advtransfer deep data --help",
    );
  }
  const path = JSON.stringify([folder, name]);
  const set = known.get(path) ?? loadImageSet(folder, name);
  known.set(path, set);
  return set;
}
