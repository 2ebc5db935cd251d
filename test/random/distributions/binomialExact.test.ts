import { expect, test } from "vitest";
import { binomialSampler } from "../../../src/random/distributions/binomial.js";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import { handFed } from "../handFed.js";

/** Successes among n trials, trial after trial: each run of failures is as long as a uniform number stays below the powers of 1 - q. */
function byTrials(rng: Rng, n: number, q: number): number {
  let successes = 0;
  let trial = 0;
  for (;;) {
    const u = 1 - rng.uniform();
    for (let power = 1 - q; u <= power; power *= 1 - q) {
      trial++;
      if (trial >= n) return successes;
    }
    trial++;
    if (trial > n) return successes;
    successes++;
  }
}

/** P(k) / P(m) of Binomial(n, q), factor after factor. */
function ratioOfProbabilities(n: number, q: number, k: number, m: number): number {
  let ratio = 1;
  for (let i = m; i < k; i++) ratio *= ((n - i) * q) / ((i + 1) * (1 - q));
  for (let i = m; i > k; i--) ratio *= (i * (1 - q)) / ((n - i + 1) * q);
  return ratio;
}

interface Proposal {
  readonly k: number;
  /** Accepted when P(k) / P(mode) is at least this. */
  readonly bar: number;
}

/** Hormann's transformed variable: the point that u is mapped to, and his bound times v times the slope of the inverse map. */
function proposal(n: number, q: number, u: number, v: number): Proposal {
  const sd = Math.sqrt(n * q * (1 - q));
  const b = 1.15 + 2.53 * sd;
  const a = -0.0873 + 0.0248 * b + 0.01 * q;
  const map = (t: number): number => t * ((2 * a) / (0.5 - Math.abs(t)) + b) + n * q + 0.5;
  // d/dt of 2 a t / (1/2 - |t|) is a / (1/2 - |t|)^2.
  const slope = a / (0.5 - Math.abs(u)) ** 2 + b;
  return { k: Math.floor(map(u)), bar: (v * (2.83 + 5.1 / b) * sd) / slope };
}

/** The same by rejection alone: no step that accepts early. */
function byRejection(rng: Rng, n: number, q: number): number {
  const mode = Math.floor((n + 1) * q);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const { k, bar } = proposal(n, q, u, 1 - rng.uniform());
    if (k < 0 || k > n) continue;
    if (ratioOfProbabilities(n, q, k, mode) >= bar) return k;
  }
}

function expectSame(n: number, q: number, draws: number, oracle: typeof byTrials): void {
  const drawn = keyedStream(["same", n, q]);
  const other = keyedStream(["same", n, q]);
  const binomial = binomialSampler(drawn);
  for (let i = 0; i < draws; i++) {
    const k = binomial(n, q);
    const truth = oracle(other, n, q);
    if (k !== truth) expect.unreachable(`draw ${i} of (${n}, ${q}): ${k}, not ${truth}`);
  }
  expect(drawn.uniform()).toBe(other.uniform());
}

test("a mean below 10: the successes of trial after trial, number for number", () => {
  for (const [n, q] of [
    [1, 0.3],
    [2, 0.5],
    [12, 0.25],
    [19, 0.5],
    [40, 0.2],
    [300, 0.01],
  ] as const) {
    expectSame(n, q, 200, byTrials);
  }
});

test.each([
  [20, 0.5],
  [40, 0.25],
  [33, 0.4],
  [100, 0.3],
  [61, 0.5],
  [900, 0.02],
] as const)("a mean of 10 and more: the transformed rejection without its early step, (%d, %d)", (n, q) => {
  expectSame(n, q, 3000, byRejection);
});

test("q above one half counts the failures of 1 - q on the same numbers", () => {
  for (const [n, q] of [
    [9, 0.75],
    [100, 0.625],
  ] as const) {
    const binomial = binomialSampler(keyedStream(["mirror", n]));
    const mirrored = binomialSampler(keyedStream(["mirror", n]));
    for (let i = 0; i < 40; i++) expect(binomial(n, q)).toBe(n - mirrored(n, 1 - q));
  }
});

/** The u whose point lies in the middle of the cell of k, by bisection. */
function uniformFor(n: number, q: number, k: number): number {
  let low = -0.5;
  let high = 0.5;
  for (let i = 0; i < 60; i++) {
    const u = (low + high) / 2;
    if (proposal(n, q, u, 1).k < k) low = u;
    else high = u;
  }
  return (low + high) / 2 + 1e-9 + 0.5;
}

test("the ends 0 and n are reached, and nothing beyond them is ever accepted", () => {
  const [n, q] = [20, 0.5];
  // 1 - v of the second number: the bar is as low as it can be.
  const lowest = 1 - 2 ** -53;
  for (const end of [0, n]) {
    const u = uniformFor(n, q, end);
    expect(proposal(n, q, u - 0.5, 1).k).toBe(end);
    const reached = handFed([u, lowest]);
    expect(binomialSampler(reached)(n, q)).toBe(end);
  }
  for (const beyond of [-2, -1, n + 1, n + 2]) {
    const u = uniformFor(n, q, beyond);
    expect(proposal(n, q, u - 0.5, 1).k).toBe(beyond);
    // Rejected: the next pair is asked for, u = 1/2, the centre.
    const rng = handFed([u, lowest, 0.5, lowest]);
    expect(binomialSampler(rng)(n, q)).toBe(10);
    expect(rng.left()).toEqual([0, 0]);
  }
});

test("certain outcomes ask for no random number", () => {
  const rng = handFed([]);
  const binomial = binomialSampler(rng);
  for (const q of [0, 0.2, 0.5, 0.9, 1]) expect(binomial(0, q)).toBe(0);
  for (const n of [1, 9, 1000]) {
    expect(binomial(n, 0)).toBe(0);
    expect(binomial(n, 1)).toBe(n);
  }
});
