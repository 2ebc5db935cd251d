/**
 * LEMMA effectiveSampleSize: what a pseudo-label is worth.
 *
 * muhat_ssl = S mu + sqrt(V) z with S = c_1 + (1 - omega)(1 - 2e), V = c_1^2 tau^2 + (1 - omega)^2 sigma^2/u, c_1 = omega + (1 - omega) 2 sigma phi/h. Over all omega
 *
 *     max S^2 / V = (n + (1 - 2e)^2 u) / sigma^2,
 *
 * so a pseudo-label with error e counts as (1 - 2e)^2 of a label, and never less than nothing. It is reached at
 * omega/(1 - omega) = n/((1 - 2e) u) - 2 sigma phi/h where that is not negative; where it is, no omega in [0, 1] reaches it.
 *
 * Hypotheses: the best weight (a fixed or pooled weight may lose: quarterRule); e < 1/2.
 * Role: C4 and C5: n is replaced by n + (1 - 2e)^2 u, which is n + u for strong signals.
 * Follows from: pseudoLabelMean.
 */
import fc from "fast-check";
import type { PseudoLabels } from "../src/training/method.js";
import { type LabelMoments, labelMoments, type SslLaw, sslLaw } from "../src/training/pseudoLabelLaw.js";
import { decimal, logInteger, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every, type Inequality } from "./laws/verdict.js";
import { counterexample, weakened } from "./laws/weakened.js";

interface Case {
  readonly k: number;
  readonly sigma: number;
  /** h = ||muhat|| >= k */
  readonly h: number;
  readonly labeled: number;
  readonly unlabeled: number;
  readonly weight: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    margin: decimal(0.01, 5),
    sigma: logUniform(0.1, 10),
    longer: logUniform(1, 100),
    labeled: logInteger(1, 1e5),
    unlabeled: logInteger(1, 1e6),
    weight: decimal(0, 1),
  })
  .map(({ margin, longer, ...c }) => ({ ...c, k: margin * c.sigma, h: margin * c.sigma * longer }));

const hard = (c: Case): LabelMoments => labelMoments(c.k, c.sigma, { soft: false, threshold: 0 });
const law = (c: Case, weight: PseudoLabels["weight"]): SslLaw => sslLaw(hard(c), c, weight);
const quality = ({ signalFactor: s, noiseVariance: v }: SslLaw): number => (s * s) / v;
const effective = (c: Case): number => (c.labeled + hard(c).signal ** 2 * c.unlabeled) / c.sigma ** 2;
const odds = (c: Case): number => c.labeled / (hard(c).signal * c.unlabeled) - hard(c).selfBias / c.h;

const neverMore = (c: Case, weight: PseudoLabels["weight"]): Inequality =>
  atMost(quality(law(c, weight)), effective(c), 1e-10 * effective(c));

lemma("effectiveSampleSize", [
  always(
    "no weight is ever worth more than n + (1 - 2e)^2 u labels",
    (c: Case) => c,
    cases,
    (c) => every(neverMore(c, c.weight), neverMore(c, "pooled"), neverMore(c, "optimal")),
  ),
  always(
    "the best weight always reaches it where its odds are not negative",
    (c: Case) => law(c, "optimal"),
    cases,
    (best, c) =>
      odds(c) < 0 ? best.labeledWeight === 0 : equals(quality(best), effective(c), 1e-9 * effective(c)),
  ),
  always(
    "elsewhere no weight in [0, 1] is ever better than omega = 0",
    (c: Case) => law(c, "optimal"),
    cases,
    (best, c) => atMost(quality(law(c, c.weight)), quality(best), 1e-9 * quality(best)),
  ),
  always(
    "the best weight is never worth less than the labels alone, where its odds are not negative",
    (c: Case) => law(c, "optimal"),
    cases,
    (best, c) => (odds(c) < 0 ? true : atMost(c.labeled / c.sigma ** 2, quality(best), 1e-9 * quality(best))),
  ),
  always(
    "nor ever less, at any odds, when the margin is what labels give it (h^2 = norm^2 + tau^2 p, p >= 1)",
    (c: Case) => law(c, "optimal"),
    cases.map((c) => {
      // k = norm^2 / h, so norm^2 = k h and tau^2 p = h^2 - k h.
      const p = Math.max(1, ((c.h * c.h - c.k * c.h) * c.labeled) / c.sigma ** 2);
      return { ...c, h: (c.k + Math.sqrt(c.k * c.k + (4 * p * c.sigma ** 2) / c.labeled)) / 2 };
    }),
    (best, c) => atMost(c.labeled / c.sigma ** 2, quality(best), 1e-9 * quality(best)),
  ),
  weakened(
    "false for the pooled weight: it may be worth less than the labels alone",
    (c: Case) => law(c, "pooled"),
    cases,
    (pooled, c) => atMost(c.labeled / c.sigma ** 2, quality(pooled), 1e-9 * quality(pooled)),
  ),
  weakened(
    "false for 1 - 2e in place of its square",
    (c: Case) => c,
    cases,
    (c) =>
      atMost(
        ((c.labeled + hard(c).signal * c.unlabeled) / c.sigma ** 2) * (1 - 1e-9),
        quality(law(c, "optimal")),
      ),
  ),
  counterexample(
    "false where the odds are negative: the supremum is not reached by any omega in [0, 1]",
    (c: Case) => c,
    { k: 0.5, sigma: 1, h: 0.6, labeled: 10, unlabeled: 1000, weight: 0 },
    (c) => equals(quality(law(c, "optimal")), effective(c), 1e-3 * effective(c)),
  ),
  attains(
    "pooled labels are worth n + u for strong signals (C4)",
    (c: Case) => atMost(quality(law(c, "pooled")), (c.labeled + c.unlabeled) / c.sigma ** 2),
    [{ k: 5, sigma: 1, h: 5.1, labeled: 100, unlabeled: 900, weight: 0 }],
    0.999,
  ),
]);
