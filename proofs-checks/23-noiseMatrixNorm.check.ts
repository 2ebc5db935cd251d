/**
 * LEMMA noiseMatrixNorm: the spectral norm of the stacked noise (Davidson & Szarek 2001).
 *
 *     P(||Z||_2 > sqrt(p) + sqrt(T) + t) <= exp(-t^2 / 2) for a p x T matrix Z of independent N(0, 1).
 *
 * Hypotheses: independent entries: T copies of one column have norm sqrt(T) sqrt(p).
 * Role: divided by sigma_r(A) >= sqrt(T/r) it gives C1's two terms sqrt(p/(nT)) and sqrt(1/n); the second is the sqrt(T) of this bound.
 * Follows from: nothing.
 */
import { type Matrix, zeros } from "../src/numerics/matrix.js";
import { smallSvd } from "../src/numerics/small.js";
import { normalMatrix } from "../src/random/distributions/haarFrame.js";
import { keyedStream, type Rng } from "../src/random/keyedStream.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { mustFail, rarelyHappens } from "./laws/statistical.js";
import { atMost } from "./laws/verdict.js";

const norm = (z: Matrix): number => smallSvd(z).values[0]!;
const beyond =
  (draw: (rng: Rng) => Matrix, t: number) =>
  (rng: Rng): boolean => {
    const z = draw(rng);
    return norm(z) > Math.sqrt(z.rows) + Math.sqrt(z.cols) + t;
  };

/** T copies of one column. */
function copies(rng: Rng): Matrix {
  const column = normalMatrix(rng, 6, 1);
  const z = zeros(6, 5);
  for (let i = 0; i < 30; i++) z.data[i] = column.data[Math.floor(i / 5)]!;
  return z;
}

lemma("noiseMatrixNorm", [
  rarelyHappens(
    "6 x 5: rarely beyond t = 0.5",
    beyond((rng) => normalMatrix(rng, 6, 5), 0.5),
    Math.exp(-0.125),
    0.985,
    { draws: 1000 },
  ),
  rarelyHappens(
    "6 x 5: rarely beyond t = 1.5",
    beyond((rng) => normalMatrix(rng, 6, 5), 1.5),
    Math.exp(-1.125),
    0.55,
    { draws: 600 },
  ),
  rarelyHappens(
    "1 x 1: rarely beyond t = 0.5, where the bound is 2.5",
    beyond((rng) => normalMatrix(rng, 1, 1), 0.5),
    Math.exp(-0.125),
    0.985,
    { draws: 1000 },
  ),
  mustFail(
    "refuted for equal columns",
    rarelyHappens("", beyond(copies, 0.5), Math.exp(-1.125), 0.55, { draws: 600 }),
  ),
  mustFail(
    "refuted without the term sqrt(T)",
    rarelyHappens("", (rng) => norm(normalMatrix(rng, 6, 5)) > Math.sqrt(6) + 1, Math.exp(-0.5), 0.85, {
      draws: 600,
    }),
  ),
  attains(
    "sqrt(p) + sqrt(T) is sharp for large matrices",
    (n: number) => {
      const z = normalMatrix(keyedStream(["noise matrix", n]), n, n);
      return atMost(norm(z), 2 * Math.sqrt(n));
    },
    [60, 120],
    0.94,
  ),
]);
