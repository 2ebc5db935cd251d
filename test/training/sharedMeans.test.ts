import { expect, test } from "vitest";
import { matrix } from "../../src/numerics/matrix.js";
import { sharedMeans } from "../../src/training/sharedMeans.js";
import { labelsOf } from "../helpers/problems.js";

test("means are made once for equal labels, and again for others", () => {
  let made = 0;
  const meansFor = sharedMeans(() => matrix(1, 1, Float64Array.of(++made)));
  const none = meansFor(null);
  expect(meansFor(null)).toBe(none);
  const pooled = meansFor(labelsOf());
  expect(pooled).not.toBe(none);
  expect(meansFor(labelsOf())).toBe(pooled);
  expect(meansFor(labelsOf({ rounds: 2 }))).not.toBe(pooled);
  expect(made).toBe(3);
});
