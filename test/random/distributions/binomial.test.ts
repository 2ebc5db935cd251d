import { expect, test } from "vitest";
import { normalCdf } from "../../../src/numerics/special/normal.js";
import { binomialSampler } from "../../../src/random/distributions/binomial.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { chiSquareExcess, drawn, ksExcess, meanExcess } from "../../helpers/goodnessOfFit.js";

/** All probabilities of Binomial(n, q), by their ratios outwards from the mode, normalised: no factorial, no logarithm. */
function binomialProbabilities(n: number, q: number): Float64Array {
  const weights = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * q));
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = (weights[k]! * (n - k) * q) / ((k + 1) * (1 - q));
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k]! * k * (1 - q)) / ((n - k + 1) * q);
  const total = weights.reduce((s, w) => s + w, 0);
  return weights.map((w) => w / total);
}

function counted(n: number, draws: number, draw: () => number): Float64Array {
  const counts = new Float64Array(n + 1);
  for (let i = 0; i < draws; i++) {
    const k = draw();
    if (!(Number.isInteger(k) && k >= 0 && k <= n)) throw new Error(`drew ${k} of ${n}`);
    counts[k]!++;
  }
  return counts;
}

test("the oracle: Binomial(3, 1/4) is 27, 27, 9, 1 of 64", () => {
  expect([...binomialProbabilities(3, 0.25)].map((p) => Math.round(64 * p * 1e12) / 1e12)).toEqual([
    27, 27, 9, 1,
  ]);
});

/** By jumps (n q < 10), by rejection, at their border, mirrored (q > 1/2), with the mode at 0 and in the middle. */
const CASES: [n: number, q: number][] = [
  [1, 0.3],
  [7, 0.5],
  [100, 0.02],
  [5000, 0.001],
  [19, 0.5],
  [20, 0.5],
  [34, 0.3],
  [100, 0.0999],
  [100, 0.1001],
  [100, 0.3],
  [40, 0.97],
  [100, 0.8],
  [1000, 0.4],
  [10_000, 0.003],
  [100_000, 0.25],
];

test("binomial counts fit in both branches, at their border and mirrored", () => {
  let cases = 0;
  for (const [n, q] of CASES) {
    const binomial = binomialSampler(keyedStream(["binomial", n, q]));
    const probabilities = binomialProbabilities(n, q);
    const counts = counted(n, 400_000, () => binomial(n, q));
    expect(chiSquareExcess(counts, probabilities), `${n}, ${q}`).toBeLessThan(1);
    cases++;
  }
  expect(cases).toBe(15);
});

test("the test has power: q off by 1 %, or the masses near the mode off by 5 %, is rejected", () => {
  const [n, q] = [100, 0.3];
  const rng = keyedStream(["binomial", "power"]);
  const binomial = binomialSampler(rng);
  const probabilities = binomialProbabilities(n, q);
  const off = counted(n, 400_000, () => binomial(n, 1.01 * q));
  expect(chiSquareExcess(off, probabilities)).toBeGreaterThan(1);
  const counts = counted(n, 400_000, () => {
    const k = binomial(n, q);
    return Math.abs(k - 30) <= 2 && rng.uniform() < 0.08 ? binomial(n, q) : k;
  });
  expect(chiSquareExcess(counts, probabilities)).toBeGreaterThan(1);
});

test("a billion trials cost no more than ten: tiny q by jumps, large q by rejection", () => {
  const n = 1e9;
  const rare = binomialSampler(keyedStream(["rare"]));
  // Binomial(1e9, 3e-9) is Poisson(3) up to 3e-9.
  const poisson = new Float64Array(40);
  poisson[0] = Math.exp(-3);
  for (let k = 1; k < 40; k++) poisson[k] = (poisson[k - 1]! * 3) / k;
  expect(chiSquareExcess(counted(39, 100_000, () => rare(n, 3e-9)), poisson)).toBeLessThan(1); // biome-ignore format: one line
  for (const q of [1e-4, 0.3, 0.5, 0.9]) {
    const sd = Math.sqrt(n * q * (1 - q));
    // The central limit theorem is off by about 1 / (6 sd) <= 6e-4, against a bound of 0.0069.
    const sample = drawn(200_000, () => (rare(n, q) - n * q) / sd);
    expect(ksExcess(sample, normalCdf), `q ${q}`).toBeLessThan(1);
    expect(meanExcess(sample, 0, 1), `q ${q}`).toBeLessThan(1);
    expect(meanExcess(sample.map((x) => x * x), 1, Math.SQRT2), `q ${q}`).toBeLessThan(1); // biome-ignore format: one line
  }
});

test("certain outcomes are certain, at both ends", () => {
  const binomial = binomialSampler(keyedStream([1]));
  expect([binomial(0, 0.5), binomial(9, 0), binomial(9, 1), binomial(1e9, 1)]).toEqual([0, 0, 9, 1e9]);
  expect(binomial(5, Number.MIN_VALUE)).toBe(0);
});

test("a number of trials or a probability that is none is an error", () => {
  const binomial = binomialSampler(keyedStream([1]));
  for (const n of [-1, 1.5, Number.NaN, Infinity])
    expect(() => binomial(n, 0.5)).toThrow(/n must be an integer/);
  for (const q of [-0.1, 1.1, Number.NaN])
    expect(() => binomial(5, q)).toThrow(/q must be a number in \[0, 1\]/);
});
