import { expect, test } from "vitest";
import { normalPdf } from "../../../src/numerics/special/normal.js";
import { truncatedNormal } from "../../../src/random/distributions/truncatedNormal.js";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import { handFed } from "../handFed.js";

/**
 * Rejection from the exponential density with rate `rate` beyond `low`, accepted by the ratio of the two densities over its largest value, which a
 * grid search finds: the method's own formulas are not used.
 */
function byRejection(rng: Rng, low: number, rate: number): () => number {
  const ratio = (x: number): number => normalPdf(x) / (rate * Math.exp(-rate * (x - low)));
  let most = 0;
  for (let i = 0; i <= 4000; i++) most = Math.max(most, ratio(low + i / 1000));
  return () => {
    for (;;) {
      const x = low - Math.log(1 - rng.uniform()) / rate;
      if (rng.uniform() <= ratio(x) / most) return x;
    }
  };
}

test("beyond 0.45 it is the rejection from an exponential density with the best rate, number for number", () => {
  for (const low of [0.5, 1, 2.5, 6]) {
    const rate = (low + Math.sqrt(low * low + 4)) / 2;
    const drawn = keyedStream(["tail", low]);
    const other = keyedStream(["tail", low]);
    const oracle = byRejection(other, low, rate);
    for (let i = 0; i < 40; i++) {
      const x = truncatedNormal(drawn, low);
      expect(x).toBeGreaterThanOrEqual(low);
      expect(Math.abs(x - oracle())).toBeLessThan(1e-12 * (1 + low));
    }
    // Both took as many numbers: nothing was accepted that the other rejected.
    expect(drawn.uniform()).toBe(other.uniform());
  }
});

test("up to 0.45, the bound itself included, it is the first normal number of the stream that is greater", () => {
  const rng = handFed([], [-2, 0.45, 0.45, 0.46, 7]);
  expect(truncatedNormal(rng, 0.45)).toBe(0.46);
  expect(rng.left()).toEqual([0, 1]);
  expect(truncatedNormal(handFed([], [-1.5, -1, -0.5]), -1)).toBe(-0.5);
  // Beyond it no normal number is asked for.
  expect(truncatedNormal(handFed([0.5, 0]), 0.46)).toBeGreaterThan(0.46);
});
