import { expect, test } from "vitest";
import { fromRows, type Matrix, transpose, zeros } from "../../src/numerics/matrix.js";
import { principalAngles } from "../../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeLeft, norm2 } from "../../src/numerics/products.js";
import { orthonormalityError, smallSvd } from "../../src/numerics/small.js";
import {
  type TopSubspace,
  type TopSubspaceOptions,
  topLeftSubspace,
  topRightSubspace,
} from "../../src/numerics/topSubspace.js";
import { haarFrame, normalMatrix } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { columns, withSpectrum } from "../helpers/matrices.js";

/** Spectra with a gap after the first r values, so that the r-dimensional subspace is defined. */
const SPECTRA: { name: string; r: number; sigma: number[] }[] = [
  { name: "one spike", r: 1, sigma: [5, 1, 0.9, 0.5] },
  { name: "two close values", r: 2, sigma: [3, 2.999, 1, 1, 1] },
  { name: "multiplicity r", r: 4, sigma: [2, 2, 2, 2, 1, 0.5] },
  { name: "multiplicity across the tail", r: 2, sigma: [2, 2, 1, 1, 1, 1, 1, 1] },
  { name: "small gap", r: 3, sigma: [1.06, 1.05, 1.04, 1, 0.99, 0.98, 0.97, 0.96, 0.95] },
  { name: "graded over six digits", r: 3, sigma: [1, 1e-3, 1e-6, 1e-8] },
  { name: "exact rank r", r: 3, sigma: [3, 2, 1] },
  { name: "full", r: 12, sigma: Array.from({ length: 12 }, (_, i) => 2 - i / 10) },
];
const SHAPES = [
  [12, 12],
  [12, 40],
  [40, 12],
  [33, 25],
] as const;
const SOLVERS = ["krylov", "dense", "auto"] as const;
const SIDES = ["right", "left"] as const;
const SCALES = [1e-150, 1, 1e150] as const;

function solve(side: (typeof SIDES)[number], m: Matrix, r: number, options: TopSubspaceOptions): TopSubspace {
  return side === "right" ? topRightSubspace(m, r, options) : topLeftSubspace(m, r, options);
}

/** max_i ||M v_i - sigma_i u_i|| / sigma_1 with u_i = M v_i / sigma_i cannot be told from outside; ||M^T M v - sigma^2 v|| can. */
function gramResidual(m: Matrix, found: TopSubspace): number {
  const images = multiplyTransposeLeft(m, multiply(m, found.basis));
  let worst = 0;
  for (let i = 0; i < found.rank; i++) {
    const gap = new Float64Array(m.cols);
    for (let j = 0; j < m.cols; j++) {
      gap[j] =
        images.data[j * found.rank + i]! - found.values[i]! ** 2 * found.basis.data[j * found.rank + i]!;
    }
    worst = Math.max(worst, norm2(gap) / found.values[0]! ** 2);
  }
  return worst;
}

test("every solver, side, shape, scale and spectrum finds the subspace that the matrix was built from", () => {
  const seen = new Set<string>();
  let cases = 0;
  for (const { name, r, sigma } of SPECTRA) {
    for (const [rows, cols] of SHAPES) {
      const { matrix, u, v } = withSpectrum([name, rows, cols], rows, cols, sigma);
      for (const solver of SOLVERS) {
        for (const side of SIDES) {
          for (const scale of SCALES) {
            cases++;
            const scaledMatrix = { ...matrix, data: matrix.data.map((x) => x * scale) };
            const found = solve(side, scaledMatrix, r, { solver });
            const label = `${name}, ${rows} x ${cols}, ${solver}, ${side}, ${scale}`;
            const truth = columns(side === "right" ? v : u, 0, r);
            expect(found.rank, label).toBe(r);
            expect(found.converged, label).toBe(true);
            expect([found.basis.rows, found.basis.cols], label).toEqual([truth.rows, r]);
            expect(orthonormalityError(found.basis), label).toBeLessThan(1e-13);
            for (let i = 0; i < r; i++) {
              expect(Math.abs(found.values[i]! / scale - sigma[i]!), label).toBeLessThan(1e-12 * sigma[0]!);
            }
            // A residual of 1e-10 over the gap; the graded spectrum has sigma_3 - sigma_4 = 1e-6 of sigma_1.
            const gap = sigma[r - 1]! - (sigma[r] ?? 0);
            const angle = principalAngles(truth, found.basis)[r - 1]!;
            expect(angle, label).toBeLessThan((2e-10 * sigma[0]!) / gap);
            expect(found.solver, label).toBe(solver === "krylov" ? "krylov" : "dense");
            seen.add([name, rows, cols, solver, side, scale, found.solver].join());
          }
        }
      }
    }
  }
  // No parameter is shadowed: every combination was a different case.
  expect(cases).toBe(8 * 4 * 3 * 2 * 3);
  expect(seen.size).toBe(cases);
});

test("both solvers agree with the full SVD of a random matrix, to 1e-8 and better", () => {
  for (const [rows, cols] of [
    [60, 25],
    [25, 60],
    [50, 50],
  ] as const) {
    const m = normalMatrix(keyedStream(["random matrix", rows, cols]), rows, cols);
    const svd = smallSvd(m);
    for (const solver of ["krylov", "dense"] as const) {
      for (const r of [1, 2, 5]) {
        const right = topRightSubspace(m, r, { solver });
        const left = topLeftSubspace(m, r, { solver });
        expect(principalAngles(columns(svd.v, 0, r), right.basis)[r - 1]).toBeLessThan(1e-8);
        expect(principalAngles(columns(svd.u, 0, r), left.basis)[r - 1]).toBeLessThan(1e-8);
        right.values.forEach((value, i) => {
          expect(Math.abs(value / svd.values[i]! - 1)).toBeLessThan(1e-12);
        });
      }
    }
  }
});

test("column i of the basis is the singular vector of value i, not any basis of the span", () => {
  const { matrix, v } = withSpectrum(["columns"], 30, 20, [4, 3, 2, 1]);
  for (const solver of ["krylov", "dense"] as const) {
    const { basis } = topRightSubspace(matrix, 3, { solver });
    for (let i = 0; i < 3; i++) {
      const angle = principalAngles(columns(v, i, i + 1), columns(basis, i, i + 1))[0];
      expect(angle).toBeLessThan(1e-9);
    }
  }
});

test("a rank below r is reported, and no direction is invented", () => {
  for (const solver of SOLVERS) {
    for (const [sigma, r] of [
      [[2, 1], 5],
      [[2], 2],
      [[1, 1e-7], 3],
      [[3, 2, 1, 0.5], 12],
    ] as const) {
      for (const [rows, cols] of SHAPES) {
        const { matrix, u, v } = withSpectrum(["low rank", sigma, rows], rows, cols, sigma);
        for (const side of SIDES) {
          const found = solve(side, matrix, r, { solver });
          expect(found.rank).toBe(sigma.length);
          expect(found.values.length).toBe(sigma.length);
          expect(found.basis.cols).toBe(sigma.length);
          const angles = principalAngles(side === "right" ? v : u, found.basis);
          expect(Math.max(...angles)).toBeLessThan(1e-9 / sigma.at(-1)!);
        }
      }
    }
  }
});

test("the zero matrix has rank 0 and an empty basis", () => {
  for (const solver of SOLVERS) {
    const found = topRightSubspace(zeros(4, 7), 3, { solver });
    expect([found.rank, found.basis.rows, found.basis.cols, found.converged]).toEqual([0, 7, 0, true]);
  }
});

test("hand-worked: [[0, 3, 0], [0, 0, 1]] has 3 along the second axis", () => {
  const m = fromRows([
    [0, 3, 0],
    [0, 0, 1],
  ]);
  const right = topRightSubspace(m, 1);
  expect(right.values[0]).toBeCloseTo(3, 14);
  expect([...right.basis.data].map((x) => Math.round(Math.abs(x) * 1e14) / 1e14)).toEqual([0, 1, 0]);
  const left = topLeftSubspace(m, 1);
  expect([...left.basis.data].map((x) => Math.round(Math.abs(x) * 1e14) / 1e14)).toEqual([1, 0]);
});

/** Pure noise with one spike near the transition: the bulk of the spectrum is a cluster, and restarts are needed. */
function nearTransition(rows: number, cols: number, strength: number): Matrix {
  const rng = keyedStream(["near transition", rows, cols, strength]);
  const noise = normalMatrix(rng, rows, cols);
  const u = haarFrame(rng, rows, 1);
  const v = haarFrame(rng, cols, 1);
  const spike = strength * (rows * cols) ** 0.25;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) noise.data[i * cols + j]! += spike * u.data[i]! * v.data[j]!;
  return noise;
}

test("near the phase transition both solvers agree, and the residual that they report is true", () => {
  for (const strength of [0, 1, 1.1]) {
    for (const m of [nearTransition(340, 150, strength), nearTransition(150, 340, strength)]) {
      const dense = topRightSubspace(m, 2, { solver: "dense" });
      const krylov = topRightSubspace(m, 2, { solver: "krylov" });
      expect(principalAngles(dense.basis, krylov.basis)[1]).toBeLessThan(1e-7);
      for (const found of [dense, krylov]) {
        expect(found.converged).toBe(true);
        expect(found.residual).toBeLessThanOrEqual(1e-10);
        // ||M^T M v - sigma^2 v|| <= ||M|| ||M v - sigma u||, up to rounding.
        expect(gramResidual(m, found)).toBeLessThanOrEqual(found.residual + 1e-14);
      }
    }
  }
});

test("a side above the dense limit goes through restarts of the Krylov solver to the same subspace", () => {
  const m = nearTransition(330, 400, 0.9);
  const krylov = topRightSubspace(m, 1);
  expect(krylov.solver).toBe("krylov");
  expect(krylov.converged).toBe(true);
  const dense = topRightSubspace(m, 1, { solver: "dense" });
  expect(principalAngles(dense.basis, krylov.basis)[0]).toBeLessThan(1e-8);
  expect(Math.abs(dense.values[0]! / krylov.values[0]! - 1)).toBeLessThan(1e-13);
});

test("work that is too little is reported: not converged, and with a residual that says how far", () => {
  const m = nearTransition(340, 330, 0);
  for (const side of SIDES) {
    const found = solve(side, m, 2, { solver: "krylov", maxApplications: 8 });
    expect(found.converged).toBe(false);
    expect(found.residual).toBeGreaterThan(1e-6);
    const matrix = side === "right" ? m : transpose(m);
    const independent = gramResidual(matrix, found);
    expect(independent).toBeGreaterThan(1e-7);
    expect(independent).toBeLessThanOrEqual(found.residual);
    expect(orthonormalityError(found.basis)).toBeLessThan(1e-13);
  }
});

test("a tolerance is honoured, and a tighter one costs accuracy nothing", () => {
  const m = nearTransition(200, 120, 1.3);
  const loose = topRightSubspace(m, 1, { solver: "krylov", tolerance: 1e-3 });
  const tight = topRightSubspace(m, 1, { solver: "krylov", tolerance: 1e-13 });
  expect(loose.converged && loose.residual <= 1e-3).toBe(true);
  expect(tight.converged && tight.residual <= 1e-13).toBe(true);
  // No dimension below rounding can be reached: it is said.
  expect(topRightSubspace(m, 1, { tolerance: 1e-18 }).converged).toBe(false);
});

test("the result is a function of the input: the same bits twice, and the input is untouched", () => {
  const m = nearTransition(60, 40, 1.2);
  const before = m.data.slice();
  for (const solver of SOLVERS) {
    const first = topRightSubspace(m, 3, { solver });
    expect(topRightSubspace(m, 3, { solver })).toEqual(first);
    expect(topLeftSubspace(transpose(m), 3, { solver })).toEqual(first);
  }
  expect(m.data).toEqual(before);
});

test("a rank outside [1, min(m, n)] and non-finite input are errors", () => {
  for (const r of [0, 3, 1.5, Number.NaN, -1]) {
    expect(() => topRightSubspace(zeros(2, 9), r)).toThrow(/r must be an integer in \[1, 2\]/);
  }
  const m = fromRows([[1, Number.NaN]]);
  expect(() => topRightSubspace(m, 1)).toThrow(/finite/);
  expect(() => topLeftSubspace(m, 1)).toThrow(/finite/);
});
