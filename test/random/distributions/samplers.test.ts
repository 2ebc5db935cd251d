import { expect, test } from "vitest";
import { normalCdf } from "../../../src/numerics/special/normal.js";
import { chiSampler, gammaSampler, studentTSampler } from "../../../src/random/distributions/gamma.js";
import { signSampler } from "../../../src/random/distributions/sign.js";
import { truncatedNormal } from "../../../src/random/distributions/truncatedNormal.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { chiSquareExcess, drawn, ksExcess, meanExcess } from "../../helpers/goodnessOfFit.js";

const N = 200_000;

/** The distribution function of Gamma(shape, 1) for whole and half shapes: P(a + 1, x) = P(a, x) - x^a e^-x / Gamma(a + 1). */
function gammaCdf(shape: number, x: number): number {
  const half = shape % 1 === 0.5;
  let value = half ? 2 * normalCdf(Math.sqrt(2 * x)) - 1 : 1 - Math.exp(-x);
  // x^a e^-x / Gamma(a + 1) at a = 1/2 and at a = 1.
  let term = half ? (Math.sqrt(x) * Math.exp(-x) * 2) / Math.sqrt(Math.PI) : x * Math.exp(-x);
  for (let a = half ? 0.5 : 1; a < shape; a++) {
    value -= term;
    term *= x / (a + 1);
  }
  return value;
}

test("the oracle: gamma distribution functions at hand-worked points", () => {
  expect(gammaCdf(1, 2)).toBeCloseTo(1 - Math.exp(-2), 14);
  expect(gammaCdf(3, 2)).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 14);
  // Chi-square with 3 degrees of freedom exceeds 7.8147 with probability 0.05.
  expect(gammaCdf(1.5, 7.814727903251179 / 2)).toBeCloseTo(0.95, 12);
});

test("gamma numbers fit for shapes below 1, 1, and above", () => {
  for (const shape of [0.5, 1, 1.5, 2, 7, 40.5]) {
    const gamma = gammaSampler(keyedStream(["gamma", shape]));
    const sample = drawn(N, () => gamma(shape));
    expect(
      ksExcess(sample, (x) => gammaCdf(shape, x)),
      `shape ${shape}`,
    ).toBeLessThan(1);
    // Power: another shape by 3 % is rejected.
    const wrong = drawn(N, () => gamma(1.03 * shape));
    expect(
      ksExcess(wrong, (x) => gammaCdf(shape, x)),
      `shape ${shape}`,
    ).toBeGreaterThan(1);
  }
});

test("small shapes fit: Gamma(a) + Gamma(1 - a) is exponential, and Gamma(a)/(sum) has mean a", () => {
  for (const shape of [0.02, 0.2, 0.4]) {
    const gamma = gammaSampler(keyedStream(["small gamma", shape]));
    const sums = drawn(N, () => gamma(shape) + gamma(1 - shape));
    expect(ksExcess(sums, (x) => gammaCdf(1, x))).toBeLessThan(1);
    const shares = drawn(N, () => {
      const part = gamma(shape);
      return part / (part + gamma(1 - shape));
    });
    // Beta(a, 1 - a) has variance a (1 - a) / 2.
    expect(meanExcess(shares, shape, Math.sqrt((shape * (1 - shape)) / 2))).toBeLessThan(1);
  }
});

test("gamma numbers of one stream are all different from those of the next: no generator of 32 bits in between", () => {
  const a = gammaSampler(keyedStream([1]));
  const again = gammaSampler(keyedStream([1]));
  expect(drawn(50, () => a(2))).toEqual(drawn(50, () => again(2)));
  const seen = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const gamma = gammaSampler(keyedStream([i]));
    for (let j = 0; j < 50; j++) seen.add(gamma(2));
  }
  expect(seen.size).toBe(10_000);
});

test("the chi distribution is the length of a normal vector", () => {
  for (const k of [1, 2, 3, 10]) {
    const chi = chiSampler(keyedStream(["chi", k]));
    const sample = drawn(N, () => chi(k));
    expect(ksExcess(sample, (x) => gammaCdf(k / 2, (x * x) / 2))).toBeLessThan(1);
    // Power: a missing root is rejected.
    expect(ksExcess(sample.map((x) => x * x), (x) => gammaCdf(k / 2, (x * x) / 2))).toBeGreaterThan(1); // biome-ignore format: one line
  }
});

test("Student's t fits for 1, 2, 3 degrees of freedom", () => {
  const cdfs: Record<number, (t: number) => number> = {
    1: (t) => 0.5 + Math.atan(t) / Math.PI,
    2: (t) => 0.5 + t / (2 * Math.sqrt(2 + t * t)),
    3: (t) => 0.5 + (t / Math.sqrt(3) / (1 + (t * t) / 3) + Math.atan(t / Math.sqrt(3))) / Math.PI,
  };
  for (const k of [1, 2, 3]) {
    const student = studentTSampler(keyedStream(["t", k]));
    const sample = drawn(N, () => student(k));
    expect(ksExcess(sample, cdfs[k]!)).toBeLessThan(1);
    // Power: one more degree of freedom is rejected, and so is a divisor without its root.
    expect(ksExcess(drawn(N, () => student(k + 1)), cdfs[k]!)).toBeGreaterThan(1); // biome-ignore format: one line
  }
});

test("the variance of Student's t with 5 degrees of freedom is 5/3: not scaled away", () => {
  const student = studentTSampler(keyedStream(["t", "variance"]));
  // t^2 has infinite fourth moment: the mean of min(t^2, 25) is used, whose truth is by Simpson's rule on the density.
  const clipped = (t: number): number => Math.min(t * t, 25);
  const density = (t: number): number => (8 / (3 * Math.PI * Math.sqrt(5))) * (1 + (t * t) / 5) ** -3;
  const simpson = (f: (t: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < 4000; i++) {
      const [a, b] = [i / 100, (i + 1) / 100];
      sum += ((b - a) / 6) * (f(a) + 4 * f((a + b) / 2) + f(b));
    }
    return 2 * sum;
  };
  const mean = simpson((t) => clipped(t) * density(t));
  const second = simpson((t) => clipped(t) ** 2 * density(t));
  const sample = drawn(N, () => clipped(student(5)));
  expect(meanExcess(sample, mean, Math.sqrt(second - mean * mean))).toBeLessThan(1);
});

test("signs are fair and independent: all 256 patterns of 8 in a row are equally frequent", () => {
  const rng = keyedStream(["sign"]);
  const patterns = (sign: () => number): Float64Array => {
    const counts = new Float64Array(256);
    for (let i = 0; i < 100_000; i++) {
      let pattern = 0;
      for (let bit = 0; bit < 8; bit++) {
        const s = sign();
        if (s !== 1 && s !== -1) throw new Error(`a sign of ${s}`);
        pattern = 2 * pattern + (s > 0 ? 1 : 0);
      }
      counts[pattern]!++;
    }
    return counts;
  };
  const even = new Float64Array(256).fill(1 / 256);
  const sign = signSampler(rng);
  expect(chiSquareExcess(patterns(sign), even)).toBeLessThan(1);
  // Blocks of 8 cut across the words of 32: once more from an odd place.
  for (let i = 0; i < 5; i++) sign();
  expect(chiSquareExcess(patterns(sign), even)).toBeLessThan(1);
  // Power: always +, and repeating the last sign once in fifty times, are rejected.
  expect(chiSquareExcess(patterns(() => 1), even)).toBeGreaterThan(1); // biome-ignore format: one line
  let last = 1;
  const sticky = (): number => {
    if (rng.uniform() > 0.02) last = sign();
    return last;
  };
  expect(chiSquareExcess(patterns(sticky), even)).toBeGreaterThan(1);
});

test("truncated normal numbers fit on both sides of the change of method and far in the tail", () => {
  for (const low of [-40, -3, -0.5, 0, 0.45 - 1e-9, 0.45 + 1e-9, 1, 3, 8, 30]) {
    const rng = keyedStream(["truncated", low]);
    const sample = drawn(N, () => truncatedNormal(rng, low));
    expect(sample.every((x) => x >= low)).toBe(true);
    const tail = normalCdf(-low);
    expect(
      ksExcess(sample, (x) => 1 - normalCdf(-x) / tail),
      `low ${low}`,
    ).toBeLessThan(1);
    // Power: a bound off by 2 % of the spread is rejected.
    const shifted = sample.map((x) => x + 0.02 / Math.max(1, low));
    expect(
      ksExcess(shifted, (x) => 1 - normalCdf(-x) / tail),
      `low ${low}`,
    ).toBeGreaterThan(1);
  }
});

test("bounds beyond all reason end: the excess over the bound is exponential with the rate of the bound", () => {
  const rng = keyedStream(["far"]);
  const sample = drawn(20_000, () => 1e5 * (truncatedNormal(rng, 1e5) - 1e5));
  // Rounding of 1e5 is 1.5e-11, of the excess 1.5e-6; the law is exponential up to 1e-10.
  expect(ksExcess(sample, (x) => 1 - Math.exp(-x))).toBeLessThan(1);
  for (const low of [1e9, 1e17, 1e200, Number.MAX_VALUE]) expect(truncatedNormal(rng, low)).toBe(low);
  expect(truncatedNormal(rng, -Number.MAX_VALUE)).toBeGreaterThan(-50);
  for (const low of [Number.NaN, Infinity, -Infinity]) {
    expect(() => truncatedNormal(rng, low)).toThrow(/low must be a finite number, received/);
  }
});

test("shapes that are none are errors", () => {
  const rng = keyedStream([1]);
  for (const bad of [0, -1, Number.NaN, Infinity]) {
    expect(() => gammaSampler(rng)(bad)).toThrow(/shape must be a finite number > 0/);
    expect(() => chiSampler(rng)(bad)).toThrow(/finite number > 0/);
    expect(() => studentTSampler(rng)(bad)).toThrow(/finite number > 0/);
  }
});
