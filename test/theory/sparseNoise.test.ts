import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { sparseMeanAbsolute } from "../../src/theory/sparseNoise.js";

/** The same ratio by drawing the sums: Poisson counts of an excess over k, times a coordinate of a unit vector of R^2. */
function simulated(count: number, k: number): { ratio: number; error: number } {
  const rng = keyedStream(["sparseNoise test", count, k]);
  const n = 20_000;
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = 0;
    let time = -Math.log(1 - rng.uniform());
    while (time < count) {
      time -= Math.log(1 - rng.uniform());
      let z = Math.abs(rng.normal());
      while (z < k) z = Math.abs(rng.normal());
      x += Math.sign(rng.uniform() - 0.5) * (z - k) * Math.cos(2 * Math.PI * rng.uniform());
    }
    values.push(x);
  }
  const first = values.reduce((sum, x) => sum + Math.abs(x) / n, 0);
  const second = values.reduce((sum, x) => sum + (x * x) / n, 0);
  const fourth = values.reduce((sum, x) => sum + x ** 4 / n, 0);
  const relative = Math.sqrt((second / first ** 2 - 1) / n) + 0.5 * Math.sqrt((fourth / second ** 2 - 1) / n);
  return { ratio: first / Math.sqrt(second), error: (relative * first) / Math.sqrt(second) };
}

describe("sparseMeanAbsolute", () => {
  it.each([
    [0.3, 1.5],
    [2, 1],
    [15, 0.5],
  ])("is E|X| / sd(X) of simulated sums, count %d over a threshold of %d", (count, k) => {
    const { ratio, error } = simulated(count, k);
    // The error is a bound on one standard deviation: five fail by chance with probability below 1e-6.
    expect(Math.abs(sparseMeanAbsolute(count, k, 2) - ratio)).toBeLessThan(5 * error);
    expect(error).toBeLessThan(0.03);
  });

  it("tends to the Gaussian sqrt(2/pi) for many terms and to 0 for none, from one side", () => {
    const gaussian = Math.sqrt(2 / Math.PI);
    let before = 0;
    for (const count of [1e-6, 0.01, 0.1, 1, 10, 100, 399]) {
      const here = sparseMeanAbsolute(count, 1, 2);
      expect(here).toBeGreaterThan(before);
      expect(here).toBeLessThan(gaussian);
      before = here;
    }
    // The excess kurtosis 9/count costs a share of 9/(24 count) = 0.001.
    expect(gaussian - before).toBeLessThan(0.0015);
    expect(sparseMeanAbsolute(1e5, 1, 2)).toBe(gaussian);
    expect(sparseMeanAbsolute(0, 1, 2)).toBe(0);
  });
});
