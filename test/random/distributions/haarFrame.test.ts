import { expect, test } from "vitest";
import type { Matrix } from "../../../src/numerics/matrix.js";
import { dot } from "../../../src/numerics/products.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { normalCdf } from "../../../src/numerics/special/normal.js";
import {
  haarFrame,
  normalMatrix,
  normalVector,
  randomSubset,
  sparseHaarFrame,
  unitVector,
} from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { chiSquareExcess, ksExcess, meanExcess } from "../../helpers/goodnessOfFit.js";

const N = 20_000;
/** A coordinate of a uniform unit vector of R^3 is uniform on [-1, 1] (Archimedes). */
const archimedes = (x: number): number => Math.min(1, Math.max(0, (1 + x) / 2));
const entry = (m: Matrix, i: number, j: number): number => m.data[i * m.cols + j]!;

test("frames are orthonormal, whatever p and r", () => {
  for (const [p, r] of [
    [1, 1],
    [5, 5],
    [30, 4],
    [100, 1],
  ] as const) {
    const frame = haarFrame(keyedStream([p, r]), p, r);
    expect([frame.rows, frame.cols]).toEqual([p, r]);
    expect(orthonormalityError(frame)).toBeLessThan(1e-14);
  }
});

test("every entry of a frame in R^3 is uniform on [-1, 1], and so is every entry after a fixed rotation", () => {
  const rng = keyedStream(["haar", 3]);
  const frames = Array.from({ length: N }, () => haarFrame(rng, 3, 2));
  // A fixed rotation, by the frame of another key.
  const turn = haarFrame(keyedStream(["turn"]), 3, 3);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 2; j++) {
      expect(ksExcess(frames.map((f) => entry(f, i, j)), archimedes)).toBeLessThan(1); // biome-ignore format: one line
      const turned = frames.map((f) => [0, 1, 2].reduce((s, l) => s + entry(turn, i, l) * entry(f, l, j), 0));
      expect(ksExcess(turned, archimedes)).toBeLessThan(1);
      // Rotating the columns among themselves changes nothing either.
      const mixed = frames.map((f) => 0.6 * entry(f, i, 0) + (j === 0 ? 0.8 : -0.8) * entry(f, i, 1));
      expect(ksExcess(mixed, archimedes)).toBeLessThan(1);
    }
  }
  // Power: the same with the sign that plain Householder leaves (first entry of each column negative) is rejected.
  const unsigned = frames.map((f) => -Math.abs(entry(f, 0, 0)));
  expect(ksExcess(unsigned, archimedes)).toBeGreaterThan(1);
});

test("a frame of the plane has a uniform angle and either orientation", () => {
  const rng = keyedStream(["haar", 2]);
  const cells = new Float64Array(16);
  for (let i = 0; i < N; i++) {
    const f = haarFrame(rng, 2, 2);
    const angle = Math.floor(((Math.atan2(entry(f, 1, 0), entry(f, 0, 0)) / Math.PI + 1) / 2) * 8) % 8;
    const determinant = entry(f, 0, 0) * entry(f, 1, 1) - entry(f, 0, 1) * entry(f, 1, 0);
    cells[angle + (determinant > 0 ? 8 : 0)]!++;
  }
  expect(chiSquareExcess(cells, new Float64Array(16).fill(1 / 16))).toBeLessThan(1);
});

test("moments of the entries: E Q_ij^2 = 1/p and E Q_11 Q_12 Q_21 Q_22 = -1 / (p (p - 1) (p + 2))", () => {
  const p = 5;
  const rng = keyedStream(["moments"]);
  const squares = new Float64Array(N);
  const fours = new Float64Array(N);
  for (let i = 0; i < N; i++) {
    const f = haarFrame(rng, p, 2);
    squares[i] = entry(f, 3, 1) ** 2;
    fours[i] = entry(f, 0, 0) * entry(f, 0, 1) * entry(f, 1, 0) * entry(f, 1, 1);
  }
  // Q_ij^2 is Beta(1/2, (p - 1)/2): variance 2 (p - 1) / (p^2 (p + 2)).
  expect(meanExcess(squares, 1 / p, Math.sqrt((2 * (p - 1)) / (p * p * (p + 2))))).toBeLessThan(1);
  const truth = -1 / (p * (p - 1) * (p + 2));
  const sd = Math.sqrt(fours.reduce((s, x) => s + (x - truth) ** 2, 0) / N);
  expect(meanExcess(fours, truth, sd)).toBeLessThan(1);
  // Power: independent columns would have mean 0, and are rejected.
  expect(meanExcess(fours, 0, sd)).toBeGreaterThan(1);
});

test("a unit vector is uniform on the sphere", () => {
  const rng = keyedStream(["unit"]);
  const vectors = Array.from({ length: N }, () => unitVector(rng, 3));
  for (const v of vectors) expect(Math.abs(dot(v, v) - 1)).toBeLessThan(1e-14);
  const direction = Float64Array.of(2 / 3, -1 / 3, 2 / 3);
  for (let i = 0; i < 3; i++) expect(ksExcess(vectors.map((v) => v[i]!), archimedes)).toBeLessThan(1); // biome-ignore format: one line
  expect(ksExcess(vectors.map((v) => dot(v, direction)), archimedes)).toBeLessThan(1); // biome-ignore format: one line
  // Power: a corner of the cube, made a unit vector, is rejected.
  const cube = vectors.map(() => {
    const v = [0, 1, 2].map(() => 2 * rng.uniform() - 1);
    return v[0]! / Math.hypot(...v);
  });
  expect(ksExcess(cube, archimedes)).toBeGreaterThan(1);
  expect(Math.abs(unitVector(rng, 1)[0]!)).toBe(1);
});

test("normal vectors and matrices are the stream's own numbers, in row-major order", () => {
  const rng = keyedStream(["vector"]);
  const plain = Array.from({ length: 6 }, rng.normal);
  expect([...normalVector(keyedStream(["vector"]), 6)]).toEqual(plain);
  expect(normalMatrix(keyedStream(["vector"]), 2, 3)).toEqual({ rows: 2, cols: 3, data: Float64Array.from(plain) }); // biome-ignore format: one line
  expect(ksExcess(normalVector(rng, N), normalCdf)).toBeLessThan(1);
});

test("every subset is equally likely", () => {
  const rng = keyedStream(["subset"]);
  for (const [n, count, subsets] of [
    [6, 3, 20],
    [5, 4, 5],
    [7, 1, 7],
    [4, 4, 1],
    [3, 0, 1],
  ] as const) {
    const seen = new Map<string, number>();
    for (let i = 0; i < N; i++) {
      const subset = randomSubset(rng, n, count);
      expect(subset.length).toBe(count);
      const name = subset.join();
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    expect(seen.size).toBe(subsets);
    for (const name of seen.keys()) {
      const indices = name === "" ? [] : name.split(",").map(Number);
      for (let i = 0; i < indices.length; i++) {
        expect(indices[i]!).toBeGreaterThan(indices[i - 1] ?? -1);
        expect(indices[i]!).toBeLessThan(n);
      }
    }
    if (subsets > 1) {
      expect(chiSquareExcess([...seen.values()], new Float64Array(subsets).fill(1 / subsets))).toBeLessThan(
        1,
      );
    }
  }
  // Power: subsets that avoid neighbours a little too often are rejected.
  const counts = new Float64Array(20);
  const names = new Map<string, number>();
  for (let i = 0; i < N; i++) {
    let subset = randomSubset(rng, 6, 3);
    if (subset[0] === 0 && rng.uniform() < 0.2) subset = randomSubset(rng, 6, 3);
    const name = subset.join();
    if (!names.has(name)) names.set(name, names.size);
    counts[names.get(name)!]!++;
  }
  expect(chiSquareExcess(counts, new Float64Array(20).fill(1 / 20))).toBeGreaterThan(1);
});

test("a sparse frame is orthonormal and zero off its support", () => {
  const frame = sparseHaarFrame(keyedStream(["sparse"]), 9, 2, [1, 4, 8]);
  expect(orthonormalityError(frame)).toBeLessThan(1e-14);
  for (let i = 0; i < 9; i++) {
    const zero = entry(frame, i, 0) === 0 && entry(frame, i, 1) === 0;
    expect(zero).toBe(![1, 4, 8].includes(i));
  }
});

test("sizes that cannot be are errors", () => {
  const rng = keyedStream([1]);
  expect(() => haarFrame(rng, 2, 3)).toThrow(/r must be an integer in \[1, 2\], received 3/);
  expect(() => haarFrame(rng, 0, 0)).toThrow(/p must be an integer >= 1/);
  expect(() => randomSubset(rng, 3, 4)).toThrow(/count must be an integer in \[0, 3\], received 4/);
  expect(() => randomSubset(rng, Number.NaN, 1)).toThrow(/count/);
  expect(() => sparseHaarFrame(rng, 5, 3, [0, 1])).toThrow(/r must be/);
});
