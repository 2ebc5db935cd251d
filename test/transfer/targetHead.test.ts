import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { fromRows, zeros } from "../../src/numerics/matrix.js";
import { dot, multiply, multiplyTransposeLeft, norm2 } from "../../src/numerics/products.js";
import { haarFrame, normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { targetHead } from "../../src/transfer/targetHead.js";

describe("targetHead", () => {
  test("by hand: the projection of (3, 4, 12) on the first two axes, normalised", () => {
    const basis = fromRows([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect([...targetHead(basis, Float64Array.of(3, 4, 12))]).toEqual([
      expect.closeTo(0.6, 15),
      expect.closeTo(0.8, 15),
      0,
    ]);
  });

  test("an empty representation, or one orthogonal to the mean, predicts nothing", () => {
    expect([...targetHead(zeros(3, 0), Float64Array.of(1, 2, 3))]).toEqual([0, 0, 0]);
    expect(norm2(targetHead(fromRows([[0], [1]]), Float64Array.of(5, 0)))).toBe(0);
  });

  test("is the unit vector of range(W1) that is best aligned with the mean, whatever basis spans the range", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 9 }), (seed, p) => {
        const rng = keyedStream(["head", seed]);
        const basis = haarFrame(rng, p, 2);
        const mean = normalVector(rng, p);
        const v = targetHead(basis, mean);
        expect(norm2(v)).toBeCloseTo(1, 14);
        expect(dot(v, mean)).toBeCloseTo(
          norm2(multiplyTransposeLeft(basis, { rows: p, cols: 1, data: mean }).data),
          13,
        );
        const other = targetHead(multiply(basis, haarFrame(rng, 2, 2)), mean);
        expect(norm2(other.map((x, j) => x - v[j]!))).toBeLessThan(1e-13);
      }),
    );
  });
});
