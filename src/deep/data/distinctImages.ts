import type { ImageSet } from "./imageSet.js";

/** The images of a set by the hash of their pixels. */
type Index = ReadonlyMap<number, readonly number[]>;

const indices = new WeakMap<ImageSet, Index>();

/**
 * The rows of a class without those whose pixels an earlier image of the set has (under whatever label), in the order of the set, so
 * that no picture can be both learnt from and tested on. With `besides`, nor those whose pixels an image of `classes` of that
 * other set has.
 *
 * Cost: one pass over the pixels of a set, once.
 */
export function distinctRows(
  set: ImageSet,
  label: number,
  besides: { readonly set: ImageSet; readonly classes: readonly number[] } | null = null,
): number[] {
  const index = indexOf(set);
  const rows: number[] = [];
  for (let row = 0; row < set.count; row++) {
    if (set.labels[row] !== label) continue;
    const hash = hashOf(set, row);
    if (index.get(hash)!.some((other) => other < row && samePixels(set, row, set, other))) continue;
    if (besides !== null && alsoIn(besides.set, besides.classes, set, row, hash)) continue;
    rows.push(row);
  }
  return rows;
}

function alsoIn(
  other: ImageSet,
  classes: readonly number[],
  set: ImageSet,
  row: number,
  hash: number,
): boolean {
  // Bytes and floats are not compared: files and pictures made by code have none in common.
  if (other.pixels.BYTES_PER_ELEMENT !== set.pixels.BYTES_PER_ELEMENT) return false;
  const rows = indexOf(other).get(hash) ?? [];
  return rows.some((r) => classes.includes(other.labels[r]!) && samePixels(set, row, other, r));
}

function indexOf(set: ImageSet): Index {
  let index = indices.get(set) as Map<number, number[]> | undefined;
  if (index === undefined) {
    index = new Map();
    for (let row = 0; row < set.count; row++) {
      const hash = hashOf(set, row);
      const rows = index.get(hash);
      if (rows === undefined) index.set(hash, [row]);
      else rows.push(row);
    }
    indices.set(set, index);
  }
  return index;
}

function bytesOf(set: ImageSet, row: number): Uint8Array {
  const { pixels, features } = set;
  const size = pixels.BYTES_PER_ELEMENT * features;
  return new Uint8Array(pixels.buffer, pixels.byteOffset + row * size, size);
}

/** FNV-1a in 32 bits; images of one hash are compared, so a collision costs time and nothing else. */
function hashOf(set: ImageSet, row: number): number {
  let hash = 0x811c9dc5;
  for (const byte of bytesOf(set, row)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function samePixels(a: ImageSet, rowOfA: number, b: ImageSet, rowOfB: number): boolean {
  if (a.features !== b.features) return false;
  const [first, second] = [bytesOf(a, rowOfA), bytesOf(b, rowOfB)];
  for (let i = 0; i < first.length; i++) if (first[i] !== second[i]) return false;
  return true;
}
