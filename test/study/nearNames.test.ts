import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearNames, orList } from "../../src/study/nearNames.js";

describe("editDistance", () => {
  test.each([
    ["", "", 0],
    ["rank", "rank", 0],
    ["rank", "rnk", 1],
    ["rank", "rakn", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("%j to %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test("always symmetric, at most the longer length, and 0 only for equal texts", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("nearNames", () => {
  test("finds the nearest first, by case and punctuation too, and nothing that is far", () => {
    expect(nearNames("labelled", ["rank", "unlabeled", "labeled"])).toEqual(["labeled"]);
    expect(nearNames("task", ["rank", "mask", "tasks"])).toEqual(["mask", "tasks"]);
    expect(nearNames("radiuss", ["radios", "radius"])).toEqual(["radius", "radios"]);
    expect(nearNames("Pseudo-labels", ["pseudoLabels"])).toEqual(["pseudoLabels"]);
    expect(nearNames("zzz", ["rank", "tasks"])).toEqual([]);
  });

  test("orList reads as a sentence", () => {
    expect([orList([]), orList(["a"]), orList(["a", "b"]), orList(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a or b",
      "a, b or c",
    ]);
  });
});
