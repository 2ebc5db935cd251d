import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/core/canonicalJson.js";
import { digestWords } from "../../src/core/digest.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { keyedStream, type Rng, type StreamKey, streamFromWords } from "../../src/random/keyedStream.js";
import { chiSquareExcess, drawn, ksExcess } from "../helpers/goodnessOfFit.js";
import { law } from "../helpers/law.js";

const take = (rng: Rng, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i % 2 === 0 ? rng.uniform() : rng.normal()));

/** SHA-256 of [7,"labeled",0] in words, as any other tool computes it. */
const GOLDEN_WORDS = [
  615062229, 955576263, 2121252946, 1114624830, 2382309455, 1769076595, 1959598124, 720252031,
];
/** What the stream gave when it was first written: results of earlier versions depend on it. */
const GOLDEN_DRAWS = [0.9755527211367426, 0.34514169988731014, 0.8589628285487241, 1.546373001610451];

test("equal keys give equal streams; the order in which fields were written does not matter", () => {
  const a = keyedStream([7, { cell: { p: 10, r: 2 }, role: "labeled" }, 3]);
  const b = keyedStream([7, { role: "labeled", cell: { r: 2, p: 10 } }, 3]);
  expect(take(a, 50)).toEqual(take(b, 50));
});

test("a stream never changes: golden numbers of one key", () => {
  expect([...digestWords(canonicalJson([7, "labeled", 0]))]).toEqual(GOLDEN_WORDS);
  const rng = keyedStream([7, "labeled", 0]);
  expect([rng.uniform(), rng.uniform(), rng.normal(), rng.normal()]).toEqual(GOLDEN_DRAWS);
});

test("a stream does not depend on what other streams drew", () => {
  const alone = take(keyedStream(["a"]), 20);
  const other = keyedStream(["b"]);
  const again = keyedStream(["a"]);
  const interleaved = alone.map((_, i) => {
    other.normal();
    return i % 2 === 0 ? again.uniform() : again.normal();
  });
  expect(interleaved).toEqual(alone);
});

test("keys that differ anywhere give different streams: nesting, type, order, sign, last bit", () => {
  const keys: StreamKey[] = [
    [1, 2],
    [2, 1],
    [12],
    [[1, 2]],
    [1, [2]],
    ["1", 2],
    [1, "2"],
    ["1,2"],
    [1, 2, null],
    [-1, 2],
    [1, 2 + 2 ** -51],
    [{ a: 1, b: 2 }],
    [{ a: 2, b: 1 }],
    [{ ab: 12 }],
    [true, 2],
    [],
    [""],
  ];
  const firsts = new Set(keys.map((key) => take(keyedStream(key), 2).join()));
  expect(firsts.size).toBe(keys.length);
  law(fc.tuple(fc.jsonValue(), fc.jsonValue()), ([x, y]) => {
    const same = canonicalJson([x]) === canonicalJson([y]);
    const words = [x, y].map((z) => digestWords(canonicalJson([z])).join());
    expect(words[0] === words[1]).toBe(same);
  });
});

test("a million structured keys never collide in 64 of their 256 bits", () => {
  // A perfect hash collides here with probability 10^12 / 2 / 2^64 = 3e-8.
  const prints = new BigUint64Array(1_000_000);
  let at = 0;
  for (let seed = 0; seed < 10; seed++) {
    for (let replication = 0; replication < 5000; replication++) {
      for (let task = 0; task < 10; task++) {
        for (const role of ["labeled", "unlabeled"]) {
          const words = digestWords(`[${seed},${replication},"${role}",${task}]`);
          prints[at++] = (BigInt(words[2]!) << 32n) | BigInt(words[5]!);
        }
      }
    }
  }
  expect(at).toBe(1_000_000);
  prints.sort();
  let collisions = 0;
  for (let i = 1; i < prints.length; i++) if (prints[i] === prints[i - 1]) collisions++;
  expect(collisions).toBe(0);
});

test("a key that changes by one flips each bit of the seed with probability 1/2", () => {
  // 4000 pairs x 256 bits: the sum of fair bits leaves +-5.74 standard deviations with probability 1e-8; each bit alone +-7 with
  // probability 256 * 2.6e-12.
  const pairs = 4000;
  const flips = new Float64Array(256);
  for (let i = 0; i < pairs; i++) {
    const a = digestWords(canonicalJson([1, "cell", i]));
    const b = digestWords(canonicalJson([1, "cell", i + 1]));
    for (let bit = 0; bit < 256; bit++) {
      flips[bit]! += ((a[bit >> 5]! ^ b[bit >> 5]!) >>> (bit & 31)) & 1;
    }
  }
  const total = flips.reduce((s, x) => s + x, 0);
  expect(Math.abs(total - 128 * pairs) / Math.sqrt(64 * pairs)).toBeLessThan(5.74);
  for (const flip of flips) expect(Math.abs(flip - pairs / 2) / Math.sqrt(pairs / 4)).toBeLessThan(7);
});

test("streams of neighbouring keys are not correlated, at any lag up to 2", () => {
  // The sum of N products of independent normals over sqrt(N) is N(0, 1) up to 1/sqrt(N): 6 is left with probability 2e-9 x 3 lags x 3 kinds.
  const neighbours: ((i: number) => [StreamKey, StreamKey])[] = [
    (i) => [[7, "rep", i], [7, "rep", i + 1]], // biome-ignore format: pairs
    (i) => [[i, "labeled"], [i, "unlabeled"]], // biome-ignore format: pairs
    (i) => [[i, { p: 100 }], [i, { p: 101 }]], // biome-ignore format: pairs
  ];
  for (const pair of neighbours) {
    const sums = [0, 0, 0];
    const pairs = 400;
    const length = 200;
    for (let i = 0; i < pairs; i++) {
      const [a, b] = pair(i).map((key) => {
        const rng = keyedStream(key);
        return drawn(length + 2, rng.normal);
      });
      for (let lag = 0; lag < 3; lag++) {
        for (let j = 0; j < length; j++) sums[lag]! += a![j]! * b![j + lag]!;
      }
    }
    for (const sum of sums) expect(Math.abs(sum) / Math.sqrt(pairs * length)).toBeLessThan(6);
  }
});

test("the first numbers of consecutive streams are themselves uniform and normal", () => {
  const firsts = Array.from({ length: 10_000 }, (_, i) => {
    const rng = keyedStream([3, i]);
    return [rng.uniform(), rng.normal()];
  });
  expect(
    ksExcess(
      firsts.map((x) => x[0]!),
      (x) => x,
    ),
  ).toBeLessThan(1);
  expect(
    ksExcess(
      firsts.map((x) => x[1]!),
      normalCdf,
    ),
  ).toBeLessThan(1);
});

test("uniform numbers lie in [0, 1), are uniform, use more than 32 bits, and successive ones are independent", () => {
  const rng = keyedStream(["uniform"]);
  const sample = drawn(200_000, rng.uniform);
  expect(sample.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(ksExcess(sample, (x) => x)).toBeLessThan(1);
  expect(sample.some((x) => (x * 2 ** 32) % 1 !== 0)).toBe(true);
  const cells = new Float64Array(400);
  for (let i = 0; i + 1 < sample.length; i += 2) {
    cells[Math.floor(20 * sample[i]!) * 20 + Math.floor(20 * sample[i + 1]!)]!++;
  }
  expect(chiSquareExcess(cells, new Float64Array(400).fill(1 / 400))).toBeLessThan(1);
  // Power: a generator that squares a part of its numbers is rejected.
  expect(ksExcess(sample.map((x) => (x < 0.1 ? x * x * 10 : x)), (x) => x)).toBeGreaterThan(1); // biome-ignore format: one line
});

test("normal numbers are standard normal in the body, in the tails and in pairs", () => {
  const rng = keyedStream(["normal"]);
  const sample = drawn(400_000, rng.normal);
  expect(ksExcess(sample, normalCdf)).toBeLessThan(1);
  // Beyond 3.4426 the ziggurat changes its method.
  const edges = [-3.6, -3.4426, -3.2, -3, 0, 3, 3.2, 3.4426, 3.6];
  const cell = (x: number): number => edges.filter((edge) => edge < x).length;
  const counts = new Float64Array(edges.length + 1);
  for (const x of sample) counts[cell(x)]!++;
  const probabilities = Array.from(counts, (_, i) => {
    const low = i === 0 ? 0 : normalCdf(edges[i - 1]!);
    return (i === edges.length ? 1 : normalCdf(edges[i]!)) - low;
  });
  expect(chiSquareExcess(counts, probabilities)).toBeLessThan(1);
  const sums = drawn(100_000, () => (rng.normal() + rng.normal()) * Math.SQRT1_2);
  expect(ksExcess(sums, normalCdf)).toBeLessThan(1);
  // Normal and uniform numbers of one stream, drawn in turn, are independent: their sum has the right law.
  const mixed = drawn(100_000, () => (rng.uniform() < 0.5 ? -1 : 1) * Math.abs(rng.normal()));
  expect(ksExcess(mixed, normalCdf)).toBeLessThan(1);
  // Power: 2 % of scale is rejected.
  expect(ksExcess(sample.map((x) => 1.02 * x), normalCdf)).toBeGreaterThan(1); // biome-ignore format: one line
});

test("a stream of given words is the stream of the key that has them", () => {
  const key = [1, "x"];
  expect(take(streamFromWords(digestWords(canonicalJson(key))), 10)).toEqual(take(keyedStream(key), 10));
});
