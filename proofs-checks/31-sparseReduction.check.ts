/**
 * LEMMA sparseReduction: noise coordinates need not be drawn one by one (section 6.4).
 *
 * Of q noise coordinates a binomial number with probability 2 Phi(-eps/tau) survive an l_inf attack, at uniform places, with random signs and
 * sizes tau |z| - eps given |z| > eps/tau: the vector of survivors has the law of soft-threshold(tau z, eps).
 *
 * Hypotheses: Gaussian noise, independent coordinates.
 * Role: an l_inf problem costs what its survivors cost.
 * Follows from: supportRecovery.
 */

import { norm2 } from "../src/numerics/products.js";
import { normalCdf } from "../src/numerics/special/normal.js";
import { binomialSampler } from "../src/random/distributions/binomial.js";
import { normalVector, randomSubset } from "../src/random/distributions/haarFrame.js";
import { truncatedNormal } from "../src/random/distributions/truncatedNormal.js";
import type { Rng } from "../src/random/keyedStream.js";
import { projectOntoBall } from "../src/training/ballProjection.js";
import { sameLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { mustFail } from "./laws/statistical.js";

const COUNT = 30;
const TAU = 0.7;
const EPS = 1;

const direct = (rng: Rng): Float64Array =>
  projectOntoBall(
    normalVector(rng, COUNT).map((z) => TAU * z),
    Infinity,
    EPS,
  ).residual;

const reduced =
  (eps: number) =>
  (rng: Rng): Float64Array => {
    const x = new Float64Array(COUNT);
    const survivors = binomialSampler(rng)(COUNT, 2 * normalCdf(-eps / TAU));
    for (const place of randomSubset(rng, COUNT, survivors)) {
      x[place] = (rng.uniform() < 0.5 ? -1 : 1) * (TAU * truncatedNormal(rng, eps / TAU) - EPS);
    }
    return x;
  };

const length =
  (draw: (rng: Rng) => Float64Array) =>
  (rng: Rng): number =>
    norm2(draw(rng));
const skewed =
  (draw: (rng: Rng) => Float64Array) =>
  (rng: Rng): number =>
    draw(rng).reduce((sum, x, i) => sum + x * (1 + i), 0);
const size = { draws: 3000 };

lemma("sparseReduction", [
  sameLaw("the length of what survives", length(reduced(EPS)), length(direct), size),
  sameLaw("a sum that weighs the places", skewed(reduced(EPS)), skewed(direct), size),
  mustFail("refuted for survivors of another level", sameLaw("", length(reduced(0.6)), length(direct), size)),
  mustFail(
    "refuted for the number of survivors at its mean",
    sameLaw(
      "",
      (rng) => direct(rng).filter((x) => x !== 0).length,
      () => COUNT * 2 * normalCdf(-EPS / TAU),
      size,
    ),
  ),
]);
