import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findImageSets, loadImageSet } from "../../../src/deep/data/imageFolder.js";
import { copyImage, imageSetDigest, imageSetOf } from "../../../src/deep/data/imageSet.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { put, putSet, refusal } from "./dataFiles.js";

function folderIn(parent: string, ...parts: string[]): string {
  const path = join(parent, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

const namesIn = (folder: string): string[] => findImageSets(folder).map((set) => set.name);
const DIGITS = Array.from({ length: 10 }, (_, i) => i);

describe("image sets of a folder", () => {
  test("a pair of IDX files is a set of its prefix's name, gzip or plain", () => {
    const folder = scratchFolder();
    putSet(folder, "mnist10k", [0, 1, 1], ".gz");
    putSet(folder, "letters-train", [2, 1]);
    expect(namesIn(folder)).toEqual(["letters-train", "mnist10k"]);
    expect(loadImageSet(folder, "mnist10k")).toMatchObject({ name: "mnist10k", count: 3, classes: 2 });
    expect([...loadImageSet(folder, "letters-train").labels]).toEqual([2, 1]);
  });

  test("the MNIST family's standard names get the name of their folder, as several libraries lay them out", () => {
    const folder = scratchFolder();
    putSet(folderIn(folder, "mnist"), "train", DIGITS);
    putSet(folderIn(folder, "mnist"), "t10k", [9, 8], ".gz");
    putSet(folderIn(folder, "FashionMNIST", "raw"), "train", [0, 1]);
    putSet(folderIn(folder, "kuzushiji_mnist"), "train", [1, 1]);
    expect(namesIn(folder)).toEqual(["fashion-mnist", "kmnist", "mnist", "mnist-test"]);
    expect(loadImageSet(folder, "mnist").count).toBe(10);
    expect([...loadImageSet(folder, "mnist-test").labels]).toEqual([9, 8]);
    // The folder of the set itself will do, and the well-known sets have ten classes though not all are there.
    expect(namesIn(join(folder, "mnist"))).toEqual(["mnist", "mnist-test"]);
    expect(namesIn(join(folder, "FashionMNIST", "raw"))).toEqual(["fashion-mnist"]);
    expect(loadImageSet(folder, "fashion-mnist").classes).toBe(10);
    putSet(join(folder, "mnist"), "t10k", [10, 8], ".gz");
    expect(refusal(() => loadImageSet(folder, "mnist-test")).message).toContain(
      "labels in 0..9, found label 10",
    );
  });

  test("of a plain and a gzip file the plain one is taken; the dotted ending will do", () => {
    const folder = scratchFolder();
    putSet(folder, "a", [0, 1, 2], ".gz");
    putSet(folder, "a", [0, 1]);
    expect(loadImageSet(folder, "a").count).toBe(2);
    expect(findImageSets(folder)).toHaveLength(1);
    const dotted = folderIn(scratchFolder(), "mnist");
    const [images, labels] = putSet(dotted, "x", [0, 1]);
    for (const [path, kind] of [
      [images, "images.idx3"],
      [labels, "labels.idx1"],
    ] as const) {
      writeFileSync(join(dotted, `train-${kind}-ubyte`), "");
      rmSync(path);
    }
    expect(namesIn(dotted)).toEqual(["mnist"]);
  });

  test("CIFAR-10 batches are one set in the order of their numbers, the test batch another", () => {
    const folder = folderIn(scratchFolder(), "cifar-10-batches-bin");
    for (let batch = 1; batch <= 11; batch++)
      put(folder, `data_batch_${batch}.bin`, Buffer.alloc(3073, batch % 10));
    put(folder, "test_batch.bin", Buffer.alloc(2 * 3073, 5));
    const set = loadImageSet(join(folder, ".."), "cifar10");
    expect([...set.labels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(loadImageSet(folder, "cifar10-test").count).toBe(2);
    rmSync(join(folder, "data_batch_3.bin"));
    expect(refusal(() => loadImageSet(folder, "cifar10")).message).toContain("without data_batch_3.bin");
  });

  test("hidden folders, node_modules and what lies deeper are left out; links are followed", () => {
    const folder = scratchFolder();
    putSet(folderIn(folder, ".cache"), "hidden", [0, 1]);
    putSet(folderIn(folder, "node_modules"), "package", [0, 1]);
    putSet(folderIn(folder, "one", "two", "three"), "deep", [0, 1]);
    putSet(folderIn(folder, "one", "two"), "near", [0, 1]);
    const elsewhere = scratchFolder();
    putSet(elsewhere, "linked", [0, 1]);
    symlinkSync(elsewhere, join(folder, "link"));
    expect(namesIn(folder)).toEqual(["linked", "near"]);
    expect(loadImageSet(folder, "linked").count).toBe(2);
  });
});

describe("a set that a folder does not have is refused", () => {
  test("with what it has, the near names and what was looked for", () => {
    const folder = scratchFolder();
    putSet(folder, "mnist10k", [0, 1]);
    putSet(folder, "fashion900", [0, 1]);
    const error = refusal(() => loadImageSet(folder, "mnist-10k"));
    expect(error.code).toBe("bad-input");
    expect(error.message).toBe(`${folder} must have an image set "mnist-10k", found fashion900, mnist10k`);
    expect(error.hint).toContain("Did you mean mnist10k?");
    for (const part of ["mnist-10k-images-idx3-ubyte[.gz]", "data_batch_N.bin", "deep data fetch"]) {
      expect(error.hint).toContain(part);
    }
    expect(refusal(() => loadImageSet(folder, "squares")).hint).not.toContain("Did you mean");
  });

  test("in an empty folder, one with other files, none at all, a file", () => {
    const folder = scratchFolder();
    expect(refusal(() => loadImageSet(folder, "mnist")).message).toContain(
      "no image set (the folder is empty)",
    );
    for (const name of ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"])
      writeFileSync(join(folder, name), "");
    expect(refusal(() => loadImageSet(folder, "mnist")).message).toContain(
      "no image set (but a.txt, b.txt, c.txt, d.txt, e.txt and 1 more)",
    );
    const missing = refusal(() => loadImageSet(join(folder, "none"), "mnist"));
    expect(missing.code).toBe("io");
    expect(missing.message).toContain(join(folder, "none"));
    expect(refusal(() => loadImageSet(join(folder, "a.txt"), "mnist")).code).toBe("io");
  });

  test("when one of the two files is missing, by the name of that file", () => {
    const folder = scratchFolder();
    const [images, labels] = putSet(folder, "a", [0, 1]);
    rmSync(labels);
    expect(refusal(() => loadImageSet(folder, "a")).message).toBe(
      `${folder} must have the whole image set "a", found ${images} without a-labels-idx1-ubyte[.gz]`,
    );
    putSet(folder, "b", [0, 1]);
    rmSync(join(folder, "b-images-idx3-ubyte"));
    expect(refusal(() => loadImageSet(folder, "b")).message).toContain("without b-images-idx3-ubyte[.gz]");
  });

  test("when two folders have one of that name, unless one of them is not whole", () => {
    const folder = scratchFolder();
    const one = folderIn(folder, "one");
    const two = folderIn(folder, "two");
    putSet(one, "a", [0, 1]);
    const [images, labels] = putSet(two, "a", [0, 1]);
    const { message } = refusal(() => loadImageSet(folder, "a"));
    for (const place of [one, two]) expect(message).toContain(place);
    rmSync(labels);
    expect(loadImageSet(folder, "a").count).toBe(2);
    expect(images).toContain(two);
  });
});

test("bytes are scaled to [0, 1], floats stay", () => {
  const [shape, labels] = [[1, 2, 1], Uint8Array.of(0, 1)];
  const rest = { name: "a", count: 2, features: 2, shape, classes: 2, labels };
  const inputs = new Float32Array(5).fill(-1);
  copyImage({ ...rest, pixels: Uint8Array.of(9, 9, 51, 255) }, 1, inputs, 2);
  expect([...inputs]).toEqual([-1, -1, Math.fround(0.2), 1, -1]);
  const floats = { count: 2, features: 2, shape, classes: 2, labels, inputs: Float32Array.of(9, 9, 0.25, 1) };
  copyImage(imageSetOf("a", floats), 1, inputs, 0);
  expect([...inputs]).toEqual([0.25, 1, Math.fround(0.2), 1, -1]);
});

test("the digest of a set changes with a pixel, a label or the shape, not with the packing", () => {
  const folder = scratchFolder();
  putSet(folder, "a", [0, 1, 2]);
  putSet(folder, "b", [0, 1, 2], ".gz");
  const a = loadImageSet(folder, "a");
  expect(imageSetDigest(loadImageSet(folder, "b"))).toBe(imageSetDigest(a));
  const pixels = a.pixels.slice();
  pixels[17]! ^= 1;
  const labels = a.labels.slice();
  labels[2] = 1;
  const others = [{ pixels }, { labels }, { shape: [3, 2, 1] }, { classes: 4 }].map((change) => ({
    ...a,
    ...change,
  }));
  expect(new Set([a, ...others].map(imageSetDigest)).size).toBe(5);
});
