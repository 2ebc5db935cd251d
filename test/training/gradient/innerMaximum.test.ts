import { expect, test } from "vitest";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { perturbations, worstPerturbation } from "../../../src/training/gradient/innerMaximum.js";
import { pgdAttack } from "../../../src/training/gradient/pgdAttack.js";

const beta = Float64Array.of(1, -2, 0.5);
const ball = { norm: 2, radius: 0.3 };

test("the exact inner maximum is one perturbation for all samples, and draws nothing", () => {
  const found = perturbations(beta, ball, "exact", 3, null);
  expect(found(0)).toEqual(worstPerturbation(beta, ball));
  expect(found(2)).toBe(found(0));
});

test("an attack from the input itself is one for all samples too", () => {
  for (const options of [
    { steps: 2, step: 0.4 },
    { steps: 2, step: 0.4, starts: 0 },
  ]) {
    const found = perturbations(beta, ball, options, 3, null);
    expect(found(0)).toEqual(pgdAttack(beta, ball, options));
    expect(found(0).shift).toBeGreaterThan(worstPerturbation(beta, ball).shift);
    expect(found(2)).toBe(found(0));
  }
});

test("with random starts every sample has its own attack, in order from the stream", () => {
  const options = { steps: 1, step: 0.4, starts: 1 };
  const found = perturbations(beta, ball, options, 3, keyedStream(["inner"]));
  const rng = keyedStream(["inner"]);
  for (const i of [0, 1, 2]) expect(found(i)).toEqual(pgdAttack(beta, ball, options, rng));
  expect(found(1)).not.toEqual(found(0));
});
