/**
 * LEMMA thresholdMoments: moments of a soft-thresholded Gaussian number (section 5.3).
 *
 *     E y^k, y = soft-threshold(x + tau z, eps), in closed form in phi and Phi;   eps = 0 leaves the Gaussian;   |E y| <= |x| + tau (E y has the sign of x),
 *     E y^2 and |E y| fall in eps,   Var y <= tau^2   (soft-thresholding is a contraction: Gaussian Poincare).
 *
 * Hypotheses: tau > 0, eps >= 0.
 * Role: signal (hbar), noise on the support (var) and off it (v0) of C3's exact form.
 * Follows from: softThresholdProx.
 */
import fc from "fast-check";
import { integrate } from "../src/numerics/special/gaussLegendre.js";
import { normalPdf } from "../src/numerics/special/normal.js";
import { type SoftThresholdMoments, softThresholdMoments } from "../src/theory/softThresholdMoments.js";
import { decimal, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { neverRises } from "./laws/structure.js";
import { atMost, equals, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly x: number;
  readonly tau: number;
  readonly eps: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  x: decimal(-8, 8),
  tau: logUniform(0.1, 10),
  eps: fc.oneof(fc.constant(0), logUniform(0.01, 10)),
});
const moments = ({ x, tau, eps }: Case): SoftThresholdMoments => softThresholdMoments(x, tau, eps);
const variance = (m: SoftThresholdMoments): number => m.second - m.first ** 2;

/** E y^k by quadrature on both sides of the threshold. */
function integral({ x, tau, eps }: Case, k: number): number {
  const side = (sign: number): number => {
    const low = Math.max(-12, (eps - sign * x) / tau);
    if (low >= 12) return 0;
    return integrate((z) => (sign * (sign * x + tau * z - eps)) ** k * normalPdf(z), low, 12, 200);
  };
  return side(1) + side(-1);
}

lemma("thresholdMoments", [
  always("the closed forms are always the integrals", moments, cases, (m, c) => {
    const unit = Math.abs(c.x) + c.tau;
    return every(
      equals(m.first, integral(c, 1), 1e-9 * unit),
      equals(m.second, integral(c, 2), 1e-9 * unit ** 2),
      equals(m.third, integral(c, 3), 1e-9 * unit ** 3),
      equals(m.fourth, integral(c, 4), 1e-9 * unit ** 4),
    );
  }),
  always(
    "without a threshold it is always the Gaussian",
    (c: Case) => moments({ ...c, eps: 0 }),
    cases,
    (m, { x, tau }) =>
      every(
        equals(m.first, x, 1e-12 * (Math.abs(x) + tau)),
        equals(m.second, x * x + tau * tau, 1e-11 * (x * x + tau * tau)),
        equals(m.zero, 0, 1e-12),
      ),
  ),
  always("the mean never has the other sign, nor more size than x", moments, cases, (m, { x, tau }) =>
    every(
      atMost(0, m.first * Math.sign(x), 1e-12 * tau),
      atMost(Math.abs(m.first), Math.abs(x), 1e-12 * tau),
    ),
  ),
  always("the variance never exceeds that of the noise", moments, cases, (m, { x, tau }) =>
    atMost(variance(m), tau * tau, 1e-12 * (x * x + tau * tau)),
  ),
  neverRises(
    "the second moment never rises with eps",
    (c: Case) => [0, 0.1, 0.5, 1, 2, 5].map((eps) => moments({ ...c, eps }).second),
    cases,
    1e-9,
  ),
  weakened(
    "false for the hard threshold: its variance exceeds that of the noise",
    (c: Case) => {
      const m = moments(c);
      const both = m.first ** 2;
      // Hard = soft + eps sign on the survivors.
      const survive = 1 - m.zero;
      return m.second + c.eps ** 2 * survive - both;
    },
    cases,
    (v, { tau }) => atMost(v, tau * tau),
  ),
  attains(
    "Var y = tau^2 far above the threshold",
    (c: Case) => atMost(variance(moments(c)), c.tau ** 2),
    [{ x: 100, tau: 1, eps: 1 }],
    0.9999,
  ),
]);
