import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CapturedPoint } from "../../src/theory/capturedLength.js";
import { expectedCosine } from "../../src/theory/expectedCosine.js";
import { fewerPoints } from "../../src/theory/fewerPoints.js";

const points = fc.array(
  fc.record({
    weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
    share: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  }),
  { minLength: 1, maxLength: 40 },
);
const average = (law: readonly CapturedPoint[], h: (y: number) => number): number =>
  law.reduce((sum, { weight, share }) => sum + weight * h(Math.sqrt(share)), 0);

describe("fewerPoints", () => {
  it("keeps every moment of the captured length up to the 11th, with at most 7 points in [0, 1] of positive weight", () => {
    fc.assert(
      fc.property(points, (law) => {
        const few = fewerPoints(law);
        expect(few.length).toBeLessThanOrEqual(7);
        for (const { share, weight } of few) expect(share >= 0 && share <= 1 && weight >= 0).toBe(true);
        const total = average(law, () => 1);
        for (let k = 0; k <= 11; k++) {
          expect(Math.abs(average(few, (y) => y ** k) - average(law, (y) => y ** k))).toBeLessThan(
            1e-9 * total,
          );
        }
      }),
    );
  });

  it("leaves a law of few points as it is, and outcomes that capture nothing at nothing", () => {
    const three = [0, 0.3, 0.9].map((share) => ({ weight: 1, share }));
    expect(fewerPoints(three)).toBe(three);
    const nothing = Array.from({ length: 20 }, () => ({ weight: 0.05, share: 0 }));
    expect(fewerPoints(nothing)).toHaveLength(1);
    const mixed = fewerPoints([...nothing, ...three.slice(1)]);
    expect(mixed.find(({ share }) => share === 0)!.weight).toBeCloseTo(1, 12);
    const many = Array.from({ length: 20 }, (_, i) => ({ weight: 0.05, share: (i + 1) / 20 }));
    const six = fewerPoints(many);
    expect(six).toHaveLength(6);
    expect(fewerPoints(six)).toBe(six);
    for (const { weight } of six) expect(weight).toBeGreaterThan(0);
  });

  it.each([1, 2, 5])("averages the excess risk 1 - y K(r, y snr) as all the points do, r = %d", (r) => {
    const law = Array.from({ length: 30 }, (_, i) => ({ weight: 1 / 30, share: (i / 29) ** 2 }));
    for (const snr of [0.5, 2, 5]) {
      const risk = (y: number): number => 1 - y * expectedCosine(r, y * snr);
      expect(Math.abs(average(fewerPoints(law), risk) / average(law, risk) - 1)).toBeLessThan(2e-4);
    }
  });
});
