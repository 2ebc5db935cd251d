import { expect, test } from "vitest";
import { blockKrylov, type KrylovResult } from "../../src/numerics/blockKrylov.js";
import { type Matrix, transpose } from "../../src/numerics/matrix.js";
import {
  orthonormalizeRows,
  pseudoRandomRows,
  removeComponents,
} from "../../src/numerics/orthonormalRows.js";
import { multiply, multiplyTransposeRight, norm2 } from "../../src/numerics/products.js";
import { orthonormalityError } from "../../src/numerics/small.js";
import { diagonal, withSpectrum } from "../helpers/matrices.js";

const LIMITS = { tolerance: 1e-10, maxApplications: 5000, maxDimension: 60 };

/** K = U diag(values) U^T with a Haar frame U. */
function operator(values: readonly number[], d: number): { k: Matrix; u: Matrix } {
  const { u } = withSpectrum(["operator", values.length, d], d, d, values);
  return { k: multiplyTransposeRight(multiply(u, diagonal(values)), u), u };
}

function run(k: Matrix, r: number, limits: Partial<typeof LIMITS> = {}): KrylovResult {
  return blockKrylov((block) => multiply(block, k), k.rows, r, { ...LIMITS, ...limits });
}

function residual(k: Matrix, found: KrylovResult): number {
  const images = multiply(found.vectors, k);
  let worst = 0;
  for (let i = 0; i < found.values.length; i++) {
    const gap = Float64Array.from({ length: k.cols }, (_, j) => {
      const at = i * k.cols + j;
      return images.data[at]! - found.values[i]! * found.vectors.data[at]!;
    });
    worst = Math.max(worst, norm2(gap) / found.values[0]!);
  }
  return worst;
}

test("a spectrum with a sparse gap needs restarts, and the residual it reports is the true one", () => {
  // 400 values from 1 down to 0, the leading ones 0.2 % apart: no space of dimension 60 resolves them.
  const values = Array.from({ length: 400 }, (_, i) => (1 - i / 400) ** 1.5);
  const { k } = operator(values, 400);
  for (const r of [1, 3]) {
    const found = run(k, r);
    expect(found.restarts).toBeGreaterThan(3);
    expect(found.converged).toBe(true);
    expect(orthonormalityError(transpose(found.vectors))).toBeLessThan(1e-12);
    for (let i = 0; i < r; i++) expect(Math.abs(found.values[i]! - values[i]!)).toBeLessThan(1e-12);
    expect(found.residual).toBeLessThanOrEqual(1e-10);
    expect(Math.abs(residual(k, found) - found.residual)).toBeLessThan(1e-12);
  }
});

test("the residual stays true through a restart with a space that is no multiple of the block", () => {
  const values = Array.from({ length: 150 }, (_, i) => 1 - i / 150);
  const { k } = operator(values, 150);
  for (const maxDimension of [15, 16, 17, 23, 31]) {
    for (const maxApplications of [20, 40, 80]) {
      const found = run(k, 3, { maxDimension, maxApplications });
      expect(found.converged).toBe(false);
      expect(Math.abs(residual(k, found) / found.residual - 1)).toBeLessThan(1e-6);
      expect(found.applications).toBeLessThan(maxApplications + 5);
    }
  }
});

test("multiplicity up to r + 2, rank below r and the identity are all resolved", () => {
  for (const [values, d, r] of [
    [[2, 2, 2, 2, 2, 1, 0.5], 50, 3],
    [[2, 1], 50, 4],
    [[1], 9, 3],
    [Array.from({ length: 30 }, () => 1), 30, 5],
    [[3, 2, 1], 3, 3],
    [[3, 2, 1], 4, 1],
    [[5], 1, 1],
  ] as const) {
    const { k } = operator(values, d);
    const found = run(k, r);
    expect(found.converged).toBe(true);
    expect(orthonormalityError(transpose(found.vectors))).toBeLessThan(1e-12);
    for (let i = 0; i < r; i++) {
      expect(Math.abs(found.values[i]! - (values[i] ?? 0))).toBeLessThan(1e-12);
    }
    expect(residual(k, found)).toBeLessThan(1e-9);
  }
});

test("an eigenvector that the operator separates from the rest is not missed", () => {
  // Coordinates that do not couple: the largest value sits on one of them alone.
  const entries = Array.from({ length: 90 }, (_, i) => (i === 57 ? 3 : 1 - i / 100));
  const found = run(diagonal(entries), 2);
  expect(found.values[0]).toBeCloseTo(3, 12);
  expect(Math.abs(found.vectors.data[57]!)).toBeCloseTo(1, 12);
  expect(found.values[1]).toBeCloseTo(1, 10);
});

test("orthonormalised rows span what they did, and rows that depend on others are replaced", () => {
  const basis = pseudoRandomRows(3, 12, 5);
  orthonormalizeRows(basis, { rows: 0, cols: 12, data: new Float64Array(0) }, [1, 1, 1]);
  expect(orthonormalityError(transpose(basis))).toBeLessThan(1e-15 * 10);
  const rows = pseudoRandomRows(5, 12, 9);
  // Row 1 repeats row 0 up to 1e-9, row 2 is in the span of the basis, row 3 is zero.
  for (let j = 0; j < 12; j++) {
    rows.data[12 + j] = rows.data[j]! * 2 + 1e-9 * Math.cos(j);
    rows.data[24 + j] = basis.data[j]! - basis.data[12 + j]!;
    rows.data[36 + j] = 0;
  }
  const direction = rows.data.slice(0, 12);
  orthonormalizeRows(rows, basis, [2, 4, 1.5, 0, 2]);
  const all = { rows: 8, cols: 12, data: Float64Array.of(...basis.data, ...rows.data) };
  expect(orthonormalityError(transpose(all))).toBeLessThan(1e-14);
  const left = { rows: 1, cols: 12, data: direction };
  removeComponents(left, all);
  expect(norm2(left.data)).toBeLessThan(1e-14);
});
