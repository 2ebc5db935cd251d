import { describe, expect, test } from "vitest";
import { fromRows, type Matrix } from "../../../src/numerics/matrix.js";
import { dot, multiplyTransposeLeft, multiplyTransposeRight, norm2 } from "../../../src/numerics/products.js";
import { smallSvd } from "../../../src/numerics/small.js";
import { normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { polarFrame, tangentPart } from "../../../src/training/joint/grassmann.js";
import { diagonal, maxDifference, withSpectrum } from "../../helpers/matrices.js";

const random = (key: string, rows: number, cols: number): Matrix =>
  normalMatrix(keyedStream(["grassmann", key]), rows, cols);

describe("tangentPart", () => {
  test("is orthogonal to the frame, and what it takes away lies in the frame", () => {
    const frame = polarFrame(random("frame", 3, 11));
    const x = random("x", 3, 11);
    const z = tangentPart(frame, x);
    expect(norm2(multiplyTransposeRight(z, frame).data)).toBeLessThan(1e-15);
    const away: Matrix = { ...x, data: x.data.map((entry, i) => entry - z.data[i]!) };
    expect(Math.abs(dot(away.data, z.data))).toBeLessThan(1e-14);
    expect(maxDifference(tangentPart(frame, z), z)).toBeLessThan(1e-15);
    expect(norm2(tangentPart(frame, frame).data)).toBeLessThan(1e-15);
  });
});

describe("polarFrame", () => {
  test("is U V^T of the singular value decomposition, orthonormal at any conditioning that it accepts", () => {
    for (const sigma of [
      [3, 2, 1],
      [1, 1e-2, 1e-3],
      [1e6, 1e4, 1],
    ]) {
      const { matrix: x, u, v } = withSpectrum(["polar", ...sigma], 3, 9, sigma);
      const frame = polarFrame(x);
      expect(maxDifference(multiplyTransposeRight(frame, frame), diagonal([1, 1, 1]))).toBeLessThan(1e-14);
      // The condition number squared times rounding is what the first pass loses.
      const condition = (sigma[0]! / sigma[2]!) ** 2;
      expect(maxDifference(frame, multiplyTransposeRight(u, v))).toBeLessThan(1e-15 * (10 + condition));
    }
  });

  test("is the nearest frame: no turned one is nearer", () => {
    const x = random("near", 2, 6);
    const frame = polarFrame(x);
    const inner = dot(frame.data, x.data);
    const nuclear = smallSvd(x).values.reduce((a, b) => a + b, 0);
    expect(inner).toBeCloseTo(nuclear, 13);
    expect(maxDifference(multiplyTransposeLeft(frame, frame), projector(x))).toBeLessThan(1e-14);
  });

  test("has no answer for a matrix of lower rank, NaN or infinities", () => {
    expect(() => polarFrame(fromRows([[1, 2, 3], [2, 4, 6]]))).toThrow("rank is below 2"); // biome-ignore format: two rows
    expect(() => polarFrame(fromRows([[0, 0]]))).toThrow("rank is below 1");
    expect(() => polarFrame(fromRows([[1, Number.NaN]]))).toThrow("finite");
  });

  test("the rank is judged in the unit of the matrix: 1e-13 of the largest square", () => {
    for (const unit of [1e-3, 1, 1e3]) {
      const rows = (small: number): Matrix => fromRows([[unit, 0, 0], [0, small * unit, 0]]); // biome-ignore format: one line
      expect(maxDifference(polarFrame(rows(1e-6)), fromRows([[1, 0, 0], [0, 1, 0]]))).toBeLessThan(1e-14); // biome-ignore format: one line
      expect(() => polarFrame(rows(1e-7))).toThrow("rank is below 2");
    }
  });
});

/** The projector onto the span of the rows. */
function projector(x: Matrix): Matrix {
  const { v } = smallSvd(x);
  return multiplyTransposeRight(v, v);
}
