import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";

/** An IDX file: 0, 0, type, number of dimensions, sizes (big-endian), content. */
export function idxBytes(sizes: readonly number[], content: ArrayLike<number>, type: number = 8): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.set([0, 0, type, sizes.length]);
  for (const [d, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * d);
  return Buffer.concat([header, Uint8Array.from(content)]);
}

/** Writes `bytes` as a file of a folder, gzip when the name says so; returns its path. */
export function put(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(bytes) : bytes);
  return path;
}

/** Writes a small set of 2 x 3 images, `labels.length` of them, pixel j of image i being 10 i + j. */
export function putSet(
  folder: string,
  prefix: string,
  labels: readonly number[],
  ending: string = "",
): [string, string] {
  const pixels = labels.flatMap((_, i) => Array.from({ length: 6 }, (_, j) => 10 * i + j));
  return [
    put(folder, `${prefix}-images-idx3-ubyte${ending}`, idxBytes([labels.length, 2, 3], pixels)),
    put(folder, `${prefix}-labels-idx1-ubyte${ending}`, idxBytes([labels.length], labels)),
  ];
}

/** The error of an action that must refuse: an AdvTransferError with a way out. */
export function refusal(action: () => unknown): AdvTransferError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    const refused = error as AdvTransferError;
    expect(refused.hint).toBeTruthy();
    return refused;
  }
  throw new Error("nothing was refused");
}

/** A tar archive (ustar) of files given as name and content, with its two empty blocks at the end. */
export function tarBytes(
  members: readonly (readonly [name: string, content: string | Uint8Array])[],
): Buffer {
  const blocks = members.flatMap(([name, content]) => {
    const bytes = Buffer.from(content as Uint8Array);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write(" ".repeat(8), 148);
    header.write("0", 156);
    header.write("ustar\u000000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
