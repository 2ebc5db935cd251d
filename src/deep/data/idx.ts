import { damagedFile, readDataFile } from "./dataFile.js";
import type { ImageSet } from "./imageSet.js";
import { labelClasses } from "./labelClasses.js";

/** Element types of IDX, by the third byte of its magic number. Source: Y. LeCun's description of the format (the MNIST page). */
const TYPES: Readonly<Record<number, string>> = {
  8: "unsigned bytes",
  9: "signed bytes",
  11: "16-bit integers",
  12: "32-bit integers",
  13: "32-bit floats",
  14: "64-bit floats",
};

export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** `count x height x width` bytes, row-major. */
  readonly pixels: Uint8Array;
}

/**
 * Grey images from an IDX file, plain or gzip: magic 0x00000803 (unsigned bytes, 3 dimensions), count, height and width as big-endian
 * 32-bit integers, then the pixels and nothing else.
 *
 * Throws an AdvTransferError: `io` when the file cannot be read, `bad-input` when it is anything but such a file, saying what it is.
 */
export function readIdxImages(path: string): IdxImages {
  const { sizes, body } = readIdx(path, 3, "images");
  const [count, height, width] = sizes as [number, number, number];
  return { count, height, width, pixels: body };
}

/** Labels from an IDX file, plain or gzip: magic 0x00000801, count, one byte a label. Throws like `readIdxImages`. */
export function readIdxLabels(path: string): Uint8Array {
  return readIdx(path, 1, "labels").body;
}

/**
 * An image set from its two IDX files: grey, shape `[height, width, 1]`. Without `classes`, the labels tell (see labelClasses.ts).
 *
 * Throws like `readIdxImages`, and when the files do not have the same number of entries or a label is out of range.
 *
 * @example readIdxSet("mnist", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", 10).count // 60000
 */
export function readIdxSet(name: string, imagesPath: string, labelsPath: string, classes?: number): ImageSet {
  const { count, height, width, pixels } = readIdxImages(imagesPath);
  const labels = readIdxLabels(labelsPath);
  if (labels.length !== count) {
    throw damagedFile(
      labelsPath,
      `have a label for each of the ${count} images of ${imagesPath}`,
      `${labels.length} labels`,
      "The two files must be of the same set.",
    );
  }
  const shape = [height, width, 1];
  return {
    name,
    count,
    features: height * width,
    shape,
    classes: labelClasses(labelsPath, labels, classes),
    pixels,
    labels,
  };
}

function readIdx(
  path: string,
  dimensions: number,
  what: "images" | "labels",
): { sizes: number[]; body: Uint8Array } {
  const bytes = readDataFile(path);
  requireMagic(path, bytes, dimensions, what);
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw damagedFile(path, `have an IDX header of ${header} bytes`, `${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const sizeText =
    what === "images" ? `${sizes[0]} images of ${sizes[1]} x ${sizes[2]}` : `${sizes[0]} labels`;
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (expected === 0) {
    throw damagedFile(path, `have ${what}`, sizeText, "The file is of no use: take another one.");
  }
  const found = bytes.length - header;
  if (found !== expected) {
    const difference = found < expected ? `${expected - found} missing` : `${found - expected} too many`;
    throw damagedFile(
      path,
      `have ${expected} bytes after its header, for ${sizeText}`,
      `${found} bytes (${difference})`,
    );
  }
  return { sizes, body: bytes.subarray(header) };
}

/** The first four bytes: 0, 0, element type, number of dimensions. */
function requireMagic(path: string, bytes: Uint8Array, dimensions: number, what: string): void {
  const wanted = `start with the IDX magic number 0x0000080${dimensions} of ${what}`;
  if (bytes.length < 4) throw damagedFile(path, wanted, `${bytes.length} bytes`);
  const [first, second, type, dims] = bytes as unknown as [number, number, number, number];
  if (first === 0 && second === 0 && type === 8 && dims === dimensions) return;
  const hex = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  if (first !== 0 || second !== 0 || TYPES[type] === undefined) {
    const page =
      first === 0x3c ? " It looks like a web page: the address of the download was not of a file." : "";
    throw damagedFile(path, wanted, `0x${hex}`, `It is no IDX file.${page}`);
  }
  if (type !== 8) {
    throw damagedFile(path, wanted, `0x${hex}, ${TYPES[type]}`, "Only unsigned bytes (type 8) are read.");
  }
  const kind = dims === 1 ? "labels" : dims === 3 ? "images" : `data of ${dims} dimensions`;
  const swapped = dims === 1 || dims === 3 ? "Are the files for images and labels swapped?" : undefined;
  const hint = swapped ?? "Only labels (1 dimension) and grey images (3 dimensions) are read.";
  throw damagedFile(path, wanted, `0x${hex}, ${kind}`, hint);
}
