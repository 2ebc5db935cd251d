/**
 * LEMMA subGaussianTail: one direction of muhat - mu.
 *
 *     P(|<v, muhat - mu>| > t tau) <= 2 exp(-t^2 / 2),   tau = sigma / sqrt(n), v a unit vector,
 *
 * for Gaussian, Rademacher and uniform noise, all strictly sub-Gaussian: E exp(s x) <= exp(s^2 sigma^2 / 2).
 *
 * Hypotheses: sub-Gaussian noise with its variance as proxy. Student-t noise has polynomial tails and breaks it.
 * Role: every concentration in the proofs of C1-C6 is a union of these.
 * Follows from: meanOfSamples.
 */
import { noiseLaw } from "../src/model/noiseLaw.js";
import type { NoiseFamily } from "../src/model/problem.js";
import { normalCdf } from "../src/numerics/special/normal.js";
import type { Rng } from "../src/random/keyedStream.js";
import { decimal } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import type { Law } from "./laws/law.js";
import { lemma } from "./laws/lemma.js";
import { mustFail, rarelyHappens } from "./laws/statistical.js";
import { atMost } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

/** A normalised mean of n draws beyond t standard deviations. */
function beyond(family: NoiseFamily, n: number, t: number): (rng: Rng) => boolean {
  const law = noiseLaw({ sd: 1, family, degreesOfFreedom: 5, condition: 1 }, 1);
  let unit: (() => number) | null = null;
  return (rng) => {
    unit ??= law.unit(rng);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += unit();
    return Math.abs(sum) / Math.sqrt(n) > t;
  };
}

const rare = (family: NoiseFamily, n: number, t: number): Law =>
  rarelyHappens(
    `${family} noise, n = ${n}: rarely beyond ${t} tau`,
    beyond(family, n, t),
    2 * Math.exp((-t * t) / 2),
    2.6 * Math.exp((-t * t) / 2) + 0.02,
    { draws: 5000 },
  );

const twoSided = (t: number): ReturnType<typeof atMost> =>
  atMost(2 * normalCdf(-t), Math.exp((-t * t) / 2), 0);

lemma("subGaussianTail", [
  rare("gaussian", 2, 3),
  rare("rademacher", 4, 2),
  rare("rademacher", 9, 3),
  rare("uniform", 1, 1.5),
  rare("uniform", 3, 3),
  always(
    "the normal tail never exceeds exp(-t^2/2), both sides together",
    (t: number) => t,
    decimal(0, 38),
    twoSided,
  ),
  weakened(
    "false with exp(-t^2) in place of exp(-t^2/2)",
    (t: number) => t,
    decimal(0, 38),
    (t) => atMost(2 * normalCdf(-t), Math.exp(-t * t)),
  ),
  mustFail(
    "refuted for heavy tails (Student-t, 5 degrees of freedom)",
    rarelyHappens("", beyond("student-t", 1, 4.5), 2 * Math.exp(-(4.5 ** 2) / 2), 0.0021, { draws: 40_000 }),
  ),
  attains(
    "the exponent is sharp: log tail / log bound",
    (t: number) => atMost((t * t) / 2, -Math.log(2 * normalCdf(-t))),
    [5, 37],
    0.99,
  ),
]);
