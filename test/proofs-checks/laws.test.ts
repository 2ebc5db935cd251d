import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { always } from "../../proofs-checks/laws/always.js";
import { attains } from "../../proofs-checks/laws/attains.js";
import { hasLaw, sameLaw } from "../../proofs-checks/laws/distances.js";
import { type LawContext, Refuted } from "../../proofs-checks/laws/law.js";
import {
  chernoffLevel,
  coinDivergence,
  FALSE_ALARM,
  happensWithProbability,
  hasMean,
  mustFail,
  rarelyHappens,
} from "../../proofs-checks/laws/statistical.js";
import { descending } from "../../proofs-checks/laws/structure.js";
import { atMost, equals, every, holds } from "../../proofs-checks/laws/verdict.js";
import { counterexample, weakened } from "../../proofs-checks/laws/weakened.js";
import { normalCdf } from "../../src/numerics/special/normal.js";

const context: LawContext = { lemma: "test", runs: 200, seed: 7, path: null, law: null };
const numbers = fc.integer({ min: 0, max: 1000 });
const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refuted) return error.message;
    throw error;
  }
  return "";
};

describe("verdicts", () => {
  it("never hold for NaN", () => {
    expect(
      [
        atMost(Number.NaN, 1),
        atMost(0, Number.NaN),
        equals(Number.NaN, Number.NaN),
        descending([1, Number.NaN], 1),
      ].map(holds),
    ).toEqual([false, false, false, false]);
  });

  it("every() is the first that fails", () => {
    expect(holds(every(true, atMost(1, 2), atMost(2, 1), true))).toBe(false);
    expect(holds(every())).toBe(true);
  });
});

describe("laws", () => {
  const false9 = always(
    "below 9",
    (x: number) => x,
    numbers,
    (x) => x < 9,
  );

  it("a failure shows lemma, law, the smallest counterexample, seed, path and the line that replays it", () => {
    const text = message(() => false9.check(context));
    expect(text).toContain("REFUTED test: below 9");
    expect(text).toMatch(/counterexample .*: 9\n/);
    const [, path] = /path (\S+)\n/.exec(text)!;
    expect(text).toContain(`replay: npm run checks -- --lemma test --law "below 9" --seed 7 --path ${path}`);
    // The path alone leads to the same counterexample.
    expect(message(() => false9.check({ ...context, path: path! }))).toMatch(/counterexample .*: 9\n/);
  });

  it("a true law passes, and an example that was kept is tried", () => {
    expect(
      always(
        "non-negative",
        (x: number) => x,
        numbers,
        (x) => x >= 0,
      ).check(context),
    ).toBeNull();
    expect(
      message(() =>
        always(
          "kept",
          (x: number) => x,
          numbers,
          (x) => x !== 1e6,
          { examples: [1e6] },
        ).check(context),
      ),
    ).toContain("1000000");
  });

  it("an exception is a refutation", () => {
    const throwing = always(
      "throws",
      () => {
        throw new Error("no such thing");
      },
      numbers,
      () => true,
    );
    expect(message(() => throwing.check(context))).toContain("no such thing");
  });

  it("a weakened law passes when it is refuted and fails when it is not", () => {
    expect(
      weakened(
        "below 9",
        (x: number) => x,
        numbers,
        (x) => x < 9,
      ).check({ ...context, runs: 1 }),
    ).toContain("9");
    expect(
      message(() =>
        weakened(
          "true",
          (x: number) => x,
          numbers,
          () => true,
        ).check(context),
      ),
    ).toContain("no counterexample");
  });

  it("a counterexample that is none any more fails", () => {
    expect(
      counterexample(
        "kept",
        (x: number) => x,
        3,
        (x) => atMost(x, 2),
      ).check(context),
    ).toContain("3 <= 2");
    expect(
      message(() =>
        counterexample(
          "kept",
          (x: number) => x,
          1,
          (x) => atMost(x, 2),
        ).check(context),
      ),
    ).toContain("none any more");
  });

  it("tightness is the largest ratio of a family", () => {
    expect(attains("sharp", (x: number) => atMost(x, 1), [0.2, 0.97], 0.95).check(context)).toContain("0.97");
    expect(
      message(() => attains("loose", (x: number) => atMost(x, 1), [0.5], 0.95).check(context)),
    ).toContain("0.5");
  });
});

describe("statistical laws", () => {
  it("the Chernoff level has the probability that it says", () => {
    for (const [bound, n] of [
      [0.1, 1000],
      [0.5, 200],
      [0.001, 50_000],
    ] as const) {
      const level = chernoffLevel(bound, n, FALSE_ALARM);
      expect(n * coinDivergence(level, bound)).toBeCloseTo(-Math.log(FALSE_ALARM), 3);
    }
  });

  // The alternatives that the laws are built to see, each drawn 20 times: a miss has probability 1e-3 a time.
  const seeds = Array.from({ length: 20 }, (_, i) => ({ ...context, seed: i + 1 }));
  const coin = (probability: number) => (rng: { uniform: () => number }) => rng.uniform() < probability;

  it.each([
    ["a rare event that is not rare", rarelyHappens("x", coin(0.2), 0.1, 0.2, { draws: 2000 })],
    ["a probability that is higher", happensWithProbability("x", coin(0.42), 0.3, 0.42, { draws: 2000 })],
    ["a probability that is lower", happensWithProbability("x", coin(0.2), 0.3, 0.2, { draws: 2000 })],
    ["a mean that is shifted", hasMean("x", (rng) => rng.normal() + 0.25, 0, 1, 0.25, { draws: 2000 })],
    ["a law of twice the scale", hasLaw("x", (rng) => 2 * rng.normal(), normalCdf, { draws: 2000 })],
    [
      "two laws, one shifted by half a deviation",
      sameLaw(
        "x",
        (rng) => rng.normal(),
        (rng) => rng.normal() + 0.5,
        { draws: 2000 },
      ),
    ],
  ])("%s is seen at every seed", (_, law) => {
    for (const at of seeds) expect(mustFail("seen", law).check(at)).toBeTypeOf("string");
  });

  it.each([
    ["a rare event at its bound", rarelyHappens("x", coin(0.1), 0.1, 0.2, { draws: 2000 })],
    ["a known probability", happensWithProbability("x", coin(0.3), 0.3, 0.42, { draws: 2000 })],
    ["a mean", hasMean("x", (rng) => rng.normal(), 0, 1, 0.25, { draws: 2000 })],
    ["a law", hasLaw("x", (rng) => rng.normal(), normalCdf, { draws: 2000 })],
    [
      "one law twice",
      sameLaw(
        "x",
        (rng) => rng.normal(),
        (rng) => rng.normal(),
        { draws: 2000 },
      ),
    ],
  ])("%s raises no alarm at any seed", (_, law) => {
    for (const at of seeds) expect(message(() => law.check(at))).toBe("");
  });

  it("a law that must fail is tried three times, on other draws each time, before it counts as not refuted", () => {
    const lemmas: string[] = [];
    const missing = (misses: number) => ({
      ...hasMean("x", () => 0, 0, 1, 0.25, { draws: 2000 }),
      check: (at: LawContext): null => {
        lemmas.push(at.lemma);
        if (lemmas.length > misses) throw new Refuted(at, "x", "seen at last", null);
        return null;
      },
    });
    expect(mustFail("must fail", missing(2)).check(context)).toBe("seen at last");
    expect(new Set(lemmas).size).toBe(3);
    lemmas.length = 0;
    expect(message(() => mustFail("must fail", missing(3)).check(context))).toContain("was not refuted");
  });

  it("says what it measured, and the probability of a false alarm beside it", () => {
    const text = hasMean("x", (rng) => rng.normal(), 0, 1, 0.25, { draws: 2000 }).check(context);
    expect(text).toMatch(/^mean .*; false alarm at most 1e-8$/);
  });

  it("refuses fewer draws than its alternative takes", () => {
    const normal = (rng: { normal: () => number }): number => rng.normal();
    const few = { ...context, runs: 1 };
    expect(() => hasLaw("x", normal, normalCdf, { draws: 100 }).check(few)).toThrow("cannot tell");
    expect(() => sameLaw("x", normal, normal, { draws: 458, alternative: 0.2 }).check(few)).toThrow(
      "cannot tell",
    );
    expect(() => hasMean("x", () => 0, 0, 1, 0.01, { draws: 100 }).check({ ...context, runs: 1 })).toThrow(
      "cannot tell",
    );
  });
});
