/**
 * LEMMA stackedMatrix: from the classifiers to the matrix that is decomposed.
 *
 *     [betahat_1 ... betahat_T] = B A D + Z D,   D = diag(1 / ||muhat_t||),   Z the noise of the means:
 *
 * normalising scales columns and adds no bias, so the signal part has range(B) exactly. Column by column
 *     ||betahat_t - mu_t/||mu_t|| ||_2 <= 2 ||muhat_t - mu_t||_2 / (||muhat_t||_2 + ||mu_t||_2),
 * and ||Z D||_2 <= ||Z||_2 max_t 1/||muhat_t||,   ||E||_2 <= ||E||_F <= sqrt(T) max_t ||e_t||.
 *
 * Hypotheses: no mean is zero.
 * Role: everything about T classifiers is put into one perturbation Z D of one rank-r matrix B A D.
 * Follows from: minimax.
 */
import fc from "fast-check";
import { norm2, scaled } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { closedForm } from "../src/training/closedForm.js";
import { matrixOf } from "./arbitraries/matrices.js";
import { logUniform } from "./arbitraries/numbers.js";
import { nonzeroVectorOf } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equalVectors, every, type Inequality } from "./laws/verdict.js";
import { counterexample } from "./laws/weakened.js";

interface Pair {
  readonly mu: Float64Array;
  readonly muhat: Float64Array;
}

const pairs: fc.Arbitrary<Pair> = fc
  .integer({ min: 1, max: 5 })
  .chain((p) => fc.record({ mu: nonzeroVectorOf(p), muhat: nonzeroVectorOf(p) }));

const minus = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, i) => value - y[i]!);
const direction = (x: Float64Array): Float64Array => closedForm(x, null).direction;
const chord = ({ mu, muhat }: Pair): number => norm2(minus(direction(muhat), direction(mu)));

function both(pair: Pair): Inequality {
  const error = norm2(minus(pair.muhat, pair.mu));
  return atMost(chord(pair), (2 * error) / (norm2(pair.muhat) + norm2(pair.mu)), 1e-12);
}

const columns = fc
  .record({ p: fc.integer({ min: 1, max: 5 }), t: fc.integer({ min: 1, max: 5 }) })
  .chain(({ p, t }) =>
    fc.record({ z: matrixOf(p, t), d: fc.array(logUniform(0.01, 100), { minLength: t, maxLength: t }) }),
  );

lemma("stackedMatrix", [
  always(
    "betahat is always signal plus noise under one scaling",
    (c: Pair) => direction(c.muhat),
    pairs,
    (betahat, { mu, muhat }) => {
      const d = 1 / norm2(muhat);
      const noise = minus(muhat, mu);
      return equalVectors(
        betahat,
        scaled(mu, d).map((x, i) => x + d * noise[i]!),
        1e-12 * (1 + d * norm2(mu)),
      );
    },
  ),
  always(
    "normalising never moves a column farther than twice the relative error",
    (c: Pair) => c,
    pairs,
    both,
  ),
  always(
    "the norms of the stacked noise are always in order",
    (c) => c,
    columns,
    ({ z, d }) => {
      const zd = { ...z, data: z.data.map((x, i) => x * d[i % z.cols]!) };
      const spectral = smallSvd(zd).values[0]!;
      const lengths = d.map((_, j) =>
        Math.hypot(...Array.from({ length: z.rows }, (_, i) => zd.data[i * z.cols + j]!)),
      );
      return every(
        atMost(spectral, smallSvd(z).values[0]! * Math.max(...d), 1e-10 * (1 + spectral)),
        atMost(spectral, norm2(zd.data), 1e-12 * (1 + spectral)),
        atMost(norm2(zd.data), Math.sqrt(d.length) * Math.max(...lengths), 1e-12 * (1 + spectral)),
      );
    },
  ),
  counterexample(
    "the constant is 2, not 1: ||betahat - mu/||mu|| || <= ||muhat - mu|| / ||mu|| is false",
    (c: Pair) => c,
    { mu: Float64Array.of(1, 0), muhat: Float64Array.of(0.5, -0.5) },
    (c) => atMost(chord(c), norm2(minus(c.muhat, c.mu)) / norm2(c.mu)),
  ),
  attains(
    "equality for means of one length",
    both,
    [
      { mu: Float64Array.of(1, 0), muhat: Float64Array.of(-1, 0) },
      { mu: Float64Array.of(3, 4), muhat: Float64Array.of(4, 3) },
    ],
    1 - 1e-12,
  ),
]);
