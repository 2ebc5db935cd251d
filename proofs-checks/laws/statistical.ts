import { keyedStream, type Rng } from "../../src/random/keyedStream.js";
import { type Law, type LawContext, Refuted } from "./law.js";

/**
 * The probability of a false alarm of every statistical law: a theorem for the sample size at hand (Chernoff, Dvoretzky-Kiefer-Wolfowitz with
 * Massart's constant, Gaussian concentration), not an asymptotic one. With under a hundred such laws the folder as a whole
 * raises a false alarm with probability below 1e-6 at any seed.
 */
export const FALSE_ALARM = 1e-8;
/** The probability that a law misses its stated alternative. */
export const MISS = 1e-3;
/** How often a law that must fail is tried on new draws: all of them miss with probability MISS^3 = 1e-9. */
const ATTEMPTS = 3;

export interface Sampling {
  /** Draws; more when more runs are asked for. */
  readonly draws: number;
  readonly kind?: Law["kind"];
}

function streamOf(context: LawContext, law: string): Rng {
  return keyedStream(["checks", context.seed, context.lemma, law]);
}

export function drawsOf(context: LawContext, own: number): number {
  return Math.max(own, context.runs);
}

/** KL(a || b) between coins. */
export function coinDivergence(a: number, b: number): number {
  const part = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y));
  return part(a, b) + part(1 - a, 1 - b);
}

/**
 * An event whose probability is at most `bound`: the number of times it happens in N draws must not exceed the level that Chernoff,
 * P(count >= N a) <= exp(-N KL(a || bound)), gives probability {@link FALSE_ALARM}. The law also computes that it would be refuted, with probability 1 -
 * {@link MISS}, were the probability `alternative`.
 */
export function rarelyHappens(
  name: string,
  event: (rng: Rng) => boolean,
  bound: number,
  alternative: number,
  options: Sampling,
): Law {
  return statistical(name, options, (context, rng) => {
    const n = drawsOf(context, options.draws);
    const limit = chernoffLevel(bound, n, FALSE_ALARM);
    requirePower(
      limit < alternative && Math.exp(-n * coinDivergence(limit, alternative)) <= MISS,
      n,
      alternative,
    );
    let count = 0;
    for (let i = 0; i < n; i++) if (event(rng)) count++;
    if (count > n * limit)
      return { refuted: `${count} of ${n}, at most ${Math.floor(n * limit)} allowed by ${bound}` };
    return { measured: `${count} of ${n} (bound ${bound})` };
  });
}

/** An event of known probability: both Chernoff bounds; `alternative` is a probability (on either side) that would be told apart. */
export function happensWithProbability(
  name: string,
  event: (rng: Rng) => boolean,
  probability: number,
  alternative: number,
  options: Sampling,
): Law {
  return statistical(name, options, (context, rng) => {
    const n = drawsOf(context, options.draws);
    const high = chernoffLevel(probability, n, FALSE_ALARM / 2);
    const low = 1 - chernoffLevel(1 - probability, n, FALSE_ALARM / 2);
    const border = alternative > probability ? high : low;
    const apart = alternative > probability ? high < alternative : alternative < low;
    requirePower(apart && Math.exp(-n * coinDivergence(border, alternative)) <= MISS, n, alternative);
    let count = 0;
    for (let i = 0; i < n; i++) if (event(rng)) count++;
    const seen = count / n;
    if (!(low <= seen && seen <= high))
      return { refuted: `${count} of ${n}, expected between ${n * low} and ${n * high}` };
    return { measured: `${seen} against ${probability} (${n} draws)` };
  });
}

/**
 * The mean of a variable that is sub-Gaussian with proxy variance `proxy`, E exp(s (X - EX)) <= exp(s^2 proxy / 2): Gaussian variables, Lipschitz
 * functions of them, bounded variables (proxy (b - a)^2 / 4), sums. P(|mean - EX| > t) <= 2 exp(-N t^2 / (2 proxy)).
 * `alternative` is a shift of the mean that would be seen.
 */
export function hasMean(
  name: string,
  draw: (rng: Rng) => number,
  expected: number,
  proxy: number,
  alternative: number,
  options: Sampling,
): Law {
  return statistical(name, options, (context, rng) => {
    const n = drawsOf(context, options.draws);
    const limit = Math.sqrt((2 * proxy * Math.log(2 / FALSE_ALARM)) / n);
    const miss = Math.sqrt((2 * proxy * Math.log(1 / MISS)) / n);
    requirePower(limit + miss <= alternative, n, alternative);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += draw(rng);
    const gap = Math.abs(sum / n - expected);
    if (!(gap <= limit))
      return { refuted: `mean ${sum / n}, expected ${expected} to within ${limit} (${n} draws)` };
    return { measured: `mean ${sum / n} against ${expected} +- ${limit}` };
  });
}

/**
 * A statistical law that must fail: its hypothesis is broken, or its alternative true. It shows the power that the sizes were chosen for. One miss
 * in a thousand is part of the design, so it has {@link ATTEMPTS} independent tries before it counts as not refuted.
 */
export function mustFail(name: string, law: Law): Law {
  return {
    ...law,
    name,
    kind: "weakened",
    falseAlarm: MISS ** ATTEMPTS,
    weight: 0,
    check(context) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          // Streams are keyed by the lemma's name: another one, other draws.
          law.check(attempt === 0 ? context : { ...context, lemma: `${context.lemma}, try ${attempt + 1}` });
        } catch (error) {
          if (error instanceof Refuted) return error.message.split("\n")[1] ?? null;
          throw error;
        }
      }
      throw new Refuted(context, name, "was not refuted", null);
    },
  };
}

export function statistical(
  name: string,
  options: Sampling,
  test: (context: LawContext, rng: Rng) => { refuted: string } | { measured: string },
): Law {
  return {
    name,
    kind: options.kind ?? "lemma",
    weight: 1,
    falseAlarm: FALSE_ALARM,
    check(context) {
      const result = test(context, streamOf(context, name));
      if ("refuted" in result) throw new Refuted(context, name, result.refuted, null);
      return `${result.measured}; false alarm at most ${FALSE_ALARM}`;
    },
  };
}

export function requirePower(enough: boolean, n: number, alternative: number): void {
  if (!enough)
    throw new Error(`${n} draws cannot tell the alternative ${alternative} with probability ${1 - MISS}`);
}

/** The smallest share a >= bound with exp(-n KL(a || bound)) <= level; 1 where there is none. */
export function chernoffLevel(bound: number, n: number, level: number): number {
  const needed = Math.log(1 / level) / n;
  let low = bound;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (coinDivergence(middle, bound) >= needed) high = middle;
    else low = middle;
  }
  return high;
}
