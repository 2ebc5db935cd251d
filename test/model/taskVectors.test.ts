import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { drawTaskVectors } from "../../src/model/taskVectors.js";
import { rowView } from "../../src/numerics/matrix.js";
import { norm2 } from "../../src/numerics/products.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { FAR, zScore } from "../helpers/statistics.js";

describe("drawTaskVectors", () => {
  test("every vector has exactly the norm asked for, 0 included, whatever the weights", () => {
    const norms = fc.array(fc.constantFrom(0, 1e-200, 0.3, 1, 7, 1e200), { minLength: 1, maxLength: 5 });
    const weights = fc.array(fc.constantFrom(0, 1e-300, 1, 100), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(), norms, weights, (seed, list, spread) => {
        fc.pre(spread.some((w) => w > 0));
        const a = drawTaskVectors(keyedStream([seed]), Float64Array.from(list), spread);
        expect([a.rows, a.cols]).toEqual([list.length, spread.length]);
        list.forEach((norm, t) => {
          expect(Math.abs(norm2(rowView(a, t)) - norm)).toBeLessThanOrEqual(1e-15 * norm);
        });
      }),
    );
  });

  test("a weight of zero leaves a direction that no task uses", () => {
    const a = drawTaskVectors(keyedStream([1]), new Float64Array(200).fill(2), [1, 0, 3]);
    for (let t = 0; t < 200; t++) {
      expect(rowView(a, t)[1] === 0).toBe(true);
      expect(rowView(a, t)[0]).not.toBe(0);
    }
  });

  // 20,000 vectors, 14 statistics, each beyond 5.8 standard errors with probability 7e-9: 1e-7 in all.
  test("with equal weights the directions are uniform: moments 0, 1/r, 0 and 3/(r (r + 2))", () => {
    const r = 3;
    const count = 20_000;
    const a = drawTaskVectors(keyedStream([2]), new Float64Array(count).fill(1), [4, 4, 4]);
    const over = (f: (row: Float64Array) => number): number[] =>
      Array.from({ length: count }, (_, t) => f(rowView(a, t)));
    for (let i = 0; i < r; i++) {
      expect(
        Math.abs(
          zScore(
            over((x) => x[i]!),
            0,
          ),
        ),
      ).toBeLessThan(FAR);
      expect(
        Math.abs(
          zScore(
            over((x) => x[i]! ** 2),
            1 / 3,
          ),
        ),
      ).toBeLessThan(FAR);
      expect(
        Math.abs(
          zScore(
            over((x) => x[i]! ** 4),
            3 / 15,
          ),
        ),
      ).toBeLessThan(FAR);
      for (let k = 0; k < i; k++) {
        expect(
          Math.abs(
            zScore(
              over((x) => x[i]! * x[k]!),
              0,
            ),
          ),
        ).toBeLessThan(FAR);
      }
    }
    // Power: vectors drawn from a cube, then normalised, have a fourth moment that 20,000 of them tell apart.
    const uniform = keyedStream([3]).uniform;
    const cube = Array.from({ length: count }, () => {
      const x = Float64Array.from({ length: r }, () => 2 * uniform() - 1);
      return (x[0]! / norm2(x)) ** 4;
    });
    expect(Math.abs(zScore(cube, 3 / 15))).toBeGreaterThan(FAR);
  });

  test("a dominant weight w draws Cauchy-like ratios: E x_1^2 = sqrt(w) / (1 + sqrt(w)) for r = 2", () => {
    // For r = 2 the angle's tangent is g_2 / (sqrt(w) g_1), so cos^2 has this mean. False alarm 7e-9.
    const a = drawTaskVectors(keyedStream([4]), new Float64Array(20_000).fill(1), [100, 1]);
    const squares = Array.from({ length: 20_000 }, (_, t) => rowView(a, t)[0]! ** 2);
    expect(Math.abs(zScore(squares, 10 / 11))).toBeLessThan(FAR);
  });

  test.each([[[0, 0]], [[1, Number.NaN]], [[-1, 2]], [[Infinity]], [[]]])("refuses the weights %j", (bad) => {
    expect(() => drawTaskVectors(keyedStream([1]), Float64Array.of(1), bad)).toThrow("weights must be");
  });
});
