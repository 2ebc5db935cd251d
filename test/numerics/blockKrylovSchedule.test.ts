import { expect, test } from "vitest";
import { blockKrylov, type KrylovOptions, type KrylovResult } from "../../src/numerics/blockKrylov.js";
import { type Matrix, zeros } from "../../src/numerics/matrix.js";
import { orthonormalizeRows, pseudoRandomRows } from "../../src/numerics/orthonormalRows.js";
import { multiply, multiplyTransposeLeft } from "../../src/numerics/products.js";
import { diagonal } from "../helpers/matrices.js";

const run = (k: Matrix, r: number, options: KrylovOptions): KrylovResult =>
  blockKrylov((block) => multiply(block, k), k.rows, r, options);
const NEVER = { tolerance: 0, maxApplications: Infinity, maxDimension: Infinity };

/** Values that need several checks: 1, then closer and closer ones. */
const slow = (d: number, power: number): Matrix =>
  diagonal(Float64Array.from({ length: d }, (_, i) => (1 - i / d) ** power));

test.each([
  // The first look ahead, in blocks: the least, something between, the most.
  [4, 0.07, 1],
  [4, 0.01, 2.3],
  [2, 1e-4, 4],
  [8, 1e-10, 4],
] as const)(
  "the small problem is solved after three blocks, then when the geometric fall of the residuals says that it will end: (1 - i/d)^%d to %d",
  (power, tolerance, blocks) => {
    const k = slow(48, power);
    const width = 3;
    /** The residual after exactly `count` vectors, and no look at it before. */
    const residualAfter = (count: number): number => run(k, 1, { ...NEVER, maxApplications: count }).residual;
    let at = 3 * width;
    const looks: number[] = [];
    for (;;) {
      const residual = residualAfter(at);
      if (residual <= tolerance) break;
      // residual^(expected / at) = tolerance.
      const expected = (at * Math.log(tolerance)) / Math.log(residual);
      const ahead = Math.min(4 * width, Math.max(width, 0.9 * (expected - at)));
      looks.push(ahead / width);
      // Vectors come in whole blocks.
      at += Math.ceil(ahead / width) * width;
    }
    expect(looks[0]).toBeCloseTo(blocks, 1);
    const found = run(k, 1, { ...NEVER, tolerance });
    expect([found.applications, found.converged, found.residual]).toEqual([at, true, residualAfter(at)]);
  },
);

test.each([
  [1, 9],
  [1, 12],
  [1, 14],
  [2, 20],
  [3, 17],
  // Less than three blocks is taken for three.
  [1, 1],
  [3, 0],
] as const)(
  "the restarts are those of a space that grows by blocks to its capacity and shrinks to a block and r more: r = %d, at most %d",
  (r, maxDimension) => {
    const k = slow(40, 1);
    const width = r + 2;
    const capacity = Math.max(maxDimension, 3 * width);
    let size = 0;
    let restarts = 0;
    for (let applications = width; restarts < 3; applications += width) {
      size += width;
      const found = run(k, r, { tolerance: 0, maxApplications: applications, maxDimension });
      expect([found.applications, found.restarts]).toEqual([applications, restarts]);
      expect(found.converged).toBe(false);
      if (size + width > capacity) {
        restarts++;
        size = r + width;
      }
    }
  },
);

test("work that is bounded between two blocks ends with the block that reaches the bound", () => {
  const k = slow(70, 1);
  for (const [maxApplications, applications] of [
    [1, 3],
    [3, 3],
    [4, 6],
    [9, 9],
    [10, 12],
  ]) {
    const found = run(k, 1, { ...NEVER, maxApplications: maxApplications! });
    expect(found.applications).toBe(applications);
    expect(found.converged).toBe(false);
  }
});

test("a tolerance that the residual meets exactly is met", () => {
  const k = slow(40, 3);
  const { residual } = run(k, 1, { ...NEVER, maxApplications: 9 });
  const found = run(k, 1, { ...NEVER, tolerance: residual });
  expect([found.applications, found.converged, found.residual]).toEqual([9, true, residual]);
});

test("a space that grows to the whole of R^d ends there, exact, whatever the tolerance, and never restarts", () => {
  for (const [d, r] of [
    [1, 1],
    [2, 1],
    [10, 1],
    [11, 1],
    [13, 2],
    [5, 5],
  ] as const) {
    const found = run(slow(d, 1), r, { ...NEVER, maxDimension: 1000 });
    expect([found.applications, found.restarts, found.residual, found.converged]).toEqual([d, 0, 0, true]);
    found.values.forEach((value, i) => {
      expect(Math.abs(value - (1 - i / d))).toBeLessThan(1e-14);
    });
  }
});

test("the arrays that the operator returns are not written to", () => {
  const k = slow(30, 2);
  const images: { given: Float64Array; copy: Float64Array }[] = [];
  blockKrylov(
    (block) => {
      const image = multiply(block, k);
      images.push({ given: image.data, copy: image.data.slice() });
      return image;
    },
    30,
    2,
    { tolerance: 1e-10, maxApplications: 100, maxDimension: 12 },
  );
  expect(images.length).toBeGreaterThan(4);
  for (const { given, copy } of images) expect(given).toEqual(copy);
});

test("an operator that hides ever larger values behind the first blocks is not given up, and looked at again four blocks later", () => {
  // Block tridiagonal in a basis that begins with the starting block: sizes 1, 100, 10^4, 10^6, then nothing couples any more.
  const [d, width, blocks] = [24, 3, 8];
  const basis = pseudoRandomRows(d, d);
  basis.data.set(pseudoRandomRows(width, d).data);
  orthonormalizeRows(basis, zeros(0, d), new Float64Array(d).fill(1));
  const size = (i: number): number => (i < 4 ? 100 ** i : 1e-3);
  const t = diagonal(Float64Array.from({ length: d }, (_, i) => size(Math.floor(i / width))));
  for (let i = 0; i + width < d; i++) {
    const [here, next] = [Math.floor(i / width), Math.floor(i / width) + 1];
    const coupling = next < 4 ? 0.9 * Math.sqrt(size(here) * size(next)) : 0;
    t.data[i * d + i + width] = coupling;
    t.data[(i + width) * d + i] = coupling;
  }
  const k = multiply(multiplyTransposeLeft(basis, t), basis);
  expect(run(k, 1, { ...NEVER, maxApplications: 3 * width }).residual).toBeGreaterThan(1);
  expect(run(k, 1, { ...NEVER, maxApplications: 4 * width }).residual).toBeLessThan(1e-12);
  const found = run(k, 1, { ...NEVER, tolerance: 1e-10 });
  expect([found.applications, found.converged]).toEqual([7 * width, true]);
  expect(blocks * width).toBe(d);
});
