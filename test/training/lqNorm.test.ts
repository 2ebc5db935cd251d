import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { dot } from "../../src/numerics/products.js";
import { dualExponent, lqNorm } from "../../src/training/lqNorm.js";

const exponent = fc.constantFrom(1, 1.0001, 1.2, 1.5, 2, 3, 10, 1000, Infinity);
const vector = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 })
  .map((x) => Float64Array.from(x));

describe("dualExponent", () => {
  test("by hand: 1 and infinity, 2 and 2, 3 and 3/2, 4 and 4/3", () => {
    expect(dualExponent(1)).toBe(Infinity);
    expect(dualExponent(Infinity)).toBe(1);
    expect(dualExponent(2)).toBe(2);
    expect(dualExponent(3)).toBe(1.5);
    expect(dualExponent(4)).toBeCloseTo(4 / 3, 15);
  });

  test("is an involution with 1/q + 1/q* = 1", () => {
    fc.assert(
      fc.property(exponent, (q) => {
        const dual = dualExponent(q);
        expect(Math.abs(1 / q + 1 / dual - 1)).toBeLessThan(1e-15);
        if (q === 1 || q === Infinity) expect(dualExponent(dual)).toBe(q);
        else expect(Math.abs(dualExponent(dual) / q - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  test.each([0.5, 0, -1, Number.NaN])("refuses %d", (q) => {
    expect(() => dualExponent(q)).toThrow("q must be a number in [1, Infinity]");
    expect(() => lqNorm(Float64Array.of(1), q)).toThrow("q must be a number in [1, Infinity]");
  });
});

describe("lqNorm", () => {
  test("by hand", () => {
    const x = Float64Array.of(3, -4, 0);
    expect([1, 2, Infinity].map((q) => lqNorm(x, q))).toEqual([7, 5, 4]);
    expect(lqNorm(x, 3)).toBeCloseTo(91 ** (1 / 3), 14);
    expect(lqNorm(new Float64Array(3), 3)).toBe(0);
    expect(lqNorm(new Float64Array(0), 2)).toBe(0);
  });

  test("Holder: |<x, y>| <= ||x||_q ||y||_{q*}, with equality at the dual vector", () => {
    fc.assert(
      fc.property(vector, vector, exponent, (x, raw, q) => {
        const y = Float64Array.from(x, (_, i) => raw[i % raw.length]!);
        const product = lqNorm(x, q) * lqNorm(y, dualExponent(q));
        expect(Math.abs(dot(x, y))).toBeLessThanOrEqual(product * (1 + 1e-12) + 1e-300);
        if (q > 1 && q < Infinity && lqNorm(x, q) > 1e-3) {
          const unit = lqNorm(x, q);
          const dual = x.map((value) => Math.sign(value) * (Math.abs(value) / unit) ** (q - 1));
          expect(Math.abs(dot(x, dual) / (unit * lqNorm(dual, dualExponent(q))) - 1)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test("is homogeneous, subadditive and falls in q", () => {
    fc.assert(
      fc.property(vector, exponent, fc.double({ min: -5, max: 5, noNaN: true }), (x, q, c) => {
        const norm = lqNorm(x, q);
        expect(
          lqNorm(
            x.map((value) => c * value),
            q,
          ),
        ).toBeCloseTo(Math.abs(c) * norm, 10);
        const y = x.toReversed();
        expect(
          lqNorm(
            x.map((value, i) => value + y[i]!),
            q,
          ),
        ).toBeLessThanOrEqual(2 * norm * (1 + 1e-12));
        expect(lqNorm(x, Infinity)).toBeLessThanOrEqual(norm * (1 + 1e-15));
        expect(norm).toBeLessThanOrEqual(lqNorm(x, 1) * (1 + 1e-14));
      }),
    );
  });

  test("neither overflows nor vanishes at extreme scales, and NaN stays NaN", () => {
    for (const q of [1, 1.5, 2, 3, 1000, Infinity]) {
      for (const scale of [1e-300, 1e-160, 1e160, 1e300]) {
        const norm = lqNorm(Float64Array.of(3 * scale, -4 * scale), q) / scale;
        expect(Math.abs(norm / lqNorm(Float64Array.of(3, -4), q) - 1)).toBeLessThan(1e-13);
      }
      expect(lqNorm(Float64Array.of(Number.NaN, 1), q)).toBeNaN();
      expect(lqNorm(Float64Array.of(1, Number.NaN), q)).toBeNaN();
      expect(lqNorm(Float64Array.of(1, -Infinity), q)).toBe(Infinity);
    }
  });
});
