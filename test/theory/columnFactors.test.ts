import { describe, expect, it } from "vitest";
import { averageOverLengths, type ColumnFactors, ownSpread } from "../../src/theory/columnFactors.js";
import type { ThresholdedGroup } from "../../src/theory/thresholdedGroup.js";

/** A group of which only what the factors need is given. */
const groupOf = (changes: Partial<ThresholdedGroup>): ThresholdedGroup =>
  ({
    fixedWeight: null,
    offSquare: 0,
    offSquareVariance: 0,
    offLengths: Float64Array.of(0),
    offWeights: Float64Array.of(1),
    ...changes,
  }) as ThresholdedGroup;

/** The factors of one design point, the second of two; the sums start at 10, 20, 30. */
function factorsOf(
  group: ThresholdedGroup,
  onLength: number,
  onVariance: number,
  offCount: number,
): ColumnFactors {
  const into = {
    f: new Float64Array(2),
    g: new Float64Array(2),
    fNoise: new Float64Array(2),
    gNoise: new Float64Array(2),
    plain: new Float64Array(2),
    offSums: Float64Array.of(10, 20, 30),
  };
  averageOverLengths(group, onLength, onVariance, offCount, into, 1);
  return into;
}

const added = ({ offSums }: ColumnFactors): number[] => [...offSums].map((x, k) => x - 10 * (k + 1));

/** Two lengths off the support, 3 and 6, with chances 3/4 and 1/4. */
const SPREAD = groupOf({ offLengths: Float64Array.of(3, 6), offWeights: Float64Array.of(0.75, 0.25) });

describe("averageOverLengths", () => {
  it("is, at a fixed weight w^2, w^2 for the columns and w^4 v_0 for columns times noise, whatever their length", () => {
    const group = groupOf({ fixedWeight: 0.5, offSquare: 0.3, offSquareVariance: 0.8 });
    for (const onLength of [0, 2]) {
      const factors = factorsOf(group, onLength, 1.7, 4);
      expect(factors.f[1]).toBe(0.5);
      expect(factors.plain[1]).toBe(0.5);
      expect(factors.fNoise[1]).toBeCloseTo(0.25 * 0.3, 14);
      expect([factors.g[1], factors.gNoise[1]]).toEqual([0, 0]);
      const [noise, square, spread] = added(factors);
      expect(noise).toBeCloseTo(0.5 * 0.3, 13);
      // The mean over 4 coordinates of w^2 y^2: its variance is a quarter of that of one.
      expect(square).toBeCloseTo((0.5 * 0.3) ** 2 + (0.5 ** 2 * 0.8) / 4, 13);
      expect(spread).toBe(0);
    }
  });

  it("has no noise variance at a fixed weight, beyond that of independent entries", () => {
    const group = groupOf({ fixedWeight: 0.5, offSquare: 0.3, offSquareVariance: 0.8 });
    const [noise, square] = added(factorsOf(group, 2, 1.7, 4));
    expect(square! - noise! ** 2 * (1 + ownSpread(group, 4))).toBeCloseTo(0, 13);
  });

  it("is 1/D for columns of one length D, of which the noise has its share", () => {
    const group = groupOf({ offLengths: Float64Array.of(3) });
    const factors = factorsOf(group, 2, 0, 6);
    expect(factors.plain[1]).toBeCloseTo(1 / 5, 14);
    expect(factors.f[1]).toBeCloseTo(1 / 5, 14);
    expect(factors.g[1]).toBeCloseTo(1 / 25, 14);
    // A coordinate off the support has y^2 = 3/6.
    expect(factors.fNoise[1]).toBeCloseTo(0.5 / 25, 14);
    expect(factors.gNoise[1]).toBeCloseTo((2 * 0.5) / 125, 14);
    const [noise, square, spread] = added(factors);
    expect(noise).toBeCloseTo(0.5 / 5, 13);
    expect(square).toBeCloseTo((0.5 / 5) ** 2, 13);
    expect(spread).toBeCloseTo(0, 13);
  });

  it("is the average of 1/D, 1/D^2 and their products over the lengths off the support", () => {
    const factors = factorsOf(SPREAD, 2, 0, 6);
    expect(factors.plain[1]).toBeCloseTo(0.75 / 5 + 0.25 / 8, 14);
    expect(factors.g[1]).toBeCloseTo(0.75 / 25 + 0.25 / 64, 14);
    expect(factors.fNoise[1]).toBeCloseTo((0.75 * 0.5) / 25 + (0.25 * 1) / 64, 14);
    expect(factors.gNoise[1]).toBeCloseTo((0.75 * 2 * 0.5) / 125 + (0.25 * 2 * 1) / 512, 14);
    const [noise, square] = added(factors);
    expect(noise).toBeCloseTo((0.75 * 0.5) / 5 + (0.25 * 1) / 8, 13);
    expect(square).toBeCloseTo(0.75 * (0.5 / 5) ** 2 + 0.25 * (1 / 8) ** 2, 13);
  });

  it("expands 1/D, N/D^2 and (N/D)^2 to second order in the length on the support: its two-point law says so", () => {
    const [mean, sd] = [2, 0.01];
    const average = (h: (d: number, off: number) => number): number =>
      [-sd, sd].reduce((sum, e) => sum + 0.5 * (0.75 * h(mean + e + 3, 3) + 0.25 * h(mean + e + 6, 6)), 0);
    const factors = factorsOf(SPREAD, mean, sd * sd, 6);
    const plain = factorsOf(SPREAD, mean, 0, 6);
    // What the variance adds, to the fourth order of the spread: a relative 1e-4 of it.
    const excess = (h: (d: number, off: number) => number): number =>
      average(h) - 0.75 * h(mean + 3, 3) - 0.25 * h(mean + 6, 6);
    expect((factors.f[1]! - plain.f[1]!) / excess((d) => 1 / d)).toBeCloseTo(1, 3);
    expect((factors.fNoise[1]! - plain.fNoise[1]!) / excess((d, off) => off / (6 * d * d))).toBeCloseTo(1, 3);
    const [noise, square, spread] = added(factors);
    const [noiseWithout, squareWithout] = added(plain);
    expect((noise! - noiseWithout!) / excess((d, off) => off / (6 * d))).toBeCloseTo(1, 3);
    expect((square! - squareWithout!) / excess((d, off) => (off / (6 * d)) ** 2)).toBeCloseTo(1, 3);
    expect(spread).toBeCloseTo(sd * sd * (0.75 / 25 + 0.25 / 64), 13);
  });

  it("has no noise where no coordinate is off the support", () => {
    const factors = factorsOf(groupOf({}), 2, 0.4, 0);
    expect(factors.f[1]).toBeCloseTo(0.5 * (1 + 0.1), 14);
    expect([factors.fNoise[1], factors.gNoise[1]]).toEqual([0, 0]);
    expect(added(factors)).toEqual([0, 0, expect.closeTo(0.1, 12)]);
    const fixed = factorsOf(groupOf({ fixedWeight: 0.5, offSquareVariance: 0.8 }), 2, 0.4, 0);
    expect(added(fixed)).toEqual([0, 0, 0]);
  });

  it("leaves out columns without any length: they have no weight", () => {
    const group = groupOf({ offLengths: Float64Array.of(0, 4), offWeights: Float64Array.of(0.75, 0.25) });
    const factors = factorsOf(group, 0, 0, 2);
    expect(factors.plain[1]).toBeCloseTo(0.25 / 4, 14);
    expect(factors.g[1]).toBeCloseTo(0.25 / 16, 14);
    expect(added(factors)[0]).toBeCloseTo(0.25 * 0.5, 13);
    expect(added(factorsOf(groupOf({}), 0, 0, 2))).toEqual([0, 0, 0]);
  });
});

describe("ownSpread", () => {
  it("is Var(sum y^2) / (E sum y^2)^2 of independent entries", () => {
    const group = groupOf({ offSquare: 0.3, offSquareVariance: 0.8 });
    expect(ownSpread(group, 5)).toBeCloseTo((5 * 0.8) / (5 * 0.3) ** 2, 14);
  });

  it("is 0 where nothing is off the support, or nothing survives there", () => {
    expect(ownSpread(groupOf({ offSquare: 0.3, offSquareVariance: 0.8 }), 0)).toBe(0);
    expect(ownSpread(groupOf({ offSquare: 0, offSquareVariance: 0 }), 5)).toBe(0);
    expect(ownSpread(groupOf({}), 0)).toBe(0);
  });
});
