import fc from "fast-check";
import { type Matrix, zeros } from "../../src/numerics/matrix.js";
import { multiply, multiplyTransposeRight } from "../../src/numerics/products.js";
import { firstAxes, frame } from "./frames.js";
import { decimal, entry } from "./numbers.js";

/** A matrix of a given shape; shrinks to zeros. */
export function matrixOf(rows: number, cols: number): fc.Arbitrary<Matrix> {
  return fc
    .array(entry, { minLength: rows * cols, maxLength: rows * cols })
    .map((entries) => ({ rows, cols, data: Float64Array.from(entries) }));
}

/** Singular values: equal ones, small ones beside large ones; descending, all positive; shrinks to ones. */
export function singularValues(count: number): fc.Arbitrary<number[]> {
  const value = fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(1, 1, 2, 1e-3) },
    { weight: 3, arbitrary: decimal(0.05, 4) },
  );
  return fc
    .array(value, { minLength: count, maxLength: count })
    .map((values) => [...values].sort((a, b) => b - a));
}

/** A matrix of exact rank r: U diag(sigma) V^T with frames U (p x r) and V (T x r), T >= r. */
export interface LowRank {
  readonly signal: Matrix;
  readonly u: Matrix;
  readonly sigma: readonly number[];
}

export function lowRank(p: number, t: number, r: number): fc.Arbitrary<LowRank> {
  return fc.record({ u: frame(p, r), v: frame(t, r), sigma: singularValues(r) }).map(({ u, v, sigma }) => ({
    u,
    sigma,
    signal: multiplyTransposeRight(multiply(u, diagonal(sigma)), v),
  }));
}

/** Signal of rank r and a perturbation of spectral norm of the order of `relative` times sigma_r, any size included. */
export interface Perturbed extends LowRank {
  readonly noise: Matrix;
}

export const perturbed: fc.Arbitrary<Perturbed> = fc
  .record({
    r: fc.integer({ min: 1, max: 3 }),
    extraRows: fc.integer({ min: 0, max: 3 }),
    extraTasks: fc.integer({ min: 0, max: 4 }),
    size: fc.constantFrom(0, 1e-9, 0.01, 0.05, 0.2, 1),
  })
  .chain(({ r, extraRows, extraTasks, size }) => {
    const p = r + extraRows;
    const t = r + extraTasks;
    return fc.record({ low: lowRank(p, t, r), noise: matrixOf(p, t) }).map(({ low, noise }) => ({
      ...low,
      noise: { ...noise, data: noise.data.map((x) => size * x * 0.2) },
    }));
  });

export function diagonal(entries: ArrayLike<number>): Matrix {
  const result = zeros(entries.length, entries.length);
  for (let i = 0; i < entries.length; i++) result.data[i * entries.length + i] = entries[i]!;
  return result;
}

export function plus(a: Matrix, b: Matrix): Matrix {
  return { rows: a.rows, cols: a.cols, data: a.data.map((x, i) => x + b.data[i]!) };
}

/**
 * Task vectors as columns of A, r x T, T >= r: spread (axes and any others), or nearly collinear, all within `tilt` of one axis. No zero column.
 */
export function taskMatrix(r: number, t: number): fc.Arbitrary<Matrix> {
  return fc.record({ a: matrixOf(r, t), tilt: fc.constantFrom(1, 1, 1e-2, 1e-6) }).map(({ a, tilt }) => {
    const axes = firstAxes(Math.max(r, t), Math.min(r, t));
    for (let j = 0; j < t; j++) {
      for (let i = 0; i < r; i++) {
        const spread = a.data[i * t + j]! + (axes.data[(j % r) * axes.cols + (i % axes.cols)] ?? 0);
        a.data[i * t + j] = i === 0 ? (spread === 0 ? 1 : spread) : tilt * spread;
      }
      if (r === 1 && a.data[j] === 0) a.data[j] = 1;
    }
    return a;
  });
}
