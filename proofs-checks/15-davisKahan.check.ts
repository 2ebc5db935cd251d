/**
 * LEMMA davisKahan: the symmetric sin-Theta theorem, with the gap of the unperturbed matrix alone (Yu, Wang & Samworth, Biometrika 102 (2015)).
 *
 *     ||sin Theta(U, Uhat)||_F <= 2 min(sqrt(r) ||E||_2, ||E||_F) / (lambda_r(S) - lambda_{r+1}(S)).
 *
 * Hypotheses: S, E symmetric; lambda_r > lambda_{r+1}.
 * Role: the same step as wedin for covariance matrices; the route of proofs that square the stacked matrix.
 * Follows from: weyl, subspaceMetric.
 */
import fc from "fast-check";
import { firstColumns, type Matrix } from "../src/numerics/matrix.js";
import { sinThetaSquared } from "../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeRight, norm2 } from "../src/numerics/products.js";
import { symmetricEigen } from "../src/numerics/small.js";
import { frame } from "./arbitraries/frames.js";
import { diagonal, matrixOf, plus } from "./arbitraries/matrices.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, every, type Inequality } from "./laws/verdict.js";
import { counterexample, weakened } from "./laws/weakened.js";

interface Case {
  readonly s: Matrix;
  readonly e: Matrix;
  readonly r: number;
}

const symmetric = (m: Matrix): Matrix => ({
  ...m,
  data: m.data.map((x, at) => 0.1 * (x + m.data[(at % m.cols) * m.cols + Math.floor(at / m.cols)]!)),
});

/** Eigenvalues with a gap after the r-th, of either sign. */
const cases: fc.Arbitrary<Case> = fc
  .record({ n: fc.integer({ min: 2, max: 5 }), gap: fc.constantFrom(0.1, 1, 5) })
  .chain(({ n, gap }) =>
    fc
      .record({
        r: fc.integer({ min: 1, max: n - 1 }),
        q: frame(n, n),
        e: matrixOf(n, n),
        jumps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
      })
      .map(({ r, q, e, jumps }) => {
        let value = 2;
        const values = jumps.map((jump, i) => {
          value -= 0.5 * jump + (i === r ? gap : 0);
          return value;
        });
        return { s: multiplyTransposeRight(multiply(q, diagonal(values)), q), e: symmetric(e), r };
      }),
  );

function bounds({ s, e, r }: Case, factor: number): { spectral: Inequality; frobenius: Inequality } {
  const before = symmetricEigen(symmetrized(s));
  const after = symmetricEigen(symmetrized(plus(s, e)));
  const sine = Math.sqrt(sinThetaSquared(firstColumns(before.vectors, r), firstColumns(after.vectors, r)));
  const gap = before.values[r - 1]! - before.values[r]!;
  const values = symmetricEigen(e).values;
  const spectral = Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!));
  return {
    spectral: atMost(sine, (factor * Math.sqrt(r) * spectral) / gap, 1e-10),
    frobenius: atMost(sine, (factor * norm2(e.data)) / gap, 1e-10),
  };
}

function symmetrized(m: Matrix): Matrix {
  return {
    ...m,
    data: m.data.map((x, at) => 0.5 * (x + m.data[(at % m.cols) * m.cols + Math.floor(at / m.cols)]!)),
  };
}

const swap = (x: number): Case => ({ s: diagonal([1, 0]), e: diagonal([-x, x]), r: 1 });

lemma("davisKahan", [
  always(
    "the sine never exceeds twice the perturbation over the gap",
    (c: Case) => bounds(c, 2),
    cases,
    (b) => every(b.spectral, b.frobenius),
  ),
  weakened(
    "false for the r-th and (r+1)-th eigenvalues of half the gap",
    (c: Case) => bounds(c, 0.2),
    cases,
    (b) => every(b.spectral, b.frobenius),
  ),
  counterexample(
    "false with the constant 1",
    (c: Case) => bounds(c, 1),
    swap(0.51),
    (b) => b.spectral,
  ),
  attains("the constant 2 is reached", (x: number) => bounds(swap(x), 2).spectral, [0.5001, 0.50001], 0.9999),
]);
