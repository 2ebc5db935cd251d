import { expect, test } from "vitest";
import { type Matrix, zeros } from "../../src/numerics/matrix.js";
import { orthonormalityError } from "../../src/numerics/small.js";
import { type TopSubspace, topLeftSubspace, topRightSubspace } from "../../src/numerics/topSubspace.js";
import { diagonal, withSpectrum } from "../helpers/matrices.js";

/** `rows x cols` with these numbers on the diagonal: its singular vectors are axes. */
function oblong(rows: number, cols: number, entries: readonly number[]): Matrix {
  const m = zeros(rows, cols);
  entries.forEach((entry, i) => {
    m.data[i * cols + i] = entry;
  });
  return m;
}

/** The tangent of the angle between the first basis vector and the first axis. */
function tangent({ basis }: TopSubspace): number {
  const column = Array.from({ length: basis.rows }, (_, i) => basis.data[i * basis.cols]!);
  return Math.hypot(...column.slice(1)) / Math.abs(column[0]!);
}

test("the solver that is asked for is used; auto is dense on small sides", () => {
  const small = oblong(3, 5, [3, 2, 1]);
  expect(topRightSubspace(small, 1).solver).toBe("dense");
  expect(topRightSubspace(small, 1, { solver: "auto" }).solver).toBe("dense");
  expect(topRightSubspace(small, 1, { solver: "dense" }).solver).toBe("dense");
  expect(topRightSubspace(small, 1, { solver: "krylov" }).solver).toBe("krylov");
});

test("auto is the Krylov solver from a smaller side of 321 on", () => {
  expect(topRightSubspace(oblong(321, 325, [9, 0.1]), 1, { maxApplications: 1 }).solver).toBe("krylov");
});

/** diag(1, rho, ..., rho): a half step of subspace iteration multiplies the tangent of the angle to the first axis by rho. */
const RHO = 0.1;
const twoValues: Matrix = diagonal([1, ...new Array(11).fill(RHO)]);
/** One block of the Krylov solver alone, so that the steps have something to do. */
const rough = (tolerance: number): TopSubspace =>
  topRightSubspace(twoValues, 1, { solver: "krylov", maxApplications: 1, tolerance });

test("a tolerance that the first residual meets, exactly met included, asks for no further step", () => {
  const first = rough(Infinity);
  expect(first.converged).toBe(true);
  expect(first.residual).toBeGreaterThan(1e-3);
  const exactly = rough(first.residual);
  expect([exactly.converged, exactly.residual]).toEqual([true, first.residual]);
  expect(exactly.basis).toEqual(first.basis);
});

test("further steps, at most three, each multiply the tangent of the angle by (sigma_2 / sigma_1)^2", () => {
  const first = rough(Infinity);
  const start = tangent(first);
  expect(start).toBeGreaterThan(1e-3);
  const one = rough(0.99 * first.residual);
  expect(one.converged).toBe(true);
  expect(tangent(one) / start).toBeCloseTo(RHO ** 2, 8);
  const three = rough(0);
  expect(three.converged).toBe(false);
  expect(tangent(three) / (start * RHO ** 6)).toBeCloseTo(1, 6);
  // The residual of (1, t) with partner (1, t / rho) is t / rho (1 - rho^2) up to t^2.
  expect(three.residual / ((tangent(three) / RHO) * (1 - RHO ** 2))).toBeCloseTo(1, 6);
});

test.each([1e-9, 1, 1e9])(
  "singular values count from max(m, n) 2^-52 of the largest on, whatever its size: %d",
  (largest) => {
    const cutoff = 200 * 2 ** -52;
    for (const [share, rank] of [
      [2, 2],
      [0.5, 1],
      [0.01, 1],
    ] as const) {
      const m = oblong(2, 200, [largest, share * cutoff * largest]);
      const right = topRightSubspace(m, 2);
      expect([right.rank, right.values.length, right.basis.cols]).toEqual([rank, rank, rank]);
      expect(topLeftSubspace(m, 2).rank).toBe(rank);
    }
  },
);

test("the zero matrix has rank 0, whichever solver and side; the solver is the one that looked", () => {
  for (const [rows, cols] of [
    [4, 7],
    [7, 4],
    [1, 1],
  ] as const) {
    for (const solver of ["krylov", "dense"] as const) {
      const found = topRightSubspace(zeros(rows, cols), 1, { solver });
      expect(found).toEqual({
        basis: zeros(cols, 0),
        values: new Float64Array(0),
        rank: 0,
        residual: 0,
        converged: true,
        solver,
      });
    }
  }
});

test.each([1e-300, 1e-200, 1e-31, 1e-29, 1e29, 1e31, 1e200, 1e300])(
  "sizes whose squares overflow or vanish give the same subspace, and values of their own size: %d",
  (scale) => {
    for (const [rows, cols] of [
      [5, 7],
      [7, 5],
      [6, 6],
    ] as const) {
      const { matrix, u, v } = withSpectrum(["sizes", rows], rows, cols, [5, 3, 2, 1]);
      const m = { ...matrix, data: matrix.data.map((x) => x * scale) };
      for (const solver of ["krylov", "dense"] as const) {
        for (const [found, truth] of [
          [topRightSubspace(m, 2, { solver }), v],
          [topLeftSubspace(m, 2, { solver }), u],
        ] as const) {
          expect(found.converged).toBe(true);
          for (let i = 0; i < 2; i++) {
            expect(Math.abs(found.values[i]! / scale - [5, 3][i]!)).toBeLessThan(1e-13);
            let inner = 0;
            for (let j = 0; j < truth.rows; j++)
              inner += truth.data[j * 4 + i]! * found.basis.data[j * 2 + i]!;
            expect(Math.abs(Math.abs(inner) - 1)).toBeLessThan(1e-12);
          }
        }
      }
    }
  },
);

test.each([
  [1, 64, 2, 57],
  [7, 78, 4, 72],
] as const)(
  "the search space holds 60 vectors, or 8 (r + 2) if that is more: so many lose nothing to a restart, r = %d",
  (r, d, power, maxApplications) => {
    const m = diagonal(Float64Array.from({ length: d }, (_, i) => (1 - i / d) ** (power / 2)));
    // With room for fewer vectors the residual is above 1e-9.
    const found = topRightSubspace(m, r, { solver: "krylov", maxApplications, tolerance: 1e-11 });
    expect(found.converged).toBe(true);
  },
);

test("the default bound on the work leaves room for many vectors at once", () => {
  // 20 of them: the first block alone has 22, and the values fall slowly.
  const sigma = Array.from({ length: 90 }, (_, i) => 0.9 ** i);
  const found = topRightSubspace(diagonal(sigma), 20, { solver: "krylov" });
  expect(found.converged).toBe(true);
  expect(orthonormalityError(found.basis)).toBeLessThan(1e-13);
  found.values.forEach((value, i) => {
    expect(Math.abs(value - sigma[i]!)).toBeLessThan(1e-13);
  });
});
