import { describe, expect, it } from "vitest";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { herdedSubset, whitened } from "../../src/theory/herding.js";

const points = Array.from({ length: 400 }, (_, i) =>
  Array.from(normalVector(keyedStream(["herding", i]), 3)),
);

/** Four points whose two features have the means 3 and -7, the standard deviations 2 and 5, and the correlation rho. */
function correlated(rho: number): number[][] {
  const [u, v] = [Math.sqrt((1 + rho) / 2), Math.sqrt((1 - rho) / 2)];
  return [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ].map(([a, b]) => [3 + 2 * (u * a! + v * b!), -7 + 5 * (u * a! - v * b!)]);
}

describe("whitened", () => {
  it("has mean 0 and covariance I, constant features left out", () => {
    const z = whitened(points.map(([a, b, c]) => [a!, 5, a! + 0.5 * b!, 1e6 * c!]));
    expect(z[0]).toHaveLength(3);
    for (let a = 0; a < 3; a++) {
      expect(z.reduce((sum, x) => sum + x[a]! / 400, 0)).toBeCloseTo(0, 9);
      for (let b = 0; b < 3; b++) {
        const second = z.reduce((sum, x) => sum + (x[a]! * x[b]!) / 400, 0);
        expect(second).toBeCloseTo(a === b ? 1 : 0, 9);
      }
    }
    expect(whitened([[1], [1]])).toEqual([[], []]);
  });

  it("has the components of the correlation matrix: sum and difference of two features in their own units", () => {
    const z = whitened(correlated(0.6));
    expect(z.map((x) => x.map(Math.abs))).toEqual(
      new Array(4).fill([expect.closeTo(1, 12), expect.closeTo(1, 12)]),
    );
    // The first component is the sum, whose sign is free.
    expect([z[0]![0]! * z[1]![0]!, z[0]![1]! * z[1]![1]!].map(Math.round)).toEqual([1, -1]);
  });

  it("keeps components with more than 1/400 of the first one's variance: (1 - rho) / (1 + rho)", () => {
    expect(whitened(correlated(0.994))[0]).toHaveLength(2);
    expect(whitened(correlated(0.997))[0]).toHaveLength(1);
  });

  it("takes what varies by less than 1e-9 of its mean, or by less than 1e-12, for a rounding error", () => {
    const count = 50;
    const sign = (i: number): number => (i % 2 === 0 ? 1 : -1);
    const widths = (mean: number, sd: number): number =>
      whitened(Array.from({ length: count }, (_, i) => [mean + sd * sign(i), i]))[0]!.length;
    expect(widths(1e6, 1e-2)).toBe(2);
    expect(widths(1e6, 1e-4)).toBe(1);
    expect(widths(0, 1e-11)).toBe(2);
    expect(widths(0, 1e-13)).toBe(1);
  });
});

describe("herdedSubset", () => {
  it("chooses points, each once, whose first and second moments are closer than those of a random choice", () => {
    const z = whitened(points);
    const gap = (chosen: readonly number[]): number => {
      let sum = 0;
      for (let a = 0; a < 3; a++) {
        sum += (chosen.reduce((s, i) => s + z[i]![a]!, 0) / chosen.length) ** 2;
        for (let b = 0; b <= a; b++) {
          const second = chosen.reduce((s, i) => s + z[i]![a]! * z[i]![b]!, 0) / chosen.length;
          sum += (second - (a === b ? 1 : 0)) ** 2;
        }
      }
      return sum;
    };
    const chosen = herdedSubset(z, 20);
    expect(new Set(chosen).size).toBe(20);
    // A random choice: (3 + 3 * 2 + 3 * 1) / 20 = 0.6 on average.
    expect(gap(chosen)).toBeLessThan(0.05);
  });

  it("is greedy: each next point brings the sums of the x_a and of the x_a x_b / 2 closest to those of all points", () => {
    const cloud = points.slice(0, 30);
    const lift = ([a, b, c]: readonly number[]): number[] => [
      a!,
      b!,
      c!,
      ...[a! * a!, b! * b!, c! * c!, a! * b!, a! * c!, b! * c!].map((x) => x / 2),
    ];
    const target = lift([0, 0, 0]).map((_, k) => cloud.reduce((sum, x) => sum + lift(x)[k]! / 30, 0));
    const order: number[] = [];
    while (order.length < 30) {
      const distance = (i: number): number =>
        target.reduce((sum, mean, k) => {
          const chosen = [...order, i].reduce((s, j) => s + lift(cloud[j]!)[k]!, 0);
          return sum + (chosen - (order.length + 1) * mean) ** 2;
        }, 0);
      const free = cloud.map((_, i) => i).filter((i) => !order.includes(i));
      order.push(free.reduce((best, i) => (distance(i) < distance(best) ? i : best)));
    }
    expect(herdedSubset(cloud, 30)).toEqual(order);
    expect(herdedSubset(cloud, 7)).toEqual(order.slice(0, 7));
  });

  it("takes the first of two that are as good, every point once, and no more than there are", () => {
    expect(herdedSubset([[-1], [1]], 2)).toEqual([0, 1]);
    expect(herdedSubset([[0], [-3], [0], [3]], 9).sort()).toEqual([0, 1, 2, 3]);
  });
});
