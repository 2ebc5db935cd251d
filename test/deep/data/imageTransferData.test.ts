import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctRows } from "../../../src/deep/data/distinctImages.js";
import type { ImageSet } from "../../../src/deep/data/imageSet.js";
import type { ImageSpec } from "../../../src/deep/data/imageSpec.js";
import { imageTransferData } from "../../../src/deep/data/imageTransferData.js";
import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import type { TransferData } from "../../../src/deep/data/transferData.js";
import { law } from "../../helpers/law.js";
import { refusal } from "./dataFiles.js";

/** A set of images of two pixels: the first is the number of the image, from `start`; `sizes[c]` of class c, classes mixed. */
function tagged(name: string, sizes: readonly number[], start: number = 1): ImageSet {
  const labels: number[] = [];
  for (let turn = 0; turn < Math.max(...sizes); turn++) {
    for (const [c, size] of sizes.entries()) if (turn < size) labels.push(c);
  }
  const count = labels.length;
  const pixels = Float32Array.from({ length: 2 * count }, (_, j) => (j % 2 === 0 ? start + j / 2 : 0.5));
  return {
    name,
    count,
    features: 2,
    shape: [1, 2, 1],
    classes: sizes.length,
    pixels,
    labels: Uint8Array.from(labels),
  };
}

const spec = (changes: Partial<ImageSpec> = {}): ImageSpec => ({
  source: { set: "a", classes: [0, 1], noise: 0 },
  target: { set: "a", classes: [2, 3], noise: 0 },
  labeled: 3,
  sourceSamples: "all",
  validation: 4,
  test: 6,
  budgets: [2, 5],
  targetTest: 7,
  ...changes,
});

const partsOf = ({ sources: [task], target }: TransferData): Record<string, LabeledData> => ({
  labeled: task!.labeled,
  unlabeled: task!.unlabeled,
  validation: task!.validation,
  test: task!.test,
  targetTraining: target.training,
  targetTest: target.test,
});

/** The numbers of the images of a part, and those of one class of it, in their order. */
const tagsOf = ({ inputs, count }: LabeledData): number[] =>
  Array.from({ length: count }, (_, i) => inputs[2 * i]!);
const tagsOfClass = (data: LabeledData, c: number): number[] =>
  tagsOf(data).filter((_, i) => data.labels[i] === c);
const countsOf = (data: LabeledData): number[] =>
  Array.from({ length: data.classes }, (_, c) => tagsOfClass(data, c).length);
const allTags = (data: TransferData): number[] => Object.values(partsOf(data)).flatMap(tagsOf);

const sharesOf = (total: number, k: number): number[] =>
  Array.from({ length: k }, (_, c) => Math.max(0, Math.ceil((total - c) / k)));

const arbitrarySpec = fc.record({
  sizes: fc.array(fc.integer({ min: 12, max: 30 }), { minLength: 5, maxLength: 5 }),
  source: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2, maxLength: 3 }),
  target: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2, maxLength: 3 }),
  labeled: fc.integer({ min: 1, max: 3 }),
  more: fc.option(fc.integer({ min: 0, max: 7 })),
  validation: fc.integer({ min: 0, max: 5 }),
  test: fc.integer({ min: 3, max: 8 }),
  budgets: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  targetTest: fc.integer({ min: 3, max: 8 }),
  seed: fc.integer(),
});

describe("images as a transfer problem", () => {
  test("where the sizes can be: no image in two places, every part of its classes, in exact numbers, a key its bytes", () => {
    let met = 0;
    law(
      arbitrarySpec,
      ({ sizes, source, target, labeled, more, validation, test, budgets, targetTest, seed }) => {
        const set = tagged("a", sizes);
        const asked: ImageSpec = {
          source: { set: "a", classes: source, noise: 0 },
          target: { set: "a", classes: target, noise: 0 },
          labeled,
          sourceSamples: more === null ? "all" : labeled * source.length + more,
          validation,
          test,
          budgets,
          targetTest,
        };
        const most = Math.max(...budgets);
        // What a class must have, counted another way than the code does.
        const need = sizes.map(() => 0);
        for (const [i, c] of source.entries()) {
          need[c]! += sharesOf(test, source.length)[i]! + sharesOf(validation, source.length)[i]! + labeled;
          if (more !== null) need[c]! += sharesOf(more, source.length)[i]!;
        }
        for (const [i, c] of target.entries()) need[c]! += sharesOf(targetTest, target.length)[i]! + most;
        if (need.some((count, c) => count > sizes[c]!)) {
          expect(refusal(() => imageTransferData([set], asked, [seed])).message).toContain(
            "different images",
          );
          return;
        }
        met++;
        const data = imageTransferData([set], asked, [seed]);
        const parts = partsOf(data);
        expect(new Set(allTags(data)).size).toBe(allTags(data).length);
        for (const [name, part] of Object.entries(parts)) {
          const classes = name.startsWith("target") ? target : source;
          expect(part).toMatchObject({ features: 2, shape: [1, 2, 1], classes: classes.length });
          expect([...part.labels].map((c) => classes[c])).toEqual(
            tagsOf(part).map((tag) => set.labels[tag - 1]),
          );
          expect(part.inputs).toHaveLength(2 * part.count);
          expect(part.inputs.every((value, j) => j % 2 === 0 || value === 0.5)).toBe(true);
        }
        expect(countsOf(parts.labeled!)).toEqual(source.map(() => labeled));
        expect(countsOf(parts.validation!)).toEqual(sharesOf(validation, source.length));
        expect(countsOf(parts.test!)).toEqual(sharesOf(test, source.length));
        expect(countsOf(parts.targetTraining!)).toEqual(target.map(() => most));
        expect(countsOf(parts.targetTest!)).toEqual(sharesOf(targetTest, target.length));
        const unlabeled =
          more === null ? source.map((c) => sizes[c]! - need[c]!) : sharesOf(more, source.length);
        expect(countsOf(parts.unlabeled!)).toEqual(unlabeled);
        expect(imageTransferData([set], asked, [seed])).toEqual(data);
      },
      120,
    );
    expect(met).toBeGreaterThan(60);
  });

  test('all that the target\'s training leaves is its test, where that is "all"', () => {
    const set = tagged("a", [20, 20, 20, 25]);
    const { target } = imageTransferData([set], spec({ targetTest: "all" }), [1]);
    expect(countsOf(target.test)).toEqual([15, 20]);
    const shared = spec({
      target: { set: "a", classes: [1, 2], noise: 0 },
      sourceSamples: 12,
      targetTest: "all",
    });
    const data = imageTransferData([set], shared, [1]);
    // Class 1 gives 3 to the test, 2 to validation, 6 to training, 5 to the target's training.
    expect(countsOf(data.target.test)).toEqual([4, 15]);
    expect(new Set(allTags(data)).size).toBe(allTags(data).length);
  });

  test("classes take turns in every part, for as long as they have images", () => {
    const { sources, target } = imageTransferData([tagged("a", [14, 30, 20, 20])], spec(), [2]);
    const turns = [...sources[0]!.unlabeled.labels];
    expect(turns.slice(0, 12)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(turns.slice(12)).toEqual(new Array(turns.length - 12).fill(1));
    expect([...target.training.labels]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  test("another key deals other images to every part", () => {
    const set = tagged("a", [200, 200, 200, 200]);
    const [one, two] = [1, 2].map((seed) => partsOf(imageTransferData([set], spec(), [seed])));
    for (const name of Object.keys(one!)) expect(tagsOf(one![name]!)).not.toEqual(tagsOf(two![name]!));
    // The shuffle is of the set's name and class too: not the same places of two classes.
    const [first, second] = [0, 1].map((c) =>
      tagsOfClass(one!.unlabeled!, c).map((tag) => Math.floor((tag - 1) / 4)),
    );
    expect(first).not.toEqual(second);
  });

  test("larger sizes keep the images of smaller ones, and leave the tests alone", () => {
    const set = tagged("a", [60, 60, 60, 60]);
    const shared = {
      source: { set: "a", classes: [0, 1], noise: 1 },
      target: { set: "a", classes: [1, 2], noise: 1 },
    };
    const base = partsOf(imageTransferData([set], spec({ ...shared, sourceSamples: 20 }), [3]));
    const begins = (longer: LabeledData, shorter: LabeledData): void => {
      for (let c = 0; c < 2; c++) {
        const start = tagsOfClass(longer, c).slice(0, tagsOfClass(shorter, c).length);
        expect(start).toEqual(tagsOfClass(shorter, c));
      }
    };
    const more = partsOf(
      imageTransferData([set], spec({ ...shared, labeled: 8, sourceSamples: 40, budgets: [12, 2] }), [3]),
    );
    begins(more.labeled!, base.labeled!);
    begins(more.targetTraining!, base.targetTraining!);
    for (const name of ["validation", "test", "targetTest"]) expect(more[name]).toEqual(base[name]);
    // With the same total, what is labelled is a matter of where the line is drawn.
    const line = partsOf(imageTransferData([set], spec({ ...shared, labeled: 6, sourceSamples: 20 }), [3]));
    expect([...tagsOf(line.labeled!), ...tagsOf(line.unlabeled!)]).toEqual([
      ...tagsOf(base.labeled!),
      ...tagsOf(base.unlabeled!),
    ]);
  });
});

describe("two sets", () => {
  test("each side takes its own", () => {
    const a = tagged("a", [20, 20]);
    const b = tagged("b", [20, 20, 20], 1001);
    const between = spec({ target: { set: "b", classes: [2, 0], noise: 0 } });
    const { labeled, unlabeled, validation, test, ...target } = partsOf(
      imageTransferData([b, a], between, [1]),
    );
    for (const part of [labeled, unlabeled, validation, test])
      expect(Math.max(...tagsOf(part!))).toBeLessThan(1000);
    for (const part of Object.values(target)) expect(Math.min(...tagsOf(part))).toBeGreaterThan(1000);
  });

  test("a picture that a set has twice is there once, under whatever label", () => {
    const twice = tagged("a", [40, 40]);
    const pixels = twice.pixels.slice();
    // Images i and i + 40 are one picture; so is image 1 of class 1 that of image 0 of class 0.
    for (let i = 0; i < 40; i++) pixels[2 * (i + 40)] = pixels[2 * i]!;
    pixels[2] = pixels[0]!;
    const b = tagged("b", [20, 20], 1001);
    const between = spec({ target: { set: "b", classes: [0, 1], noise: 0 } });
    const { sources } = imageTransferData([{ ...twice, pixels }, b], between, [1]);
    const tags = [
      sources[0]!.labeled,
      sources[0]!.unlabeled,
      sources[0]!.validation,
      sources[0]!.test,
    ].flatMap(tagsOf);
    // Image 42 shows what image 2 showed before.
    expect([...tags].sort((x, y) => x - y)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  test("pictures of one hash are told apart", () => {
    // Two words that FNV-1a sends to one 32-bit hash, as pictures of nine bytes; the other pictures are their own number.
    const pixels = Uint8Array.from({ length: 42 * 9 }, (_, j) => Math.floor(j / 9));
    pixels.set(Buffer.from("declinate"), 0);
    pixels.set(Buffer.from("macallums"), 18);
    const labels = Uint8Array.from({ length: 42 }, (_, i) => i % 2);
    const set: ImageSet = { name: "a", count: 42, features: 9, shape: [3, 3, 1], classes: 2, pixels, labels };
    expect(distinctRows(set, 0)).toEqual(Array.from({ length: 21 }, (_, i) => 2 * i));
    expect(distinctRows({ ...set, pixels: pixels.slice().fill(0, 0, 27) }, 0)).toHaveLength(20);
    const other: ImageSet = { ...set, pixels: Uint8Array.from(Buffer.from("declinate")), count: 1 };
    expect(distinctRows(set, 0, { set: other, classes: [0] })).toEqual(
      Array.from({ length: 20 }, (_, i) => 2 * i + 2),
    );
  });

  test("a picture of the source's classes that the target's set has too is left to the source, others stay", () => {
    // b has the pictures of a, with its own labels: class 0 of a is class 1 of b, and so on.
    const a = tagged("a", [20, 20, 20]);
    const b: ImageSet = { ...tagged("b", [20, 20, 20]), labels: a.labels.map((c) => (c + 1) % 3) };
    const between = (classes: readonly number[]): ImageSpec =>
      spec({
        source: { set: "a", classes: [0, 1], noise: 0 },
        target: { set: "b", classes, noise: 0 },
        budgets: [1],
        targetTest: 2,
      });
    expect(refusal(() => imageTransferData([a, b], between([1, 0]), [1])).message).toBe(
      'class 1 of "b" must have at least 2 different images (targetTest 1 + budgets 1), it has 0',
    );
    expect(refusal(() => imageTransferData([a, b], between([0, 2]), [1])).message).toContain(
      'class 2 of "b"',
    );
    // From image 31 on, b calls everything 0: what is left of its classes 0 and 1 is what a calls 0.
    const mixed: ImageSet = { ...b, labels: b.labels.map((c, i) => (i < 30 ? c : 0)) };
    const apart = {
      ...between([0, 1]),
      source: { set: "a", classes: [1, 2], noise: 0 },
      targetTest: "all" as const,
    };
    const data = imageTransferData([a, mixed], apart, [1]);
    expect(new Set(allTags(data)).size).toBe(allTags(data).length);
    expect(countsOf(data.target.test)).toEqual([9, 9]);
    for (const tag of tagsOf(data.target.test)) expect(a.labels[tag - 1]).toBe(0);
  });

  test("the same pixels as bytes and as floats count as different: files and pictures made by code have none in common", () => {
    const a = tagged("a", [20, 20]);
    const b: ImageSet = { ...a, name: "b", pixels: new Uint8Array(2 * a.count).map((_, j) => a.pixels[j]!) };
    const between = spec({ target: { set: "b", classes: [0, 1], noise: 0 }, targetTest: "all" });
    expect(imageTransferData([a, b], between, [1]).target.test.count).toBe(30);
  });
});
