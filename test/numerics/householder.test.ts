import fc from "fast-check";
import { expect, test } from "vitest";
import { householder } from "../../src/numerics/householder.js";
import { norm2 } from "../../src/numerics/products.js";
import { law } from "../helpers/law.js";

/** I - 2 h h^T applied to x. */
function reflected(x: readonly number[], h: readonly number[]): number[] {
  const inner = x.reduce((sum, entry, i) => sum + entry * h[i]!, 0);
  return x.map((entry, i) => entry - 2 * inner * h[i]!);
}

test("the reflection maps the entries from `from` on to a multiple of the first axis, and leaves those before alone", () => {
  const entry = fc.double({ min: -9, max: 9, noNaN: true });
  law(
    fc.tuple(fc.array(entry, { minLength: 1, maxLength: 8 }), fc.nat(7), fc.constantFrom(1e-200, 1, 1e200)),
    ([entries, start, scale]) => {
      const from = start % entries.length;
      const x = Float64Array.from(entries, (value) => value * scale);
      const before = [...x];
      const target = householder(x, from);
      expect([...x.subarray(0, from)]).toEqual(before.slice(0, from));
      const tail = before.slice(from);
      const length = norm2(Float64Array.from(tail));
      if (length === 0) {
        expect(target).toBe(0);
        expect([...x]).toEqual(before);
        return;
      }
      expect(Math.abs(norm2(x.subarray(from)) - 1)).toBeLessThan(1e-15);
      expect(Math.abs(Math.abs(target) / length - 1)).toBeLessThan(1e-15);
      const image = reflected(tail, [...x.subarray(from)]);
      expect(Math.abs(image[0]! - target)).toBeLessThanOrEqual(1e-14 * length);
      for (const rest of image.slice(1)) expect(Math.abs(rest)).toBeLessThanOrEqual(1e-14 * length);
    },
  );
});

test("the sign is opposite to that of the first entry, and + for a first entry of 0", () => {
  const of = (...entries: number[]): number => householder(Float64Array.from(entries), 0);
  expect(of(3, 4)).toBeCloseTo(-5, 14);
  expect(of(-3, 4)).toBeCloseTo(5, 14);
  expect(of(0, 3, 4)).toBeCloseTo(5, 14);
  expect(of(2)).toBe(-2);
});

test("hand-worked: (3, 4) has h along (8, 4), (0, -2) along (-2, -2)", () => {
  const x = Float64Array.of(3, 4);
  householder(x, 0);
  expect(x[0]! / x[1]!).toBeCloseTo(2, 14);
  const y = Float64Array.of(0, -2);
  expect(householder(y, 0)).toBe(2);
  expect(y[0]!).toBeCloseTo(-Math.SQRT1_2, 15);
  expect(y[1]!).toBeCloseTo(-Math.SQRT1_2, 15);
});
