import { describe, expect, it } from "vitest";
import { type Matrix, zeros } from "../../src/numerics/matrix.js";
import { multiplyTransposeRight } from "../../src/numerics/products.js";
import { symmetricEigen } from "../../src/numerics/small.js";
import { smallEigen } from "../../src/numerics/smallEigen.js";
import { haarFrame, normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";

function randomSymmetric(n: number, rank: number, scale: number): Matrix {
  const x = normalVector(keyedStream(["smallEigen", n, rank]), n * rank);
  const s = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < rank; k++) {
        s.data[i * n + j] =
          s.data[i * n + j]! + (k % 2 === 0 ? scale : -scale) * x[i * rank + k]! * x[j * rank + k]!;
      }
    }
  }
  return s;
}

const copy = (m: Matrix): Matrix => ({ ...m, data: m.data.slice() });

describe("smallEigen", () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 1, 1e-200],
    [5, 5, 1],
    [7, 7, 1e150],
    [10, 3, 1e-9],
    [10, 12, 1],
    [40, 40, 1],
  ])(
    "has the eigenvalues of another algorithm, orthonormal vectors, and rebuilds its input: n = %d, rank %d, scale %d",
    (n, rank, scale) => {
      const s = randomSymmetric(n, rank, scale);
      const { values, vectors } = smallEigen(copy(s));
      const size = s.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const worst = { value: 0, inner: 0, entry: 0 };
      symmetricEigen(s).values.forEach((value, i) => {
        worst.value = Math.max(worst.value, Math.abs(values[i]! - value) / size);
      });
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let inner = 0;
          let entry = 0;
          for (let k = 0; k < n; k++) {
            inner += vectors.data[i * n + k]! * vectors.data[j * n + k]!;
            entry += values[k]! * vectors.data[k * n + i]! * vectors.data[k * n + j]!;
          }
          worst.inner = Math.max(worst.inner, Math.abs(inner - (i === j ? 1 : 0)));
          worst.entry = Math.max(worst.entry, Math.abs(entry - s.data[i * n + j]!) / size);
        }
      }
      for (const error of Object.values(worst)) expect(error).toBeLessThan(1e-12);
    },
  );

  it("knows zero, diagonal and repeated eigenvalues", () => {
    expect(Array.from(smallEigen(zeros(3, 3)).values)).toEqual([0, 0, 0]);
    const diagonal = { rows: 3, cols: 3, data: Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 3) };
    expect(Array.from(smallEigen(diagonal).values)).toEqual([3, 3, 1]);
    for (const entry of [-7, 0.1, 5e-324]) {
      const { values, vectors } = smallEigen({ rows: 1, cols: 1, data: Float64Array.of(entry) });
      expect([...values, ...vectors.data]).toEqual([entry, 1]);
    }
  });

  it("says so when its input is not finite ", () => {
    const data = Float64Array.of(1, Number.NaN, 0, Number.NaN, 1, 2, 0, 2, 1);
    expect(() => smallEigen({ rows: 3, cols: 3, data })).toThrow(/not finite/);
    for (const infinite of [Infinity, -Infinity]) {
      expect(() => smallEigen({ rows: 1, cols: 1, data: Float64Array.of(infinite) })).toThrow(/not finite/);
    }
  });

  it("finds blocks that do not couple, and leaves their order to the values", () => {
    // Blocks [[2, 1], [1, 2]], [[-5]] and [[0, 3], [3, 0]]: 3 and 1, -5, 3 and -3.
    const s = zeros(5, 5);
    for (const [i, j, entry] of [
      [0, 0, 2],
      [0, 1, 1],
      [1, 1, 2],
      [2, 2, -5],
      [3, 4, 3],
    ] as const) {
      s.data[i * 5 + j] = entry;
      s.data[j * 5 + i] = entry;
    }
    const { values, vectors } = smallEigen(s);
    [3, 3, 1, -3, -5].forEach((value, i) => {
      expect(Math.abs(values[i]! - value)).toBeLessThan(1e-14);
    });
    expect(Math.abs(vectors.data[4 * 5 + 2]!)).toBeCloseTo(1, 14);
    expect(Math.abs(vectors.data[2 * 5]! + vectors.data[2 * 5 + 1]!)).toBeLessThan(1e-14);
  });

  it("ends where rounding of the large eigenvalues covers the differences of the small ones: a projection plus a multiple of I", () => {
    const rng = keyedStream(["smallEigen projection"]);
    for (let n = 20; n <= 64; n++) {
      for (const small of [1e-5, 1e-12, 0]) {
        const frame = haarFrame(rng, n, 2);
        const s = multiplyTransposeRight(frame, frame);
        for (let i = 0; i < n; i++) s.data[i * n + i]! += small;
        const { values } = smallEigen(s);
        expect(values[1]).toBeCloseTo(1 + small, 12);
        expect(Math.abs(values[2]! - small)).toBeLessThan(1e-14);
        expect(Math.abs(values[n - 1]! - small)).toBeLessThan(1e-14);
      }
    }
  });
});
