import { createHash } from "node:crypto";
import type { LabeledData } from "./labeledData.js";

/**
 * A set of images as it is kept: `count x features` pixels, row-major, an image of the given `shape` (`[height, width, channels]`,
 * channels last) a row; bytes mean byte / 255, floats mean themselves. Bytes take a quarter of the memory that a training needs
 * for the images that it uses. Labels are in `0..classes-1`.
 */
export interface ImageSet {
  readonly name: string;
  readonly count: number;
  readonly features: number;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly pixels: Uint8Array | Float32Array;
  readonly labels: Uint8Array;
}

/** Images in memory as a set, by reference. */
export function imageSetOf(name: string, data: LabeledData): ImageSet {
  const { count, features, shape, classes, inputs, labels } = data;
  return { name, count, features, shape, classes, pixels: inputs, labels };
}

/** Writes one image, scaled to [0, 1], to `inputs` from `offset` on. */
export function copyImage(set: ImageSet, row: number, inputs: Float32Array, offset: number): void {
  const { features, pixels } = set;
  const start = row * features;
  const scale = pixels instanceof Uint8Array ? 255 : 1;
  for (let j = 0; j < features; j++) inputs[offset + j] = pixels[start + j]! / scale;
}

/**
 * What a set holds, as 16 hexadecimal digits of a SHA-256 over its shape, pixels and labels: equal for equal images, whatever
 * their files are called and however they are packed. Cost: about 0.2 s for 100 MB.
 */
export function imageSetDigest(set: ImageSet): string {
  const { pixels, labels } = set;
  const hash = createHash("sha256").update(JSON.stringify([set.count, set.shape, set.classes]));
  hash.update(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)).update(labels);
  return hash.digest("hex").slice(0, 16);
}
