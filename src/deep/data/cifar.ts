import { damagedFile, readDataFile } from "./dataFile.js";
import type { ImageSet } from "./imageSet.js";
import { labelClasses } from "./labelClasses.js";

const SIDE = 32;
const CHANNELS = 3;
const PLANE = SIDE * SIDE;
/** One byte of label, then the planes of red, green and blue, row-major. Source: https://www.cs.toronto.edu/~kriz/cifar.html. */
export const CIFAR_RECORD: number = 1 + CHANNELS * PLANE;

/**
 * CIFAR-10 images from files of its binary version, plain or gzip, one after the other: shape `[32, 32, 3]`, 10 classes.
 * In the files a channel is a plane; here channels are last.
 *
 * Throws an AdvTransferError: `io` when a file cannot be read; `bad-input` when it is empty, no whole number of records, or has a
 * label above 9 (records that are shifted have one soon).
 */
export function readCifar(name: string, paths: readonly string[]): ImageSet {
  const files = paths.map((path) => readRecords(path));
  const count = files.reduce((sum, bytes) => sum + bytes.length / CIFAR_RECORD, 0);
  const features = CHANNELS * PLANE;
  const pixels = new Uint8Array(count * features);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const bytes of files) {
    for (let start = 0; start < bytes.length; start += CIFAR_RECORD) {
      labels[image] = bytes[start]!;
      channelsLast(bytes, start + 1, pixels, image * features);
      image++;
    }
  }
  return { name, count, features, shape: [SIDE, SIDE, CHANNELS], classes: 10, pixels, labels };
}

function readRecords(path: string): Uint8Array {
  const bytes = readDataFile(path);
  const over = bytes.length % CIFAR_RECORD;
  if (over !== 0) {
    throw damagedFile(
      path,
      `be whole records of ${CIFAR_RECORD} bytes (CIFAR-10, binary version)`,
      `${bytes.length} bytes, ${over} after the last whole record`,
      "The file is cut off, or it is of another set or version (CIFAR-100 has records of 3074 bytes): fetch it again.",
    );
  }
  const labels = Uint8Array.from({ length: bytes.length / CIFAR_RECORD }, (_, i) => bytes[i * CIFAR_RECORD]!);
  labelClasses(path, labels, 10);
  return bytes;
}

function channelsLast(from: Uint8Array, start: number, to: Uint8Array, offset: number): void {
  for (let channel = 0; channel < CHANNELS; channel++) {
    const plane = start + channel * PLANE;
    for (let i = 0; i < PLANE; i++) to[offset + i * CHANNELS + channel] = from[plane + i]!;
  }
}
