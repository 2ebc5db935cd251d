import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { directionShares } from "../../src/theory/directionShares.js";

describe("directionShares", () => {
  it("is 1/r each for equal weights, whatever their size", () => {
    expect(directionShares([1, 1, 1])).toEqual([{ count: 3, share: 1 / 3 }]);
    expect(directionShares([5, 5])).toEqual([{ count: 2, share: 0.5 }]);
  });

  it("gives a missing direction nothing", () => {
    expect(directionShares([1, 0, 1])).toEqual([
      { count: 2, share: 0.5 },
      { count: 1, share: 0 },
    ]);
  });

  it("puts equal weights together wherever they are, largest share first", () => {
    const shares = directionShares([0.25, 1, 0, 0.25]);
    expect(shares.map(({ count }) => count)).toEqual([1, 2, 1]);
    expect(shares.reduce((sum, { count, share }) => sum + count * share, 0)).toBeCloseTo(1, 12);
    expect(shares[0]!.share).toBeGreaterThan(shares[1]!.share);
    expect(shares[2]!.share).toBe(0);
    expect(directionShares([0.25, 1])).toEqual(directionShares([1, 0.25]));
  });

  it("does not see the size of unequal weights", () => {
    const unit = directionShares([1, 0.25, 0.01]);
    for (const size of [1e-30, 1e-10, 1e10, 1e30]) {
      directionShares([size, 0.25 * size, 0.01 * size]).forEach(({ share }, k) => {
        expect(Math.abs(share - unit[k]!.share)).toBeLessThan(1e-8);
      });
    }
  });

  it("is sqrt d_i / sum of square roots in two dimensions, where the integral is elementary", () => {
    for (const ratio of [0.9, 0.25, 1e-3, 1e-6]) {
      const [first, second] = directionShares([1, ratio]);
      const root = Math.sqrt(ratio);
      expect(Math.abs(first!.share - 1 / (1 + root))).toBeLessThan(1e-8);
      expect(Math.abs(second!.share - root / (1 + root))).toBeLessThan(1e-8);
    }
  });

  it("agrees with simulation in three", () => {
    const weights = [1, 0.5, 0.1];
    const rng = keyedStream(["directionShares test"]);
    const n = 40_000;
    const sums = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const squares = weights.map((d) => d * rng.normal() ** 2);
      const total = squares[0]! + squares[1]! + squares[2]!;
      squares.forEach((x, k) => {
        sums[k] = sums[k]! + x / total / n;
      });
    }
    // Standard error at most 0.5 / sqrt(n) = 0.0025: five of them fail by chance with probability 6e-7.
    directionShares(weights).forEach(({ share }, k) => {
      expect(Math.abs(share - sums[k]!)).toBeLessThan(0.0125);
    });
  });
});
