import { basename, resolve } from "node:path";
import { AdvTransferError } from "../../core/errors.js";
import { nearNames, orList } from "../../study/nearNames.js";
import { readCifar } from "./cifar.js";
import { type FolderListing, listFolders } from "./folderListing.js";
import { readIdxSet } from "./idx.js";
import type { ImageSet } from "./imageSet.js";

/** An image set that a folder has, or a part of one. */
export interface FoundImageSet {
  /** What studies call it. */
  readonly name: string;
  readonly format: "idx" | "cifar10";
  /** For IDX the images, then the labels; for CIFAR-10 the batches in order. */
  readonly files: readonly string[];
  /** The file that is not there though it must be; null when the set is whole. */
  readonly missing: string | null;
}

const IDX_FILE = /^(.+)-(images|labels)[-.]idx([13])-ubyte(\.gz)?$/;
const CIFAR_FILE = /^(?:data_batch_([1-9]\d*)|test_batch)\.bin$/;
const PARTS: Readonly<Record<string, string>> = { train: "", t10k: "-test", test: "-test" };
/** Folder names that say nothing of the set, and what some libraries call their folders. */
const MEANINGLESS = ["raw", "data", "processed"];
const ALIASES: Readonly<Record<string, string>> = {
  fashionmnist: "fashion-mnist",
  fashion: "fashion-mnist",
  "kuzushiji-mnist": "kmnist",
};

/**
 * The image sets in a folder and, two levels down, in its sub-folders (hidden ones left out), by name:
 *
 * - `NAME-images-idx3-ubyte[.gz]` with `NAME-labels-idx1-ubyte[.gz]` is the set NAME;
 * - where NAME is `train` or `t10k`, as in the MNIST family, the folder gives the name: `mnist/train-...` is `mnist`,
 *   `mnist/t10k-...` is `mnist-test`, and `FashionMNIST/raw/train-...` is `fashion-mnist`;
 * - `data_batch_1.bin`, `data_batch_2.bin`, ... is `cifar10`, `test_batch.bin` is `cifar10-test`.
 *
 * Of a plain and a gzip file of one name, the plain one is taken. Throws an AdvTransferError (`io`) when the folder cannot be read.
 */
export function findImageSets(folder: string): FoundImageSet[] {
  return listFolders(folder, 2)
    .flatMap((listing) => [...idxSets(listing), ...cifarSets(listing)])
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * Reads the set of a name from a folder (see `findImageSets`); pixels mean byte / 255.
 *
 * Throws an AdvTransferError (`io`, `bad-input`) when the folder has no whole set of that name, or two, or its files are damaged.
 *
 * @example loadImageSet("data", "mnist").shape // [28, 28, 1]
 */
export function loadImageSet(folder: string, name: string): ImageSet {
  const found = findImageSets(folder);
  const named = found.filter((set) => set.name === name);
  const whole = named.filter((set) => set.missing === null);
  if (whole.length > 1) {
    const places = whole.map((set) => set.files[0]).join(" and ");
    throw new AdvTransferError("bad-input", `${folder} must have one image set "${name}", found ${places}`, {
      hint: "Give the folder of the one that is meant.",
    });
  }
  const set = whole[0];
  if (set === undefined) throw notFound(folder, name, named[0], found);
  // CIFAR-10 files carry no number of classes; of IDX files only the well-known ones are known to have ten.
  if (set.format === "cifar10") return readCifar(name, set.files);
  return readIdxSet(name, set.files[0]!, set.files[1]!, TEN_CLASSES.test(name) ? 10 : undefined);
}

const TEN_CLASSES = /^(?:mnist|fashion-mnist|kmnist)(?:-test)?$/;

function notFound(
  folder: string,
  name: string,
  part: FoundImageSet | undefined,
  found: readonly FoundImageSet[],
): AdvTransferError {
  if (part !== undefined) {
    const message = `${folder} must have the whole image set "${name}", found ${part.files.join(", ")} without ${part.missing}`;
    return new AdvTransferError("bad-input", message, { hint: "Put the missing file beside it." });
  }
  const names = [...new Set(found.map((set) => set.name))];
  const what = names.length > 0 ? `${names.join(", ")}` : `no image set${sampleOf(folder)}`;
  const near = nearNames(name, names);
  const meant = near.length > 0 ? `Did you mean ${orList(near)}? ` : "";
  const hint =
    `${meant}Looked in the folder and two levels of sub-folders for ${name}-images-idx3-ubyte[.gz] with ${name}-labels-idx1-ubyte[.gz], ` +
    `${name}/train-images-idx3-ubyte[.gz] with its labels (t10k for ${name}-test), and data_batch_N.bin (cifar10). ` +
    "The well-known sets come with: advtransfer deep data fetch NAME.";
  return new AdvTransferError("bad-input", `${folder} must have an image set "${name}", found ${what}`, {
    hint,
  });
}

/** What a folder without image sets has instead, as far as a message can show it. */
function sampleOf(folder: string): string {
  const names = listFolders(folder, 0)[0]!.names;
  if (names.length === 0) return " (the folder is empty)";
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return ` (but ${names.slice(0, 5).join(", ")}${rest})`;
}

function idxSets({ path, files }: FolderListing): FoundImageSet[] {
  const parts = new Map<string, { images?: string; labels?: string }>();
  // In order of length a plain file comes before its .gz and stays.
  for (const file of [...files].sort((a, b) => a.length - b.length)) {
    const match = IDX_FILE.exec(file);
    if (match === null) continue;
    const [, prefix, kind, dimensions] = match as unknown as [string, string, "images" | "labels", string];
    if ((kind === "images") !== (dimensions === "3")) continue;
    const part = parts.get(prefix) ?? {};
    part[kind] ??= resolve(path, file);
    parts.set(prefix, part);
  }
  return [...parts].map(([prefix, { images, labels }]) => ({
    name: nameOf(path, prefix),
    format: "idx",
    files: [images, labels].filter((file) => file !== undefined),
    missing:
      images === undefined
        ? `${prefix}-images-idx3-ubyte[.gz]`
        : labels === undefined
          ? `${prefix}-labels-idx1-ubyte[.gz]`
          : null,
  }));
}

/** `train` and `t10k` are parts of a set, not names: the nearest folder that is not called `raw` or the like has the name. */
function nameOf(path: string, prefix: string): string {
  const part = PARTS[prefix];
  if (part === undefined) return prefix;
  let folder = resolve(path);
  while (MEANINGLESS.includes(basename(folder).toLowerCase())) folder = resolve(folder, "..");
  const name = basename(folder)
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  return (ALIASES[name] ?? (name === "" ? "train" : name)) + part;
}

function cifarSets({ path, files }: FolderListing): FoundImageSet[] {
  const numbers: number[] = [];
  const sets: FoundImageSet[] = [];
  for (const file of files) {
    const match = CIFAR_FILE.exec(file);
    if (match === null) continue;
    if (match[1] !== undefined) numbers.push(Number(match[1]));
    else sets.push({ name: "cifar10-test", format: "cifar10", files: [resolve(path, file)], missing: null });
  }
  if (numbers.length === 0) return sets;
  numbers.sort((a, b) => a - b);
  const gap = numbers.findIndex((number, i) => number !== i + 1);
  sets.push({
    name: "cifar10",
    format: "cifar10",
    files: numbers.map((number) => resolve(path, `data_batch_${number}.bin`)),
    missing: gap < 0 ? null : `data_batch_${gap + 1}.bin`,
  });
  return sets;
}
