/**
 * LEMMA filterEvent: which tasks an l_2 attack keeps.
 *
 *     P(||muhat||_2 > eps) = P(chi^2_p(norm^2/tau^2) > eps^2/tau^2)   (noncentral chi-square),
 *
 * and on the event max_t ||muhat_t - mu_t|| <= rho: if  weak norm + rho <= eps < strong norm - rho,  exactly the strong tasks survive.
 *
 * Hypotheses: Gaussian noise for the first; two groups with a gap above 2 rho for the second.
 * Role: C2: after the filter only norms of at least alpha are left, which puts 1/alpha into the bound.
 * Follows from: l2AttackFilters, perTaskConcentration.
 */
import fc from "fast-check";
import { norm2, scaled } from "../src/numerics/products.js";
import { chiSquareTail } from "../src/numerics/special/gammaTail.js";
import { logGamma } from "../src/numerics/special/logGamma.js";
import { normalVector } from "../src/random/distributions/haarFrame.js";
import { columnClasses } from "../src/theory/columnClasses.js";
import { closedForm } from "../src/training/closedForm.js";
import { decimal, logInteger, logUniform } from "./arbitraries/numbers.js";
import { methodOf, problemOf } from "./arbitraries/problems.js";
import { nonzeroVectorOf } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { happensWithProbability, mustFail } from "./laws/statistical.js";
import { equals } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

/** P(chi^2_p(noncentrality) > x): central tails in a Poisson mixture. */
export function noncentralTail(p: number, noncentrality: number, x: number): number {
  const half = noncentrality / 2;
  const reach = 10 * Math.sqrt(half) + 30;
  let sum = 0;
  for (let j = Math.max(0, Math.floor(half - reach)); j < half + reach; j++) {
    const log = -half + (j === 0 ? 0 : j * Math.log(half)) - logGamma(j + 1);
    sum += Math.exp(log) * chiSquareTail(p + 2 * j, x);
  }
  return Math.min(1, sum);
}

const survivals = fc
  .record({ p: logInteger(4, 2000), norm: logUniform(0.1, 10), score: decimal(-3, 3) })
  .map(({ p, norm, score }) => {
    const variance = 2 * p + 4 * norm * norm;
    return { p, norm, eps: Math.sqrt(Math.max(0.01, p + norm * norm + score * Math.sqrt(variance))) };
  });

interface TwoGroups {
  readonly mu: Float64Array;
  readonly error: Float64Array;
  readonly strong: boolean;
  readonly rho: number;
  readonly gap: number;
}

/** Weak tasks of norm 1, strong ones of norm 1 + 2 rho + gap, eps = 1 + rho, errors of length at most rho. */
const groups = (gap: fc.Arbitrary<number>): fc.Arbitrary<TwoGroups> =>
  fc
    .record({
      p: fc.integer({ min: 1, max: 5 }),
      strong: fc.boolean(),
      rho: logUniform(0.01, 10),
      gap,
      size: decimal(0, 1),
    })
    .chain(({ p, strong, rho, gap: g, size }) =>
      fc.record({ mu: nonzeroVectorOf(p), error: nonzeroVectorOf(p) }).map(({ mu, error }) => ({
        mu: scaled(mu, (strong ? 1 + 2 * rho + g : 1 - 1e-9) / norm2(mu)),
        error: scaled(error, (size * rho) / norm2(error)),
        strong,
        rho,
        gap: g,
      })),
    );

const survives = ({ mu, error, rho }: TwoGroups): boolean =>
  closedForm(
    mu.map((x, i) => x + error[i]!),
    { norm: 2, radius: 1 + rho },
  ).value > 0;

const mu = Float64Array.of(2, 1, 0, 0, 0, 0);
const EPS = 3.2;
const exact = noncentralTail(6, 5, EPS * EPS);
const survivor =
  (sd: number) =>
  (rng: Parameters<typeof normalVector>[0]): boolean =>
    closedForm(
      normalVector(rng, 6).map((z, i) => mu[i]! + sd * z),
      { norm: 2, radius: EPS },
    ).value > 0;

lemma("filterEvent", [
  always(
    "the predicted survival is always the noncentral chi-square tail, to 0.5 %",
    ({ p, norm, eps }) =>
      columnClasses(
        problemOf({ dimension: p, tasks: 100, labeled: 1, signal: [{ share: 1, norm }] }),
        methodOf(),
        eps,
      )[0]!.survival,
    survivals,
    (survival, { p, norm, eps }) => equals(survival, noncentralTail(p, norm * norm, eps * eps), 0.005),
    { weight: 0.3 },
  ),
  happensWithProbability("a task survives with that probability", survivor(1), exact, exact + 0.1, {
    draws: 2500,
  }),
  always(
    "with a gap above 2 rho exactly the strong tasks survive",
    survives,
    groups(logUniform(1e-6, 10)),
    (kept, { strong }) => kept === strong,
  ),
  weakened(
    "false with a gap of rho only",
    survives,
    groups(logUniform(0.01, 10)).map((c) => ({
      ...c,
      mu: c.strong ? scaled(c.mu, (1 + c.rho) / norm2(c.mu)) : c.mu,
    })),
    (kept, { strong }) => kept === strong,
  ),
  mustFail(
    "refuted for noise that is 20 % stronger",
    happensWithProbability("", survivor(1.2), exact, exact + 0.1, { draws: 2500 }),
  ),
]);
