import { expect, it } from "vitest";
import { smoothWeights } from "../../../src/claims/statistics/smoothWeights.js";

const ratios = (weights: Float64Array): number[] => [...weights].map((w) => w / weights[0]!);

it("variances on a power law keep their weights", () => {
  const found = ratios(smoothWeights([0, 1, 3], [2, 8, 128]));
  for (const [i, expected] of [1, 1 / 4, 1 / 64].entries()) expect(found[i]).toBeCloseTo(expected, 12);
});

it("a point that looks precise by chance pulls less than its own estimate would", () => {
  const [a, b, c] = ratios(smoothWeights([0, 1, 2], [1, 0.01, 1])) as [number, number, number];
  expect(b / a).toBeCloseTo(1, 12);
  expect(c / a).toBeCloseTo(1, 12);
});

it("points without spread weigh like the most precise other one; without any, all alike", () => {
  expect(ratios(smoothWeights([0, 1, 2], [0, 4, 1]))).toEqual(ratios(smoothWeights([0, 1, 2], [1, 4, 1])));
  expect([...smoothWeights([0, 1, 2], [0, 0, 0])]).toEqual([1, 1, 1]);
  expect([...smoothWeights([0, 1, 2], [Number.NaN, 0, 0])]).toEqual([1, 1, 1]);
});
