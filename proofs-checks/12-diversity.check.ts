/**
 * LEMMA diversity: what task diversity gives, and the most it can give.
 *
 *     sigma_r(B A D) >= sigma_r(A) min_t d_t for column weights d_t > 0 (B orthonormal);    with unit tasks sigma_r(A A^T / T) <= 1/r, with equality for
 *     tight frames;    and for tasks uniform on the sphere E a a^T = I/r and (matrix Chernoff)
 *     P(lambda_min(A A^T) <= (1 - delta) T/r) <= r [e^-delta / (1 - delta)^(1 - delta)]^(T/r).
 *
 * Hypotheses: no direction is missing (control N5: a direction that no task uses makes sigma_r zero); the weights stay away from zero.
 * Role: the denominator in the proof of C1: the factor r sqrt(1/n) is sqrt(r) over the sqrt(T/r) of this lemma.
 * Follows from: nothing.
 */
import fc from "fast-check";
import { drawTaskVectors } from "../src/model/taskVectors.js";
import { type Matrix, transpose } from "../src/numerics/matrix.js";
import { multiply } from "../src/numerics/products.js";
import { smallSvd } from "../src/numerics/small.js";
import { keyedStream } from "../src/random/keyedStream.js";
import { frame } from "./arbitraries/frames.js";
import { diagonal, taskMatrix } from "./arbitraries/matrices.js";
import { logUniform } from "./arbitraries/numbers.js";
import { always } from "./laws/always.js";
import { attains } from "./laws/attains.js";
import { lemma } from "./laws/lemma.js";
import { hasMean, rarelyHappens } from "./laws/statistical.js";
import { atMost, equalVectors, type Inequality } from "./laws/verdict.js";
import { weakened } from "./laws/weakened.js";

interface Case {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly d: number[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    r: fc.integer({ min: 1, max: 3 }),
    extra: fc.integer({ min: 0, max: 3 }),
    tasks: fc.integer({ min: 0, max: 4 }),
  })
  .chain(({ r, extra, tasks }) =>
    fc.record({
      a: taskMatrix(r, r + tasks),
      b: frame(r + extra, r),
      d: fc.array(logUniform(0.01, 100), { minLength: r + tasks, maxLength: r + tasks }),
    }),
  );

const values = (m: Matrix): Float64Array => smallSvd(m).values;
const last = (m: Matrix): number => values(m)[m.rows - 1]!;

/** Columns scaled to length 1. */
function unitColumns(a: Matrix): Matrix {
  const lengths = Array.from({ length: a.cols }, (_, j) =>
    Math.hypot(...Array.from({ length: a.rows }, (_, i) => a.data[i * a.cols + j]!)),
  );
  return multiply(a, diagonal(lengths.map((x) => 1 / x)));
}

function mostDiverse(a: Matrix): Inequality {
  return atMost(last(a) ** 2 / a.cols, 1 / a.rows, 1e-12);
}

const RANK = 3;
const TASKS = 60;
const DELTA = 0.7;
const chernoff = RANK * (Math.exp(-DELTA) / (1 - DELTA) ** (1 - DELTA)) ** (TASKS / RANK);
const spherical = (rng: ReturnType<typeof keyedStream>, weights: number[]): Matrix =>
  transpose(drawTaskVectors(rng, new Float64Array(TASKS).fill(1), weights));

lemma("diversity", [
  always(
    "an orthonormal B never changes the singular values of A",
    ({ a, b }: Case) => multiply(b, a),
    cases,
    (ba, { a }) => equalVectors(values(ba).slice(0, a.rows), values(a), 1e-11 * (1 + values(a)[0]!)),
  ),
  always(
    "weights never shrink sigma_r by more than the smallest of them",
    ({ a, b, d }: Case) => multiply(multiply(b, a), diagonal(d)),
    cases,
    (weighted, { a, d }) =>
      atMost(last(a) * Math.min(...d), values(weighted)[a.rows - 1]!, 1e-11 * values(weighted)[0]!),
  ),
  always("unit tasks are never more diverse than 1/r", ({ a }: Case) => unitColumns(a), cases, mostDiverse),
  hasMean(
    "tasks uniform on the sphere: E a_1^2 = 1/r",
    (rng) => drawTaskVectors(rng, Float64Array.of(1), [1, 1, 1]).data[0]! ** 2,
    1 / 3,
    1 / 4,
    0.06,
    { draws: 8000 },
  ),
  rarelyHappens(
    "they are rarely less diverse than (1 - delta) / r",
    (rng) => last(spherical(rng, [1, 1, 1])) ** 2 <= ((1 - DELTA) * TASKS) / RANK,
    chernoff,
    0.1,
    { draws: 400 },
  ),
  always(
    "a missing direction always makes sigma_r zero",
    (seed: number) => last(spherical(keyedStream(["missing", seed]), [1, 1, 0])),
    fc.nat(),
    (sigma) => atMost(sigma, 0, 1e-12),
    { weight: 0.2 },
  ),
  weakened(
    "false for a weight of zero, with the mean weight in place of the smallest",
    ({ a, b, d }: Case) => multiply(multiply(b, a), diagonal(d.map((x, i) => (i === 0 ? 0 : x)))),
    cases,
    (weighted, { a, d }) =>
      atMost(
        (last(a) * d.slice(1).reduce((s, x) => s + x, 0)) / d.length,
        values(weighted)[a.rows - 1]!,
        1e-9,
      ),
  ),
  weakened("false for tasks that are not of length 1", ({ a }: Case) => a, cases, mostDiverse),
  attains(
    "repeated axes are a tight frame",
    mostDiverse,
    [{ rows: 2, cols: 4, data: Float64Array.of(1, 0, 1, 0, 0, 1, 0, 1) }],
    1 - 1e-12,
  ),
]);
