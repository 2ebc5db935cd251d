import { describe, expect, test } from "vitest";
import { addScaled, dot, scaled } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { projectOntoBall } from "../../../src/training/ballProjection.js";
import { pgdAttack } from "../../../src/training/gradient/pgdAttack.js";
import { pointInBall } from "../../../src/training/gradient/pointInBall.js";
import { steepestDirection } from "../../../src/training/gradient/steepestDirection.js";
import { lqNorm } from "../../../src/training/lqNorm.js";

const beta = Float64Array.of(1, -0.7, 0.4);
const stream = () => keyedStream(["pgd steps"]);

describe("pgdAttack from one random start", () => {
  test.each([1, 1.5, 2, 3, Infinity])(
    "q = %d: a step is one against beta, projected; nothing else is drawn",
    (q) => {
      const ball = { norm: q, radius: 0.8 };
      const rng = stream();
      const { perturbation, shift } = pgdAttack(beta, ball, { steps: 1, step: 0.9, starts: 1 }, rng);
      const own = stream();
      const moved = pointInBall(own, 3, ball);
      addScaled(moved, -0.9 * 0.8, steepestDirection(beta, q));
      const euclidean = q === 1 || q === 2 || q === Infinity;
      const expected = euclidean
        ? projectOntoBall(moved, q, 0.8).projection
        : scaled(moved, Math.min(1, 0.8 / lqNorm(moved, q)));
      perturbation.forEach((v, j) => {
        expect(v).toBeCloseTo(expected[j]!, 13);
      });
      expect(shift).toBeCloseTo(dot(beta, expected), 13);
      expect(rng.uniform()).toBe(own.uniform());
    },
  );

  test.each([
    [1, 4],
    [1.5, 8],
    [2, 4],
    [4, 8],
    [Infinity, 4],
  ])("q = %d: the default step is %d radii, shared out among the steps", (q, radii) => {
    const ball = { norm: q, radius: 0.8 };
    for (const steps of [2, 5]) {
      const byDefault = pgdAttack(beta, ball, { steps, starts: 1 }, stream());
      expect(byDefault).toEqual(pgdAttack(beta, ball, { steps, step: radii / steps, starts: 1 }, stream()));
    }
  });
});
