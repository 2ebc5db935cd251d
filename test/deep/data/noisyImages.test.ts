import { describe, expect, test } from "vitest";
import type { ImageSet } from "../../../src/deep/data/imageSet.js";
import type { ImageSpec } from "../../../src/deep/data/imageSpec.js";
import { imageTransferData } from "../../../src/deep/data/imageTransferData.js";
import { noisyImages } from "../../../src/deep/data/noisyImages.js";
import { shuffled } from "../../../src/deep/data/shuffled.js";
import { normalCdf } from "../../../src/numerics/special/normal.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { chiSquareExcess, ksExcess } from "../../helpers/goodnessOfFit.js";

/** 400 grey images of 8 x 8 in two classes: image i is i everywhere (as a byte, modulo 256), its first pixel i / 256. */
const set: ImageSet = {
  name: "a",
  count: 400,
  features: 64,
  shape: [8, 8, 1],
  classes: 2,
  pixels: Uint8Array.from({ length: 400 * 64 }, (_, j) => (j % 64 === 0 ? j / 64 / 256 : Math.floor(j / 64))),
  labels: Uint8Array.from({ length: 400 }, (_, i) => i % 2),
};
const ROWS = [
  [5, 3, 7],
  [2, 9],
];

describe("noise", () => {
  test("none: pixels are byte / 255, each class's images in their order, classes in turn", () => {
    const { labels, inputs, count, classes } = noisyImages(set, ROWS, 0, ["k"]);
    expect([count, classes, ...labels]).toEqual([5, 2, 0, 1, 0, 1, 0]);
    expect([...noisyImages(set, [[1], [2, 4, 6], [3, 5]], 0, ["k"]).labels]).toEqual([0, 1, 2, 1, 2, 1]);
    const expected = [5, 2, 3, 9, 7].map((row) => Math.fround(row / 255));
    expect(expected.map((_, i) => inputs[64 * i + 1])).toEqual(expected);
  });

  test("has the law N(0, sd^2), below 0 and above 1 too", () => {
    const rows = [
      Array.from({ length: 100 }, (_, i) => 2 * i),
      Array.from({ length: 100 }, (_, i) => 2 * i + 1),
    ];
    const clean = noisyImages(set, rows, 0, ["k"]).inputs;
    const noisy = noisyImages(set, rows, 0.5, ["k"]).inputs;
    const noise = Array.from(noisy, (value, j) => value - clean[j]!);
    expect(ksExcess(noise, (x) => normalCdf(x / 0.5))).toBeLessThan(1);
    // The bound is sharp enough to tell a standard deviation of 0.4 apart.
    expect(ksExcess(noise, (x) => normalCdf(x / 0.4))).toBeGreaterThan(1);
    expect(Math.min(...noisy)).toBeLessThan(-0.5);
    expect(Math.max(...noisy)).toBeGreaterThan(1.5);
  });

  test("of an image is a matter of its class and place in it: more images leave it as it is", () => {
    const few = noisyImages(set, ROWS, 1, ["k"]);
    const many = noisyImages(
      set,
      [
        [5, 3, 7, 11],
        [2, 9, 13, 15, 17],
      ],
      1,
      ["k"],
    );
    const image = (data: typeof few, c: number, i: number): Float32Array => {
      const place = [...data.labels.keys()].filter((k) => data.labels[k] === c)[i]!;
      return data.inputs.subarray(64 * place, 64 * place + 64);
    };
    for (const [c, rows] of ROWS.entries()) {
      for (const i of rows.keys()) expect(image(many, c, i)).toEqual(image(few, c, i));
    }
    expect(image(few, 0, 0)[1]! - 5 / 255).not.toBeCloseTo(image(few, 1, 0)[1]! - 2 / 255, 6);
    expect(noisyImages(set, ROWS, 1, ["other"]).inputs).not.toEqual(few.inputs);
  });

  test("source and target have their own, and no two parts the same", () => {
    const spec = (source: number, target: number): ImageSpec => ({
      source: { set: "a", classes: [0, 1], noise: source },
      target: { set: "a", classes: [0, 1], noise: target },
      labeled: 5,
      sourceSamples: 20,
      validation: 10,
      test: 10,
      budgets: [5],
      targetTest: 10,
    });
    const partsOf = (s: number, t: number): Float32Array[] => {
      const { sources, target } = imageTransferData([set], spec(s, t), [1]);
      const { labeled, unlabeled, validation, test } = sources[0]!;
      return [labeled, unlabeled, validation, test, target.training, target.test].map((part) => part.inputs);
    };
    const clean = partsOf(0, 0);
    const sourceOnly = partsOf(0.5, 0);
    const targetOnly = partsOf(0, 2);
    const noise = partsOf(0.5, 2).map((part, k) => Array.from(part, (value, j) => value - clean[k]![j]!));
    for (const k of [0, 1, 2, 3]) {
      expect(targetOnly[k]).toEqual(clean[k]);
      expect(sourceOnly[k]).not.toEqual(clean[k]);
    }
    for (const k of [4, 5]) {
      expect(sourceOnly[k]).toEqual(clean[k]);
      expect(targetOnly[k]).not.toEqual(clean[k]);
    }
    // In units of the standard deviation, the first numbers of all parts differ.
    const first = noise.map((part, k) => (part[1]! / (k < 4 ? 0.5 : 2)).toFixed(4));
    expect(new Set(first).size).toBe(6);
    const spread = (part: readonly number[]): number =>
      Math.sqrt(part.reduce((sum, z) => sum + z * z, 0) / part.length);
    // 640 numbers a part at least: 6 standard errors of the spread are 17 %, false alarms below 1e-8.
    for (const [k, part] of noise.entries()) {
      const sd = k < 4 ? 0.5 : 2;
      expect(Math.abs(spread(part) / sd - 1)).toBeLessThan(0.17);
    }
  });
});

test("every order of a shuffle is equally likely, and all entries stay", () => {
  const rng = keyedStream(["shuffled"]);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled(rng, [10, 20, 30, 40]);
    expect(order.reduce((sum, entry) => sum + entry, 0)).toBe(100);
    counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // False alarms below 1e-8, see chiSquareExcess.
  expect(chiSquareExcess([...counts.values()], new Array(24).fill(1 / 24))).toBeLessThan(1);
  expect(shuffled(rng, [])).toEqual([]);
});
