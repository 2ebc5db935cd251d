import { expect, test } from "vitest";
import { type Matrix, transpose } from "../../src/numerics/matrix.js";
import { multiply, norm2 } from "../../src/numerics/products.js";
import { firstRows, SearchSpace } from "../../src/numerics/searchSpace.js";
import { orthonormalityError, symmetricEigen } from "../../src/numerics/small.js";
import { haarFrame } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { diagonal, maxDifference, withSpectrum } from "../helpers/matrices.js";

const D = 11;
/** A symmetric operator of norm 70 and the rows of a random orthogonal matrix. */
function fixture(): { k: Matrix; rows: Matrix } {
  const { u } = withSpectrum(["search space"], D, D, new Array(D).fill(1));
  const sigma = Float64Array.from({ length: D }, (_, i) => 70 / (i + 1));
  return {
    k: multiply(multiply(u, diagonal(sigma)), transpose(u)),
    rows: transpose(haarFrame(keyedStream(["rows"]), D, D)),
  };
}

const rowsOf = (m: Matrix, from: number, to: number): Matrix => ({
  rows: to - from,
  cols: m.cols,
  data: m.data.slice(from * m.cols, to * m.cols),
});

/** The eigenvalues of V K V^T for orthonormal rows V, by another algorithm. */
function projectedValues(v: Matrix, k: Matrix): Float64Array {
  return symmetricEigen(multiply(multiply(v, k), transpose(v))).values;
}

/** ||K v - value v|| of each row. */
function residuals(k: Matrix, vectors: Matrix, values: Float64Array): number[] {
  const images = multiply(vectors, k);
  return Array.from(values, (value, i) => {
    const at = (j: number): number => images.data[i * D + j]! - value * vectors.data[i * D + j]!;
    return norm2(Float64Array.from({ length: D }, (_, j) => at(j)));
  });
}

/** A space of three blocks, rows of the orthogonal matrix: not a Krylov space. */
function grown(): { space: SearchSpace; k: Matrix; rows: Matrix } {
  const { k, rows } = fixture();
  const space = new SearchSpace(D, 9);
  for (const [from, to] of [
    [0, 2],
    [2, 5],
    [5, 6],
  ] as const) {
    const block = rowsOf(rows, from, to);
    space.append(block, multiply(block, k));
  }
  return { space, k, rows };
}

test("the basis is what was appended, and the projection on it has the eigenvalues of V K V^T", () => {
  const { space, k, rows } = grown();
  expect(space.size).toBe(6);
  expect(space.current()).toEqual(rowsOf(rows, 0, 6));
  for (const count of [1, 3, 6, 40]) {
    const { values, vectors } = space.vectors(space.ritz(count));
    const truth = projectedValues(rowsOf(rows, 0, 6), k);
    expect(values.length).toBe(Math.min(count, 6));
    values.forEach((value, i) => {
      expect(Math.abs(value - truth[i]!)).toBeLessThan(1e-12);
    });
    expect(orthonormalityError(transpose(vectors))).toBeLessThan(1e-14);
  }
});

test("append returns what of the images lies outside the enlarged space", () => {
  const { k, rows } = fixture();
  const space = new SearchSpace(D, 9);
  space.append(rowsOf(rows, 0, 3), multiply(rowsOf(rows, 0, 3), k));
  const images = multiply(rowsOf(rows, 3, 5), k);
  const outside = space.append(rowsOf(rows, 3, 5), images);
  // The other six rows of the orthogonal matrix span the complement.
  const complement = rowsOf(rows, 5, D);
  const truth = multiply(multiply(images, transpose(complement)), complement);
  expect(maxDifference(outside, truth)).toBeLessThan(1e-13);
});

test("in a Krylov space the reported residual is the largest true one, relative to the largest value", () => {
  const { k, rows } = fixture();
  const space = new SearchSpace(D, 9);
  let block = rowsOf(rows, 0, 2);
  for (let step = 0; step < 3; step++) {
    const outside = space.append(block, multiply(block, k));
    // Gram-Schmidt on two rows.
    const next = { ...outside, data: outside.data.slice() };
    const [a, b] = [next.data.subarray(0, D), next.data.subarray(D)];
    const length = norm2(a);
    for (let j = 0; j < D; j++) a[j] = a[j]! / length;
    const inner = a.reduce((sum, x, j) => sum + x * b[j]!, 0);
    for (let j = 0; j < D; j++) b[j] = b[j]! - inner * a[j]!;
    const rest = norm2(b);
    for (let j = 0; j < D; j++) b[j] = b[j]! / rest;
    for (const count of [1, 2]) {
      const ritz = space.ritz(count);
      const { vectors, values } = space.vectors(ritz);
      const truth = Math.max(...residuals(k, vectors, values)) / values[0]!;
      expect(truth).toBeGreaterThan(1e-6);
      expect(Math.abs(ritz.residual / truth - 1)).toBeLessThan(1e-8);
    }
    block = next;
  }
});

test("a compressed space keeps its leading pairs, and grows on as one that was never larger", () => {
  const { space, k, rows } = grown();
  const before = space.vectors(space.ritz(4));
  space.compress(4);
  expect(space.size).toBe(4);
  const kept = space.current();
  expect(maxDifference(kept, before.vectors)).toBeLessThan(1e-14);
  const after = space.vectors(space.ritz(4));
  after.values.forEach((value, i) => {
    expect(Math.abs(value - before.values[i]!)).toBeLessThan(1e-12);
  });
  const block = rowsOf(rows, 6, 9);
  const all = { rows: 7, cols: D, data: Float64Array.of(...kept.data, ...block.data) };
  space.append(block, multiply(block, k));
  const truth = projectedValues(all, k);
  space.vectors(space.ritz(7)).values.forEach((value, i) => {
    expect(Math.abs(value - truth[i]!)).toBeLessThan(1e-12);
  });
});

test("the zero operator has residual 0", () => {
  const space = new SearchSpace(3, 3);
  const block = { rows: 1, cols: 3, data: Float64Array.of(1, 0, 0) };
  space.append(block, { ...block, data: new Float64Array(3) });
  expect(space.ritz(1).residual).toBe(0);
});

test("first rows are a view", () => {
  const m = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
  firstRows(m, 1).data[0] = 9;
  expect([...m.data]).toEqual([9, 2, 3, 4]);
  expect(firstRows(m, 1).rows).toBe(1);
});
