import { describe, expect, test } from "vitest";
import { dealImages, evenShares } from "../../../src/deep/data/dealImages.js";
import type { ImageSet } from "../../../src/deep/data/imageSet.js";
import { checkImageSpec, type ImageSpec } from "../../../src/deep/data/imageSpec.js";
import { imageTransferData } from "../../../src/deep/data/imageTransferData.js";
import { refusal } from "./dataFiles.js";

const set = (name: string, changes: Partial<ImageSet> = {}): ImageSet => ({
  name,
  count: 60,
  features: 1,
  shape: [1, 1, 1],
  classes: 3,
  pixels: Float32Array.from({ length: 60 }, (_, i) => i),
  labels: Uint8Array.from({ length: 60 }, (_, i) => i % 3),
  ...changes,
});
const GOOD: ImageSpec = {
  source: { set: "digits", classes: [0, 1], noise: 0 },
  target: { set: "digits", classes: [1, 2], noise: 0.5 },
  labeled: 2,
  sourceSamples: "all",
  validation: 0,
  test: 4,
  budgets: [1, 3],
  targetTest: 4,
};
const SETS = [set("digits"), set("wide", { shape: [1, 2, 1], features: 2, count: 30 })];

describe("a spec that cannot be is refused by the name of its parameter", () => {
  const source = (changes: object): object => ({ source: { ...GOOD.source, ...changes } });
  const target = (changes: object): object => ({ target: { ...GOOD.target, ...changes } });
  const cases: readonly [object, string][] = [
    [source({ set: "digit" }), 'source.set must be digits or wide, received "digit"'],
    [target({ set: "x" }), 'target.set must be digits or wide, received "x"'],
    [
      target({ set: "wide" }),
      'target.set must be of images of the source\'s shape, 1 x 1 x 1, received "1 x 2 x 1"',
    ],
    [source({ classes: [0, 3] }), "source.classes must be at least two labels in 0..2, received [0,3]"],
    [source({ classes: [0, -1] }), "source.classes must be at least two labels in 0..2"],
    [source({ classes: [0, 0.5] }), "source.classes must be at least two labels in 0..2"],
    [source({ classes: [1] }), "source.classes must be at least two labels in 0..2"],
    [source({ classes: "01" }), "source.classes must be at least two labels in 0..2"],
    [target({ classes: [1, 2, 1] }), "target.classes must be labels without repetition, received [1,2,1]"],
    [source({ noise: -0.1 }), "source.noise must be a finite number >= 0, received -0.1"],
    [target({ noise: Number.NaN }), "target.noise must be a finite number >= 0, received NaN"],
    [{ labeled: 0 }, "labeled must be an integer >= 1, received 0"],
    [{ labeled: 1.5 }, "labeled must be an integer >= 1"],
    [{ validation: -1 }, "validation must be an integer >= 0"],
    [{ test: 1 }, "test must be an integer >= 2, received 1"],
    [{ sourceSamples: 3 }, 'sourceSamples must be "all" or an integer >= labeled x classes = 4, received 3'],
    [{ sourceSamples: "some" }, 'sourceSamples must be "all" or an integer'],
    [{ budgets: [] }, "budgets must be a list of at least one integer, received []"],
    [{ budgets: 5 }, "budgets must be a list of at least one integer"],
    [{ budgets: [3, 0] }, "budgets[1] must be an integer >= 1, received 0"],
    [{ targetTest: 1 }, "targetTest must be an integer >= 2, received 1"],
  ];
  test.each(cases)("%j", (changes, message) => {
    const error = messageOf(() => imageTransferData(SETS, { ...GOOD, ...changes } as ImageSpec, [1]));
    expect(error).toContain(message);
  });

  test("and a good one is not", () => {
    expect(() => checkImageSpec(SETS, GOOD)).not.toThrow();
    expect(imageTransferData(SETS, GOOD, [1]).basis).toBeNull();
    expect(refusal(() => checkImageSpec([], GOOD)).message).toContain("there is none");
    expect(
      refusal(() => checkImageSpec(SETS, { ...GOOD, source: { ...GOOD.source, set: "digit" } })).hint,
    ).toBe("Did you mean digits?");
  });
});

/** Guards of numbers have no hint of their own: their message has the range. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe("dealing the images of a class", () => {
  const demand = {
    sourceTest: 2,
    validation: 1,
    targetTest: 3,
    sourceTraining: "all",
    labeled: 2,
    targetTraining: 4,
  } as const;
  const rows = Array.from({ length: 12 }, (_, i) => i);

  test("is enough with exactly what is asked for, and not with one fewer: the class, the parts and the number are said", () => {
    expect(dealImages(rows, demand, "class 5")).toEqual({
      sourceTest: [0, 1],
      validation: [2],
      targetTest: [3, 4, 5],
      sourceTraining: [6, 7],
      targetTraining: [11, 10, 9, 8],
    });
    const error = refusal(() => dealImages(rows.slice(1), demand, 'class 5 of "mnist10k"'));
    expect(error.code).toBe("bad-input");
    expect(error.message).toBe(
      'class 5 of "mnist10k" must have at least 12 different images (test 2 + validation 1 + labeled 2 + targetTest 3 + budgets 4), it has 11',
    );
    expect(refusal(() => dealImages(rows, { ...demand, sourceTraining: 3 }, "class 5")).message).toContain(
      "at least 13 different images (test 2 + validation 1 + sourceSamples 3 +",
    );
  });

  test("all can be left to one part of a class, not to two", () => {
    const tests = dealImages(rows, { ...demand, sourceTraining: 3, targetTest: "all" }, "class 5");
    expect(tests.targetTest).toEqual([6, 7]);
    expect(tests.sourceTraining).toEqual([3, 4, 5]);
    const none = { ...demand, sourceTraining: 5, targetTest: "all" } as const;
    expect(refusal(() => dealImages(rows, none, "class 5")).message).toContain("at least 13");
    const both = { ...demand, targetTest: "all" } as const;
    expect(refusal(() => dealImages(rows, both, "class 5")).message).toBe(
      'sourceSamples and targetTest must not both be "all" where source and target share class 5',
    );
  });

  test("even shares differ by one at most, and add up", () => {
    for (let total = 0; total < 20; total++) {
      for (let k = 1; k < 6; k++) {
        const shares = evenShares(total, k);
        expect(shares).toHaveLength(k);
        expect(shares.reduce((sum, share) => sum + share)).toBe(total);
        expect(shares[0]! - shares[k - 1]!).toBeLessThanOrEqual(1);
        expect([...shares].sort((a, b) => b - a)).toEqual(shares);
      }
    }
  });
});
