import { expect, test } from "vitest";
import { normalVector, randomSubset, unitVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { handFed } from "../handFed.js";

test("a normal vector takes its length of the stream, and not one number more", () => {
  const rng = handFed([], [3, 1, 4, 1]);
  expect([...normalVector(rng, 3)]).toEqual([3, 1, 4]);
  expect(rng.left()).toEqual([0, 1]);
});

test("a unit vector has the direction of the first normal vector that is not zero", () => {
  const rng = handFed([], [0, 0, 3, -4]);
  const [x, y] = unitVector(rng, 2);
  expect(x).toBeCloseTo(0.6, 15);
  expect(y).toBeCloseTo(-0.8, 15);
});

test("Floyd's subset on given numbers: a pick that is taken is replaced by the largest index so far", () => {
  // Of {0 .. 5}, three: picks below 4, 5, 6 from 0.99, 0.6 and 0.5 are 3, 3 (taken: 4 instead), 3 (taken: 5 instead).
  expect(randomSubset(handFed([0.99, 0.6, 0.5]), 6, 3)).toEqual([3, 4, 5]);
  expect(randomSubset(handFed([0.99, 0.1, 0.4]), 6, 3)).toEqual([0, 2, 3]);
  // Every index can be picked, the last included.
  expect(randomSubset(handFed([0.999]), 7, 1)).toEqual([6]);
  expect(randomSubset(handFed([0]), 7, 1)).toEqual([0]);
});

test("a subset is in increasing order of numbers, also beyond ten", () => {
  for (let i = 0; i < 20; i++) {
    const subset = randomSubset(keyedStream(["order", i]), 200, 15);
    expect(subset.length).toBe(15);
    for (let j = 1; j < 15; j++) expect(subset[j]!).toBeGreaterThan(subset[j - 1]!);
  }
});
