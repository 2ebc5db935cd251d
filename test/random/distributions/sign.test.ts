import { expect, test } from "vitest";
import { signSampler } from "../../../src/random/distributions/sign.js";
import { handFed } from "../handFed.js";

test("one uniform number gives 32 signs, the bits of its leading half from the lowest up", () => {
  // 0b1000...0110 / 2^32, and what is below 2^-32 is not read.
  const rng = handFed([(2 ** 31 + 6 + 0.75) / 2 ** 32, 1 / 2 ** 32]);
  const sign = signSampler(rng);
  const first = Array.from({ length: 32 }, sign);
  expect(first).toEqual([-1, 1, 1, ...Array.from({ length: 28 }, () => -1), 1]);
  expect(rng.left()).toEqual([1, 0]);
  const second = Array.from({ length: 32 }, sign);
  expect(second).toEqual([1, ...Array.from({ length: 31 }, () => -1)]);
  expect(rng.left()).toEqual([0, 0]);
  expect(sign).toThrow(/one more/);
});
