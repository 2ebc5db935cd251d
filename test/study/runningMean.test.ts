import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RunningMean } from "../../src/study/runningMean.js";

function estimate(values: readonly (number | null)[]) {
  const running = new RunningMean();
  for (const value of values) running.add(value);
  return running.estimate();
}

describe("RunningMean", () => {
  test("by hand: 1, 2, 3, 6 have mean 3 and standard error sqrt(14/3/4)", () => {
    expect(estimate([1, 2, null, 3, 6])).toEqual({ mean: 3, mcse: Math.sqrt(14 / 3 / 4), n: 4 });
  });

  test("nothing has no mean, one value has no error, equal values have error 0", () => {
    expect(estimate([])).toEqual({ mean: null, mcse: null, n: 0 });
    expect(estimate([null, null])).toEqual({ mean: null, mcse: null, n: 0 });
    expect(estimate([5])).toEqual({ mean: 5, mcse: null, n: 1 });
    expect(estimate([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, mcse: 0, n: 3 });
    expect(Object.is(estimate([-0]).mean, 0)).toBe(true);
  });

  test("a spread that is tiny beside the mean is not lost (the textbook formula gives 0 or NaN)", () => {
    const { mean, mcse } = estimate([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
    expect(mean).toBe(1e9 + 10);
    expect(mcse).toBeCloseTo(Math.sqrt(30 / 4), 12);
  });

  test("always agrees with the two-pass formula", () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(values, (list) => {
        const mean = list.reduce((a, b) => a + b, 0) / list.length;
        const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (list.length - 1);
        const found = estimate(list);
        expect(Math.abs(found.mean! - mean)).toBeLessThan(1e-10);
        expect(Math.abs(found.mcse! ** 2 - variance / list.length)).toBeLessThan(1e-9 * (1 + variance));
      }),
    );
  });
});
