import { expect, test } from "vitest";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import { pointInBall } from "../../../src/training/gradient/pointInBall.js";
import { lqNorm } from "../../../src/training/lqNorm.js";

test("draws below a half are plus signs, others minus signs", () => {
  // Every coordinate is the same draw: all of one sign.
  const constant = (u: number): Rng => ({ ...keyedStream(["signs"]), uniform: () => u, normal: () => 0.1 });
  for (const q of [1.5, 2, 3]) {
    const [plus, minus] = [0.25, 0.75].map((u) => pointInBall(constant(u), 3, { norm: q, radius: 2 }));
    for (const j of [0, 1, 2]) {
      expect(plus![j]).toBeGreaterThan(0);
      expect(minus![j]).toBeLessThan(0);
    }
    expect(lqNorm(plus!, q)).toBeLessThan(2);
  }
});

test("q = Infinity: a uniform number a coordinate, and none more", () => {
  const rng = keyedStream(["box"]);
  const own = keyedStream(["box"]);
  pointInBall(rng, 3, { norm: Infinity, radius: 2 }).forEach((v) => {
    expect(v).toBeCloseTo(2 * (2 * own.uniform() - 1), 14);
  });
  expect(rng.uniform()).toBe(own.uniform());
});
