/**
 * LEMMA spikeOverlap: the angle of a spiked matrix in the limit of large p and T (section 5.1).
 *
 *     F(x) = 1 - c E[lambda / (x - v)],  G(x) = 1 - c E[(v/(x - v))^2],  cos^2 = max(0, G(x*) / (x* F'(x*))) in [0, 1],  F(x*) = 0 (largest root);
 *     one class: cos^2 = (L^2 - 1/c)/(L^2 + L/c), L = lambda/v, and 0 for L^2 <= 1/c (phase transition). Rises in the signal and in c = T/p.
 *
 * Hypotheses: columns alike within a class; c, lambda, v > 0.
 * Role: turns C1's rate into a number: the sharp form of wedin + noiseMatrixNorm.
 * Follows from: noiseMatrixNorm, wedin.
 */
import fc from "fast-check";
import { type ColumnClass, spikeOverlap } from "../src/theory/weightedSpike.js";
import { decimal, logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { lemma } from "./laws/lemma.js";
import { neverFalls } from "./laws/structure.js";
import { atMost, equals, every } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

const one = (share: number, signal: number, noise: number): ColumnClass => ({
  share,
  signal,
  noise,
  covariance: 0,
  noiseVariance: 0,
});

interface Single {
  readonly signal: number;
  readonly noise: number;
  readonly c: number;
}
const singles: fc.Arbitrary<Single> = fc.record({
  signal: logUniform(1e-4, 1e4),
  noise: logUniform(1e-4, 1e4),
  c: logUniform(1e-4, 1e4),
});

interface Mixture {
  readonly classes: readonly ColumnClass[];
  readonly c: number;
}
const mixtures: fc.Arbitrary<Mixture> = fc.record({
  classes: fc.array(
    fc
      .record({ share: decimal(0.01, 0.3), signal: logUniform(0.01, 100), noise: logUniform(0.01, 100) })
      .map(({ share, signal, noise }) => one(share, signal, noise)),
    { minLength: 1, maxLength: 3 },
  ),
  c: logUniform(0.01, 100),
});

function closed({ signal, noise, c }: Single): number {
  const l = signal / noise;
  return l * l <= 1 / c ? 0 : (l * l - 1 / c) / (l * l + l / c);
}

const single = ({ signal, noise, c }: Single): number => spikeOverlap([one(1, signal, noise)], c);

lemma("spikeOverlap", [
  always("one class always has the closed form", single, singles, (value, c) =>
    equals(value, closed(c), 1e-9),
  ),
  always(
    "the overlap never leaves [0, 1]",
    ({ classes, c }: Mixture) => spikeOverlap(classes, c),
    mixtures,
    (value) => every(atMost(0, value), atMost(value, 1)),
  ),
  neverFalls(
    "it never falls when the signal grows",
    ({ classes, c }: Mixture) => [0.1, 0.5, 1, 1.01, 2, 10].map((k) => spikeOverlap(classes, c, k)),
    mixtures,
    1e-9,
  ),
  neverFalls(
    "nor when tasks are added (c = T/p)",
    ({ classes, c }: Mixture) => [0.1, 0.5, 1, 1.01, 2, 10].map((k) => spikeOverlap(classes, c * k)),
    mixtures,
    1e-9,
  ),
  always(
    "splitting a class into equal halves never changes anything",
    ({ classes, c }: Mixture) =>
      spikeOverlap(
        [...classes, ...classes].map((g) => ({ ...g, share: g.share / 2 })),
        c,
      ),
    mixtures,
    (split, { classes, c }) => equals(split, spikeOverlap(classes, c), 1e-9),
  ),
  always(
    "a common scaling of the columns never changes anything",
    ({ classes, c }: Mixture) =>
      spikeOverlap(
        classes.map((g) => ({ ...g, signal: 7 * g.signal, noise: 7 * g.noise })),
        c,
      ),
    mixtures,
    (scaledUp, { classes, c }) => equals(scaledUp, spikeOverlap(classes, c), 1e-9),
  ),
  always(
    "twice the transition is always beyond it, half of it never",
    (c: Single) => c,
    singles,
    (c) => {
      const critical = c.noise / Math.sqrt(c.c);
      return single({ ...c, signal: 2 * critical }) > 0 && single({ ...c, signal: critical / 2 }) === 0;
    },
  ),
  weakened(
    "false without the phase transition: the formula without max(0, .) is not the overlap",
    single,
    singles,
    (value, c) => {
      const l = c.signal / c.noise;
      return equals(value, (l * l - 1 / c.c) / (l * l + l / c.c), 1e-9);
    },
  ),
]);
