import { expect, it } from "vitest";
import { rankCorrelation } from "../../../src/report/deep/rankCorrelation.js";

it("is 1 for any increasing relation, -1 for a decreasing one, and the same for both orders", () => {
  const x = [3, -1, 10, 0.5, 7];
  expect(rankCorrelation(x, x.map(Math.exp))).toBeCloseTo(1, 14);
  expect(
    rankCorrelation(
      x,
      x.map((v) => -(v ** 3)),
    ),
  ).toBeCloseTo(-1, 14);
  const y = [2, 9, 4, 4, 1];
  expect(rankCorrelation(x, y)).toBe(rankCorrelation(y, x));
});

it("is what the textbook formula gives without ties", () => {
  // Ranks 1..5 against 2 1 4 3 5: 1 - 6 sum d^2 / (n (n^2 - 1)) = 1 - 6 * 4 / 120.
  expect(rankCorrelation([10, 20, 30, 40, 50], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 14);
});

it("gives equal values the mean of their ranks", () => {
  // Ranks 1 2.5 2.5 4 against 1 2 3 4: covariance 4.5, squares 4.5 and 5.
  expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 14);
});

it("is not known for fewer than three pairs, or where one side does not vary", () => {
  expect(rankCorrelation([1, 2], [1, 2])).toBeNull();
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNull();
});
