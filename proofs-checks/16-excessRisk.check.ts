/**
 * LEMMA excessRisk: the excess risk is a representation part plus an estimation part.
 *
 * mu = B a the target's mean, W = W1, g = W^T mu, muhat = mu + zeta, v = W w2 the predictor, z = W^T zeta:
 *
 *     0 <= ||mu|| - <v, mu> <= 2 ||mu||,
 *     ||mu|| - <v, mu> = (||mu|| - ||g||) + (||g|| - <v, mu>),
 *     ||mu|| - ||g|| <= ||mu|| ||sin Theta||_2^2,     ||g|| - <v, mu> <= min(2 ||z||, 2 ||z||^2 / ||g||).
 *
 * Hypotheses: mu in range(B); W orthonormal.
 * Role: C6, and more: the representation enters squared, the estimation part as r/m where the signal is strong.
 * Follows from: subspaceMetric.
 */
import fc from "fast-check";
import { type Matrix, matrix } from "../src/numerics/matrix.js";
import { principalAngles } from "../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeLeft, norm2 } from "../src/numerics/products.js";
import { targetHead } from "../src/transfer/targetHead.js";
import { excessRisk } from "../src/transfer/targetRisk.js";
import { frame, shape } from "./arbitraries/frames.js";
import { vectorOf } from "./arbitraries/vectors.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { atMost, equals, every, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly b: Matrix;
  readonly w: Matrix;
  readonly a: Float64Array;
  readonly zeta: Float64Array;
}

const cases: fc.Arbitrary<Case> = shape(5).chain(({ p, r }) =>
  fc.record({ b: frame(p, r), w: frame(p, r), a: vectorOf(r), zeta: vectorOf(p) }),
);

interface Parts {
  readonly mu: Float64Array;
  readonly excess: number;
  readonly norm: number;
  readonly g: number;
  readonly z: number;
  readonly sine: number;
}

const column = (x: Float64Array): Matrix => matrix(x.length, 1, x);

function partsOf({ b, w, a, zeta }: Case): Parts {
  const mu = multiply(b, column(a)).data;
  const v = targetHead(
    w,
    mu.map((x, i) => x + zeta[i]!),
  );
  return {
    mu,
    excess: excessRisk(v, mu),
    norm: norm2(mu),
    g: norm2(multiplyTransposeLeft(w, column(mu)).data),
    z: norm2(multiplyTransposeLeft(w, column(zeta)).data),
    sine: Math.sin(principalAngles(b, w)[b.cols - 1]!),
  };
}

const estimation = ({ excess, norm, g, z }: Parts): Inequality =>
  atMost(excess - (norm - g), Math.min(2 * z, g === 0 ? Infinity : (2 * z * z) / g), 1e-11);
const representation = ({ norm, g, sine }: Parts): Inequality => atMost(norm - g, norm * sine * sine, 1e-11);

const line = (angle: number): Matrix => matrix(2, 1, Float64Array.of(Math.cos(angle), Math.sin(angle)));

lemma("excessRisk", [
  always("the excess risk never leaves [0, 2 ||mu||]", partsOf, cases, ({ excess, norm }) =>
    every(atMost(0, excess), atMost(excess, 2 * norm, 1e-12)),
  ),
  always(
    "it is always ||mu|| - <v, mu>",
    (c: Case) => ({ c, parts: partsOf(c) }),
    cases,
    ({ c, parts }) => {
      const v = targetHead(
        c.w,
        parts.mu.map((x, i) => x + c.zeta[i]!),
      );
      return equals(parts.excess, parts.norm - v.reduce((sum, x, i) => sum + x * parts.mu[i]!, 0), 1e-11);
    },
  ),
  always(
    "the representation part never exceeds ||mu|| sin^2 of the largest angle",
    partsOf,
    cases,
    representation,
  ),
  always("the estimation part never exceeds 2 ||z||, nor 2 ||z||^2 / ||g||", partsOf, cases, estimation),
  weakened(
    "false for a mean outside range(B)",
    (c: Case) => {
      const parts = partsOf(c);
      const outside = parts.mu.map((x, i) => x + c.zeta[i]!);
      return { ...parts, norm: norm2(outside), g: norm2(multiplyTransposeLeft(c.w, column(outside)).data) };
    },
    cases,
    representation,
  ),
  weakened(
    "false for a head fitted on the noise alone",
    (c: Case) => ({ ...partsOf({ ...c, a: c.a.map((x) => 1e-9 * x) }), g: 1, norm: 1 }),
    cases,
    estimation,
  ),
  attains(
    "the estimation bound is reached when the noise just turns the head around",
    (x: number) =>
      estimation(partsOf({ b: line(0), w: line(0), a: Float64Array.of(1), zeta: Float64Array.of(-x, 0) })),
    [1.0001],
    0.999,
  ),
  attains(
    "the representation bound is reached at a right angle",
    (x: number) =>
      representation(partsOf({ b: line(0), w: line(x), a: Float64Array.of(1), zeta: Float64Array.of(0, 0) })),
    [Math.PI / 2],
    0.999,
  ),
]);
