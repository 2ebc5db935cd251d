import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { type ImplicitGaussian, implicitGaussian } from "../../src/model/implicitGaussian.js";
import { type Matrix, matrix } from "../../src/numerics/matrix.js";
import { addScaled, dot, multiply, norm2, scaled } from "../../src/numerics/products.js";
import { normalMatrix, normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream, type Rng } from "../../src/random/keyedStream.js";
import { ksDistance, ksLimit } from "../helpers/statistics.js";

function implicit(rng: Rng, u: number, p: number): ImplicitGaussian {
  return implicitGaussian({ right: normalVector(rng, u), left: normalVector(rng, p) }, () => rng);
}

function explicit(e: Matrix): ImplicitGaussian {
  return {
    times: (v) => multiply(e, matrix(v.length, 1, v)).data,
    transposeTimes: (f) => multiply(matrix(1, f.length, f), e).data,
  };
}

/** A question: a side, and a vector that is new, a mixture of earlier questions and answers, or zero. */
interface Question {
  readonly side: "times" | "transposeTimes";
  readonly kind: "new" | "answer" | "mixture" | "nearly" | "repeat" | "zero";
  readonly scale: number;
}

const questions = fc.array(
  fc.record<Question>({
    side: fc.constantFrom("times", "transposeTimes"),
    kind: fc.constantFrom("new", "answer", "mixture", "nearly", "repeat", "zero"),
    scale: fc.constantFrom(1e-60, 1e-3, 1, 50, 1e60),
  }),
  { minLength: 1, maxLength: 14 },
);

interface Asked {
  readonly v: Float64Array;
  readonly answer: Float64Array;
}

/** Asks a list of questions that depend on what was answered before. */
function interview(rng: Rng, e: ImplicitGaussian, u: number, p: number, list: readonly Question[]) {
  const right: Asked[] = [];
  const left: Asked[] = [];
  for (const { side, kind, scale } of list) {
    const [own, other, length] = side === "times" ? [right, left, p] : [left, right, u];
    let v = normalVector(rng, length);
    if (kind === "zero") v = new Float64Array(length);
    if (kind === "repeat" && own.length > 0) v = own[0]!.v.slice();
    if (kind === "answer" && other.length > 0)
      v = scaled(other.at(-1)!.answer, 1 / (1 + norm2(other.at(-1)!.v)));
    if (kind === "mixture") for (const q of own) addScaled(v, 3 / (1e-300 + norm2(q.v)), q.v);
    // Almost a mixture: what is new in it is a ten-millionth.
    if (kind === "nearly" && own.length > 0) {
      v = scaled(v, 1e-7);
      for (const q of own) addScaled(v, 1 / (1e-300 + norm2(q.v)), q.v);
    }
    v = scaled(v, scale);
    own.push({ v, answer: e[side](v) });
  }
  return { right, left };
}

describe("implicitGaussian", () => {
  test("f^T (E v) = (E^T f)^T v to rounding, always: any sizes, any order, adaptive, repeated and zero questions", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        questions,
        (seed, u, p, list) => {
          const rng = keyedStream(["consistency", seed]);
          const { right, left } = interview(rng, implicit(rng, u, p), u, p, list);
          for (const a of right) {
            for (const b of left) {
              const size = norm2(a.v) * norm2(b.v);
              const difference = dot(b.v, a.answer) - dot(b.answer, a.v);
              expect(Math.abs(difference)).toBeLessThanOrEqual(2e-12 * size * (1 + u + p));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("always linear: E (v + c w) = E v + c E w, also when v and w were asked before", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: -3, max: 3, noNaN: true }), (seed, c) => {
        const rng = keyedStream(["linear", seed]);
        const e = implicit(rng, 5, 4);
        const v = normalVector(rng, 4);
        const w = normalVector(rng, 4);
        const expected = e.times(v).slice();
        e.transposeTimes(normalVector(rng, 5));
        addScaled(expected, c, e.times(w));
        const sum = v.slice();
        addScaled(sum, c, w);
        addScaled(expected, -1, e.times(sum));
        expect(norm2(expected)).toBeLessThan(1e-12);
      }),
    );
  });

  test("the first answers are those of the noise that was given, and draw nothing more", () => {
    const right = Float64Array.of(1, 2, 3);
    const left = Float64Array.of(5, 6);
    const e = implicitGaussian({ right, left }, () => {
      throw new Error("nothing to draw");
    });
    expect([...e.times(Float64Array.of(0, 2))]).toEqual([2, 4, 6]);
    // f = (1, 0, 0): known is <E^T f, (0, 1)> = 1, the other coordinate is left's.
    expect([...e.transposeTimes(Float64Array.of(1, 0, 0))]).toEqual([5, 1]);
  });

  /** Two rounds of self-training and one question more, as statistics that see every dependence between the answers. */
  function statistics(e: ImplicitGaussian): number[] {
    const v = Float64Array.of(0.6, 0.8, 0, 0, 0);
    const y = e.times(v);
    const f = y.map((x) => (Math.abs(x) > 0.3 ? Math.sign(x) : 0));
    const s = e.transposeTimes(f);
    const v2 = scaled(s, 1 / (1e-9 + norm2(s)));
    const y2 = e.times(v2);
    const f2 = y2.map(Math.tanh);
    const s2 = e.transposeTimes(f2);
    const y3 = e.times(s2);
    return [
      norm2(y), dot(f, y), norm2(s), dot(s, v), s[4]!, dot(v2, v), norm2(y2), dot(y, y2), dot(f, y2),
      dot(f2, y2), norm2(s2), dot(s2, s), dot(s2, v), s2[3]!, dot(f, f2), norm2(y3), dot(y3, y), y3[0]!,
    ]; // biome-ignore format: one row a round
  }

  const COUNT = 6000;
  const draws = (make: (rng: Rng) => ImplicitGaussian, name: string): number[][] => {
    const rng = keyedStream(["joint law", name]);
    const rows = Array.from({ length: COUNT }, () => statistics(make(rng)));
    return rows[0]!.map((_, k) => rows.map((row) => row[k]!));
  };
  const distances = (a: number[][], b: number[][]): number[] =>
    a.map((column, k) => ksDistance(column, b[k]!));

  test("the answers have jointly the law of an explicit Gaussian matrix, and wrong ones are seen", () => {
    const u = 6;
    const p = 5;
    const truth = draws((rng) => explicit(normalMatrix(rng, u, p)), "explicit");
    // 18 statistics, each with false-alarm probability 1e-8.
    const found = distances(
      draws((rng) => implicit(rng, u, p), "implicit"),
      truth,
    );
    expect(Math.max(...found)).toBeLessThan(ksLimit(COUNT));
    // Power: independent answers on the two sides, and answers that forget what is left of E outside what is known.
    const forgetful = (rng: Rng): ImplicitGaussian => ({
      times: explicit(normalMatrix(rng, u, p)).times,
      transposeTimes: explicit(normalMatrix(rng, u, p)).transposeTimes,
    });
    expect(Math.max(...distances(draws(forgetful, "forgetful"), truth))).toBeGreaterThan(ksLimit(COUNT));
    const oneSided = (rng: Rng): ImplicitGaussian => {
      const e = normalMatrix(rng, u, p);
      const exact = explicit(e);
      return { ...exact, transposeTimes: (f) => exact.transposeTimes(f).map((x, j) => (j < 4 ? x : 0)) };
    };
    expect(Math.max(...distances(draws(oneSided, "one-sided"), truth))).toBeGreaterThan(ksLimit(COUNT));
  });
});
