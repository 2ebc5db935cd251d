/**
 * LEMMA wedin: sin-Theta theorem for a rank-r signal (Wedin 1972).
 *
 * M of rank r with left singular subspace U, Mhat = M + E with top-r subspace Uhat:
 *
 *     ||sin Theta(U, Uhat)||_F <= ||(I - U U^T) E||_F / sigma_r(Mhat)               (M has rank r exactly: no gap of M is asked for)
 *                              <= ||E||_F / (sigma_r(M) - ||E||_2)  if ||E||_2 < sigma_r(M),
 *     ||sin Theta||_2 <= 2 ||E||_2 / sigma_r(M),   ||sin Theta||_F <= 2 sqrt(r) ||E||_2 / sigma_r(M)   (for any E).
 *
 * Hypotheses: rank exactly r; the second line needs the gap. The factor 2 of the third line is the price of no gap and cannot be lowered.
 * Role: from the noise of the stacked matrix to the error of the representation: the centre of C1.
 * Follows from: weyl, subspaceMetric, topSubspace.
 */
import type { Matrix } from "../src/numerics/matrix.js";
import { sinThetaSquared } from "../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeLeft, norm2 } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { topLeftSubspace } from "../src/numerics/topSubspace.js";
import { diagonal, type Perturbed, perturbed, plus } from "./arbitraries/matrices.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, every, type Inequality } from "./laws/verdict.js";
import { counterexample } from "./laws/weakened.js";

interface Error {
  readonly sine: number;
  readonly r: number;
  readonly sigmaHat: number;
  readonly sigma: number;
  readonly spectral: number;
  readonly frobenius: number;
  readonly outside: number;
}

function errorOf({ signal, u, noise }: Perturbed): Error {
  const r = u.cols;
  const sum = plus(signal, noise);
  const top = topLeftSubspace(sum, r);
  const inside = multiply(u, multiplyTransposeLeft(u, noise));
  return {
    sine: Math.sqrt(sinThetaSquared(u, top.basis)),
    r,
    sigmaHat: top.values[r - 1] ?? 0,
    sigma: smallSvd(signal).values[r - 1]!,
    spectral: smallSvd(noise).values[0]!,
    frobenius: norm2(noise.data),
    outside: norm2(noise.data.map((x, i) => x - inside.data[i]!)),
  };
}

const sharp = (e: Error): Inequality => atMost(e.sine * e.sigmaHat, e.outside, 1e-10);
const withGap = (e: Error): Inequality => atMost(e.sine * (e.sigma - e.spectral), e.frobenius, 1e-10);
const noGap = (e: Error): Inequality => atMost(e.sine, (2 * Math.sqrt(e.r) * e.spectral) / e.sigma, 1e-10);

function twoByTwo(a: number, b: number): Perturbed {
  const u: Matrix = { rows: 2, cols: 1, data: Float64Array.of(1, 0) };
  return { u, sigma: [1], signal: diagonal([1, 0]), noise: diagonal([a, b]) };
}

lemma("wedin", [
  always("the sine never exceeds the noise outside range(B) over sigma_r(Mhat)", errorOf, perturbed, (e) =>
    every(sharp(e), withGap(e)),
  ),
  always("nor twice the noise over sigma_r(M), whatever the gap", errorOf, perturbed, noGap),
  counterexample(
    "false when the signal has rank above r: a second direction nearly as strong changes places with the first",
    errorOf,
    { ...twoByTwo(-0.01, 0.01), signal: diagonal([1, 0.99]) },
    noGap,
  ),
  counterexample("false without the factor 2: ||E|| / sigma_r(M)", errorOf, twoByTwo(-0.51, 0.51), (e) =>
    atMost(e.sine, e.spectral / e.sigma),
  ),
  attains(
    "the factor 2 is reached: signal and noise change places",
    (x: number) => noGap(errorOf(twoByTwo(-x, x))),
    [0.5001, 0.50001],
    0.9999,
  ),
  attains(
    "the first line is reached for small noise across",
    (x: number) => {
      const u: Matrix = { rows: 2, cols: 1, data: Float64Array.of(1, 0) };
      const noise: Matrix = { rows: 2, cols: 2, data: Float64Array.of(0, 0, x, 0) };
      return sharp(errorOf({ u, sigma: [1], signal: diagonal([1, 0]), noise }));
    },
    [0.1, 1e-3],
    0.9999,
  ),
]);
