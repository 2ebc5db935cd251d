import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { largestRemainder, taskNorms } from "../../src/model/signalGroups.js";

const shares = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const sum = parts.reduce((a, b) => a + b, 0);
    return parts.map((part) => part / sum);
  });

describe("largestRemainder", () => {
  test("by hand: 5.5, 3.3, 2.2 of 11 are 6, 3, 2; a tie goes to the earlier group", () => {
    expect(largestRemainder([0.5, 0.3, 0.2], 11)).toEqual([6, 3, 2]);
    expect(largestRemainder([0.5, 0.5], 3)).toEqual([2, 1]);
    expect(largestRemainder([0.25, 0.25, 0.5], 2)).toEqual([1, 0, 1]);
  });

  test("rounding errors of the shares neither lose a task nor break a tie", () => {
    // 0.58 * 25 falls just short of 14.5 and 0.42 * 25 does not fall short of 10.5.
    expect(0.58 * 25 < 14.5).toBe(true);
    expect(largestRemainder([0.58, 0.42], 25)).toEqual([15, 10]);
    expect(largestRemainder([0.1, 0.2, 0.7], 10)).toEqual([1, 2, 7]);
    expect(largestRemainder([0.29, 0.71], 100)).toEqual([29, 71]);
  });

  test("the counts always sum to the total, and none is off its quota by one or more", () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 3000 }), (list, total) => {
        const counts = largestRemainder(list, total);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
        counts.forEach((count, i) => {
          expect(Math.abs(count - list[i]! * total)).toBeLessThan(1);
        });
      }),
    );
  });

  test("a larger share never gets fewer tasks", () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 200 }), (list, total) => {
        const sorted = list.toSorted((a, b) => b - a);
        const counts = largestRemainder(sorted, total);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }),
    );
  });

  test.each([[[0.5, 0.4]], [[0.5, Number.NaN]], [[1.5, -0.5]], [[]]])("refuses the shares %j", (bad) => {
    expect(() => largestRemainder(bad, 4)).toThrow("shares must be numbers >= 0 that sum to 1");
  });
});

describe("taskNorms", () => {
  test("by hand: groups stand together in the order given", () => {
    const signal = [
      { share: 0.3, norm: 2 },
      { share: 0.7, norm: 0.5 },
    ];
    expect([...taskNorms(signal, 5)]).toEqual([2, 2, 0.5, 0.5, 0.5]);
    expect([...taskNorms([{ share: 1, norm: 3 }], 2)]).toEqual([3, 3]);
  });
});
