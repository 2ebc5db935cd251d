import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDataFile } from "../../../src/deep/data/dataFile.js";
import { readIdxImages, readIdxLabels, readIdxSet } from "../../../src/deep/data/idx.js";
import { law } from "../../helpers/law.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { idxBytes, put, putSet, refusal } from "./dataFiles.js";

const IMAGES = "a-images-idx3-ubyte";
const LABELS = "a-labels-idx1-ubyte";

/** What is said of a file with these bytes, as images. */
function said(bytes: Uint8Array, name: string = IMAGES): string {
  const path = put(scratchFolder(), name, bytes);
  const error = refusal(() => readIdxImages(path));
  expect(error.code).toBe("bad-input");
  expect(error.message.startsWith(`${path} must `)).toBe(true);
  return error.message.slice(path.length + 1);
}

describe("IDX", () => {
  test("what was written is read, plain and gzip, whatever the sizes", () => {
    const folder = scratchFolder();
    const image = fc.record({
      sizes: fc.tuple(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 7 }),
      ),
      seed: fc.integer({ min: 0, max: 255 }),
      ending: fc.constantFrom("", ".gz"),
    });
    law(
      image,
      ({ sizes: [count, height, width], seed, ending }) => {
        const content = Array.from({ length: count * height * width }, (_, i) => (seed + 37 * i) % 256);
        const path = put(folder, `${IMAGES}${ending}`, idxBytes([count, height, width], content));
        const { pixels, ...sizes } = readIdxImages(path);
        expect(sizes).toEqual({ count, height, width });
        expect([...pixels]).toEqual(content);
      },
      25,
    );
  });

  test("gzip is told by its first bytes, not by the name", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, LABELS), gzipSync(idxBytes([3], [0, 2, 1])));
    expect([...readIdxLabels(join(folder, LABELS))]).toEqual([0, 2, 1]);
    writeFileSync(join(folder, `${LABELS}.gz`), idxBytes([3], [0, 2, 1]));
    expect([...readIdxLabels(join(folder, `${LABELS}.gz`))]).toEqual([0, 2, 1]);
  });

  test("sizes above 16 bits are read whole", () => {
    const path = put(scratchFolder(), LABELS, idxBytes([70_001], new Uint8Array(70_001).fill(1)));
    expect(readIdxLabels(path)).toHaveLength(70_001);
  });

  test("a set has its images' shape, with one channel, and the classes that are known or its labels show", () => {
    const [images, labels] = putSet(scratchFolder(), "a", [0, 2, 1, 2]);
    const set = readIdxSet("a", images, labels);
    expect(set).toMatchObject({ name: "a", count: 4, features: 6, shape: [2, 3, 1], classes: 3 });
    expect([...set.labels]).toEqual([0, 2, 1, 2]);
    expect([...set.pixels.subarray(18)]).toEqual([30, 31, 32, 33, 34, 35]);
    expect(readIdxSet("a", images, labels, 10).classes).toBe(10);
  });
});

describe("a bad IDX file is refused, and what it is is said", () => {
  const good = idxBytes([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);

  test("no file, a folder: io", () => {
    const folder = scratchFolder();
    const error = refusal(() => readIdxImages(join(folder, IMAGES)));
    expect(error.code).toBe("io");
    expect(error.message).toContain(join(folder, IMAGES));
    mkdirSync(join(folder, IMAGES));
    expect(refusal(() => readIdxImages(join(folder, IMAGES))).message).toContain("it is a folder");
  });

  test("empty, plain and in gzip", () => {
    expect(said(Buffer.alloc(0))).toBe("must have content, found an empty file");
    expect(said(Buffer.alloc(0), `${IMAGES}.gz`)).toBe("must have content, found an empty file in gzip");
  });

  test("every shorter file is truncated, every longer one has too much, in bytes", () => {
    for (let length = 1; length < good.length; length++) {
      const text = said(good.subarray(0, length));
      if (length < 16) expect(text).toMatch(new RegExp(`found ${length} bytes$`));
      else
        expect(text).toBe(
          `must have 8 bytes after its header, for 2 images of 2 x 2, found ${length - 16} bytes (${24 - length} missing)`,
        );
    }
    expect(said(Buffer.concat([good, Buffer.alloc(3)]))).toContain("found 11 bytes (3 too many)");
  });

  test("another magic number: labels, other dimensions, other types, no IDX, a web page", () => {
    const wanted = "must start with the IDX magic number 0x00000803 of images, found";
    expect(said(idxBytes([2], [0, 1]))).toBe(`${wanted} 0x00000801, labels`);
    expect(said(idxBytes([1, 1, 1, 1], [0]))).toBe(`${wanted} 0x00000804, data of 4 dimensions`);
    expect(said(idxBytes([1, 1], [0]))).toBe(`${wanted} 0x00000802, data of 2 dimensions`);
    expect(said(idxBytes([1, 1, 1], [0, 0, 0, 0], 13))).toBe(`${wanted} 0x00000d03, 32-bit floats`);
    expect(said(Buffer.from("\x89PNG, no IDX", "latin1"))).toBe(`${wanted} 0x89504e47`);
    expect(said(Buffer.from([0, 0, 7, 3, 0, 0, 0, 0]))).toBe(`${wanted} 0x00000703`);
    const swapped = put(scratchFolder(), IMAGES, idxBytes([2], [0, 1]));
    expect(refusal(() => readIdxImages(swapped)).hint).toContain("swapped");
    const page = put(scratchFolder(), IMAGES, Buffer.from("<!doctype html><title>404</title>"));
    expect(refusal(() => readIdxImages(page)).hint).toContain("web page");
    const images = put(scratchFolder(), LABELS, good);
    expect(refusal(() => readIdxLabels(images)).message).toContain(
      "0x00000801 of labels, found 0x00000803, images",
    );
  });

  test("no images, or images without pixels", () => {
    for (const sizes of [
      [0, 2, 2],
      [2, 0, 2],
      [2, 2, 0],
    ]) {
      expect(said(idxBytes(sizes, []))).toBe(
        `must have images, found ${sizes[0]} images of ${sizes[1]} x ${sizes[2]}`,
      );
    }
  });

  test("sizes that no file has are no reason to run out of memory", () => {
    expect(said(idxBytes([0xffffffff, 0xffffffff, 0xffffffff], [1]))).toContain("missing");
  });

  test("damaged gzip: cut off, a changed byte, something behind it, gzip twice, more than allowed", () => {
    const packed = gzipSync(good);
    const folder = scratchFolder();
    const raw = (bytes: Uint8Array): string => {
      writeFileSync(join(folder, IMAGES), bytes);
      return refusal(() => readIdxImages(join(folder, IMAGES))).message;
    };
    for (const length of [2, 10, packed.length - 9, packed.length - 1]) {
      expect(raw(packed.subarray(0, length))).toContain("must be whole gzip data, found damage");
    }
    const changed = Buffer.from(packed);
    changed[changed.length - 6]! ^= 1;
    expect(raw(changed)).toContain("must be whole gzip data, found damage");
    expect(raw(Buffer.concat([packed, Buffer.from("more")]))).toContain("must be whole gzip data");
    expect(raw(Buffer.concat([packed, packed]))).toContain("too many");
    expect(raw(gzipSync(packed))).toContain("gzip within gzip");
    writeFileSync(join(folder, IMAGES), gzipSync(Buffer.alloc(10_000)));
    const error = refusal(() => readDataFile(join(folder, IMAGES), 9_999));
    expect(error.message).toContain("must unpack to at most 9999 bytes, found more");
    expect(readDataFile(join(folder, IMAGES), 10_000)).toHaveLength(10_000);
  });
});

describe("images and labels that do not fit are refused", () => {
  test("another number of labels than of images, both files named", () => {
    const folder = scratchFolder();
    const [images] = putSet(folder, "a", [0, 1, 0]);
    for (const count of [2, 4]) {
      const labels = put(folder, "b-labels-idx1-ubyte", idxBytes([count], new Uint8Array(count)));
      expect(refusal(() => readIdxSet("a", images, labels)).message).toBe(
        `${labels} must have a label for each of the 3 images of ${images}, found ${count} labels`,
      );
    }
  });

  test("a label outside the known classes, with its place", () => {
    const [images, labels] = putSet(scratchFolder(), "a", [0, 9, 10, 11]);
    expect(refusal(() => readIdxSet("a", images, labels, 10)).message).toBe(
      `${labels} must have labels in 0..9, found label 10 at index 2`,
    );
  });

  test("with unknown classes, a gap in the labels; none below the smallest", () => {
    const [images, labels] = putSet(scratchFolder(), "a", [1, 2, 77, 4]);
    expect(refusal(() => readIdxSet("a", images, labels)).message).toBe(
      `${labels} must have labels without gaps, found label 4 at index 3, but no label 3`,
    );
    const [others, fromFive] = putSet(scratchFolder(), "b", [7, 5, 6]);
    expect(readIdxSet("b", others, fromFive).classes).toBe(8);
    const [whole, all] = putSet(
      scratchFolder(),
      "c",
      Array.from({ length: 256 }, (_, i) => i),
    );
    expect(readIdxSet("c", whole, all).classes).toBe(256);
  });
});
