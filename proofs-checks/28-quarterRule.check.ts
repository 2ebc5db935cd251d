/**
 * LEMMA quarterRule: the 25 % rule for pooled pseudo-labels.
 *
 *     S^2/V = (n/sigma^2) (1 + (u/n)(1 - 4e) + O(u^2)):  a few pooled pseudo-labels help when e < 1/4 and hurt when e > 1/4.
 *
 * When e <= 1/4, S^2/V rises with u all the way; when e > 1/4 it falls first and may rise later: pooled semi-supervised training is not monotone in u.
 *
 * Hypotheses: the pooled weight n/(n + u). The best weight is monotone for every e (effectiveSampleSize).
 * Role: the exact meaning of "strong enough signal" in C4, and the control N3.
 * Follows from: pseudoLabelMean, effectiveSampleSize.
 */
import fc from "fast-check";
import { normalCdf, normalQuantile } from "../src/numerics/special/normal.js";
import { labelMoments, sslLaw } from "../src/training/pseudoLabelLaw.js";
import { decimal, logInteger, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { descending, neverFalls } from "./laws/structure.js";
import { atMost, equals } from "./laws/verdict.js";
import { counterexample, weakened } from "./laws/weakened.js";

interface Case {
  /** e, in (0, 1/2) */
  readonly error: number;
  readonly sigma: number;
  /** h / k >= 1 */
  readonly longer: number;
  readonly labeled: number;
}

const among = (low: number, high: number): fc.Arbitrary<Case> =>
  fc.record({
    error: decimal(low, high),
    sigma: logUniform(0.1, 10),
    longer: logUniform(1, 100),
    labeled: logInteger(1, 1e5),
  });

/** S^2/V in units of n/sigma^2 with u = `more` n pseudo-labels. */
function gain(
  { error, sigma, longer, labeled }: Case,
  more: number,
  weight: "pooled" | "optimal" = "pooled",
): number {
  const k = -sigma * normalQuantile(error);
  const moments = labelMoments(k, sigma, { soft: false, threshold: 0 });
  const law = sslLaw(moments, { h: k * longer, sigma, labeled, unlabeled: more * labeled }, weight);
  return (law.signalFactor ** 2 / law.noiseVariance / labeled) * sigma * sigma;
}

const STEPS = [0, 0.01, 0.1, 0.5, 1, 2, 5, 10, 100, 1000];
const path = (c: Case, weight: "pooled" | "optimal"): number[] => STEPS.map((more) => gain(c, more, weight));

const weak: Case = { error: normalCdf(-0.2), sigma: 1, longer: 20, labeled: 20 };

lemma("quarterRule", [
  always(
    "the first pseudo-labels always help or hurt by the sign of 1 - 4e",
    (c: Case) => (gain(c, 1e-6) - 1) / 1e-6,
    among(0.001, 0.499),
    (slope, { error }) => equals(slope, 1 - 4 * error, 1e-3),
  ),
  neverFalls(
    "with e <= 1/4 pooled pseudo-labels never hurt, at any number",
    (c: Case) => path(c, "pooled"),
    among(0.001, 0.25),
    1e-9,
  ),
  weakened(
    "false for e above 1/4: pooled weights are not monotone in u",
    (c: Case) => path(c, "pooled"),
    among(0.3, 0.49),
    (values) =>
      descending(
        values.map((x) => -x),
        1e-9,
      ),
  ),
  counterexample(
    "kept: e = 0.42, where half as many pseudo-labels as labels hurt",
    (c: Case) => gain(c, 0.5),
    weak,
    (value) => atMost(1, value),
  ),
  counterexample(
    "kept: though very many of them help",
    (c: Case) => gain(c, 1000),
    weak,
    (value) => atMost(value, 1),
  ),
  weakened(
    "the border is 1/4: 1/3 is refuted",
    (c: Case) => gain(c, 1e-4),
    among(0.2, 0.3333),
    (value) => atMost(1, value),
  ),
  attains(
    "1/4 is sharp: e = 0.2501 already hurts, by this share of what 1 - 4e says",
    (error: number) =>
      atMost(1 - gain({ error, sigma: 1, longer: 5, labeled: 100 }, 1e-6), 1e-6 * (4 * error - 1)),
    [0.2501, 0.26],
    0.99,
  ),
]);
