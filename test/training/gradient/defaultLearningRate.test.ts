import { expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import { defaultLearningRate } from "../../../src/training/gradient/defaultLearningRate.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { BALL, ridge } from "./samples.js";

const one = equalWeights(fromRows([[3, -4]]));

test("one sample of length 5: 1 / (4 (25 l''(0) + 5 |l'(0)|)) in the ball, lambda in place of the last term with a ridge", () => {
  // Linear: l'' = 0, l' = -1; logistic: 1/4 and -1/2; squared hinge: 2 and -2.
  expect(defaultLearningRate(one, marginLoss("linear"), BALL)).toBeCloseTo(1 / (4 * 5), 15);
  expect(defaultLearningRate(one, marginLoss("logistic"), BALL)).toBeCloseTo(1 / (4 * (25 / 4 + 5 / 2)), 15);
  expect(defaultLearningRate(one, marginLoss("squared-hinge"), BALL)).toBeCloseTo(1 / (4 * (50 + 10)), 15);
  expect(defaultLearningRate(one, marginLoss("logistic"), ridge(3))).toBeCloseTo(1 / (4 * (25 / 4 + 3)), 15);
  expect(defaultLearningRate(one, marginLoss("linear"), ridge(3))).toBeCloseTo(1 / 12, 15);
});

test("the largest eigenvalue is that of eight power iterations from the mean", () => {
  // Samples along the axes: M = diag(a, b), so that M^k mean is known.
  const [a, b] = [(3 * 3) / 2, (2.8 * 2.8) / 2];
  const axes = equalWeights(fromRows([[3, 0], [0, 2.8]])); // biome-ignore format: two rows
  const after = (k: number): number => Math.hypot(a ** k * 1.5, b ** k * 1.4);
  const largest = after(8) / after(7);
  expect(largest).toBeLessThan(0.995 * a);
  expect(defaultLearningRate(axes, marginLoss("squared-hinge"), ridge(1))).toBeCloseTo(
    1 / (4 * (2 * largest + 1)),
    12,
  );
});

test("samples whose mean is 0 have no direction to start from: the regularisation alone counts, and 1 without", () => {
  const opposed = equalWeights(fromRows([[1, 2], [-1, -2]])); // biome-ignore format: two rows
  expect(defaultLearningRate(opposed, marginLoss("logistic"), ridge(2))).toBe(1 / 8);
  expect(defaultLearningRate(opposed, marginLoss("logistic"), BALL)).toBe(1);
});
