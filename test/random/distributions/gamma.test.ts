import { expect, test } from "vitest";
import { logGamma } from "../../../src/numerics/special/logGamma.js";
import { normalPdf } from "../../../src/numerics/special/normal.js";
import { chiSampler, gammaSampler, studentTSampler } from "../../../src/random/distributions/gamma.js";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import { handFed } from "../handFed.js";

/**
 * A gamma number of shape >= 1 by rejection from the law of x = d (1 + c Z)^3, accepted with the ratio of the gamma density, in the variable z, to
 * the normal one, over its value at z = 0, where it is largest.
 */
function byRejection(rng: Rng, shape: number): () => number {
  const d = shape - 1 / 3;
  const c = 1 / (3 * Math.sqrt(d));
  const constant = logGamma(shape);
  const ratio = (z: number): number => {
    const x = d * (1 + c * z) ** 3;
    const density = Math.exp((shape - 1) * Math.log(x) - x - constant);
    return (density * 3 * c * d * (1 + c * z) ** 2) / normalPdf(z);
  };
  const largest = ratio(0);
  return () => {
    for (;;) {
      const z = rng.normal();
      if (1 + c * z <= 0) continue;
      if (1 - rng.uniform() < ratio(z) / largest) return d * (1 + c * z) ** 3;
    }
  };
}

test.each([1, 1.25, 2, 5, 30])(
  "from shape 1 on it is a rejection from the cube of a shifted normal number, number for number: shape %d",
  (shape) => {
    const drawn = keyedStream(["cube", shape]);
    const other = keyedStream(["cube", shape]);
    const gamma = gammaSampler(drawn);
    const oracle = byRejection(other, shape);
    for (let i = 0; i < 800; i++) {
      const truth = oracle();
      if (!(Math.abs(gamma(shape) - truth) <= 1e-12 * (1 + truth))) expect.unreachable(`draw ${i}`);
    }
    expect(drawn.uniform()).toBe(other.uniform());
  },
);

test("below shape 1 it is the number of one shape more times a power of the next uniform number", () => {
  for (const shape of [0.1, 0.5, 0.99]) {
    const drawn = keyedStream(["boost", shape]);
    const other = keyedStream(["boost", shape]);
    const gamma = gammaSampler(drawn);
    for (let i = 0; i < 50; i++) {
      const above = gammaSampler(other)(shape + 1);
      expect(gamma(shape)).toBe(above * (1 - other.uniform()) ** (1 / shape));
    }
  }
});

test("a normal number that is too small for the cube is thrown away before a uniform number is asked for", () => {
  // Shape 1: c = 1 / sqrt 6, and 1 + c z = 0 at z = -2.449.
  const rng = handFed([0.5], [-2.45, -40, 0]);
  expect(gammaSampler(rng)(1)).toBe(1 - 1 / 3);
  expect(rng.left()).toEqual([0, 0]);
});

test("chi and Student's t are functions of the gamma number of half their degrees of freedom", () => {
  for (const k of [1, 2, 5, 11]) {
    const chi = chiSampler(keyedStream(["half", k]))(k);
    const half = gammaSampler(keyedStream(["half", k]))(k / 2);
    expect(Math.abs(chi / Math.sqrt(2 * half) - 1)).toBeLessThan(1e-15);
    const t = studentTSampler(keyedStream(["half", k]))(k);
    const rng = keyedStream(["half", k]);
    const z = rng.normal();
    expect(Math.abs((t * chiSampler(rng)(k)) / (z * Math.sqrt(k)) - 1)).toBeLessThan(1e-15);
  }
});
