/**
 * LEMMA expectedCosine: how well a direction is estimated (section 5.4).
 *
 *     K(k, rho) = E <e, (rho e + z)/||rho e + z||>,  z ~ N(0, I_k):   K(1, rho) = 2 Phi(rho) - 1,  K in [0, 1], rises in rho, falls in k,
 *     K <= rho / sqrt(k),   and for k >= 3   1 - K <= (k - 1) / (2 rho^2)   (Bernoulli: (1 - s^2)^a >= 1 - a s^2 for a = (k - 1)/2 >= 1; false at k = 2).
 *
 * Hypotheses: isotropic Gaussian noise.
 * Role: the estimation part of the target's risk, exactly: sqrt(r/m) for weak signals, r/m for strong ones.
 * Follows from: excessRisk, chiSquare.
 */
import fc from "fast-check";
import { norm2 } from "../src/numerics/products.js";
import { normalCdf } from "../src/numerics/special/normal.js";
import { normalVector } from "../src/random/distributions/haarFrame.js";
import type { Rng } from "../src/random/keyedStream.js";
import { expectedCosine, expectedCosineDeficit } from "../src/theory/expectedCosine.js";
import { logInteger, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { hasMean, mustFail } from "./laws/statistical.js";
import { neverFalls, neverRises } from "./laws/structure.js";
import { atMost, equals, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly k: number;
  readonly rho: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  k: logInteger(1, 1e6),
  rho: fc.oneof(fc.constant(0), logUniform(1e-3, 1e4)),
});

const cosine =
  (k: number, rho: number) =>
  (rng: Rng): number => {
    const x = normalVector(rng, k);
    x[0] = x[0]! + rho;
    return x[0]! / norm2(x);
  };
/** sqrt(2/k) is above Gamma((k+1)/2) / Gamma(k/2 + 1). */
const small = ({ k, rho }: Case): Inequality => atMost(expectedCosine(k, rho), rho / Math.sqrt(k), 1e-12);
const large = ({ k, rho }: Case): Inequality =>
  atMost(expectedCosineDeficit(k, rho), (k - 1) / (2 * rho * rho), 1e-12);

lemma("expectedCosine", [
  always(
    "in one dimension it is always 2 Phi(rho) - 1",
    (c: Case) => expectedCosine(1, c.rho),
    cases,
    (value, { rho }) => equals(value, 1 - 2 * normalCdf(-rho), 1e-12),
  ),
  always(
    "it never leaves [0, 1], and its complement is the deficit",
    (c: Case) => c,
    cases,
    ({ k, rho }) =>
      every(
        atMost(0, expectedCosine(k, rho)),
        atMost(expectedCosine(k, rho), 1),
        equals(expectedCosine(k, rho) + expectedCosineDeficit(k, rho), 1, 1e-10),
      ),
  ),
  neverFalls(
    "it never falls with rho",
    ({ k, rho }: Case) => [0, 0.5, 0.99, 1, 2, 10].map((f) => expectedCosine(k, f * rho)),
    cases,
    1e-12,
  ),
  neverRises(
    "it never rises with k",
    ({ k, rho }: Case) => [1, 2, 3, 10, 100].map((f) => expectedCosine(k * f, rho)),
    cases,
    1e-12,
  ),
  always("it never exceeds rho / sqrt(k)", (c: Case) => c, cases, small),
  always(
    "for k >= 3, 1 - K never exceeds (k - 1)/(2 rho^2)",
    (c: Case) => c,
    cases.map((c) => ({ ...c, k: Math.max(3, c.k), rho: Math.max(0.1, c.rho) })),
    large,
  ),
  hasMean("it is the mean cosine: k = 4, rho = 1.5", cosine(4, 1.5), expectedCosine(4, 1.5), 1, 0.15, {
    draws: 5000,
  }),
  hasMean("k = 40, rho = 3", cosine(40, 3), expectedCosine(40, 3), 1, 0.15, { draws: 5000 }),
  weakened(
    "false without k >= 3: at k = 2 it is exceeded",
    (c: Case) => c,
    cases.map((c) => ({ k: 2, rho: Math.max(1, c.rho) })),
    large,
  ),
  weakened(
    "false with rho / sqrt(k + 1) for rho / sqrt(k)",
    (c: Case) => c,
    cases,
    (c) => atMost(expectedCosine(c.k, c.rho), c.rho / Math.sqrt(c.k + 1), 1e-12),
  ),
  mustFail(
    "refuted for another dimension",
    hasMean("", cosine(8, 1.5), expectedCosine(4, 1.5), 1, 0.15, { draws: 5000 }),
  ),
  attains("rho / sqrt(k) is sharp for weak signals in many dimensions", small, [{ k: 1e6, rho: 1 }], 0.999),
  attains("(k - 1)/(2 rho^2) is sharp for strong signals", large, [{ k: 10, rho: 1000 }], 0.999),
]);
