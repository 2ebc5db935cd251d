import { expect, test } from "vitest";
import { gradientMethod, seesSamples } from "../../../src/training/gradient/gradientMethod.js";
import { methodOf } from "../../helpers/problems.js";

const attack = { norm: 2, radius: 1 };

test("an attack that does not say how it is found is found exactly", () => {
  expect(gradientMethod(methodOf({ solver: "gradient", attack }))).toStrictEqual({
    loss: "linear",
    inner: "exact",
    regularization: { kind: "ball" },
  });
});

test("descent is there when the method asks for it, and no field otherwise", () => {
  const descent = { epochs: 7 };
  expect(gradientMethod(methodOf({ loss: "logistic", descent }))).toStrictEqual({
    loss: "logistic",
    inner: "exact",
    regularization: { kind: "ball" },
    descent,
  });
  expect(Object.keys(gradientMethod(methodOf({ loss: "logistic" }))!)).not.toContain("descent");
});

test("losses other than the linear one see the samples, the linear loss their means, however it is solved", () => {
  expect(seesSamples(methodOf({ loss: "squared-hinge" }))).toBe(true);
  expect(seesSamples(methodOf({ solver: "gradient" }))).toBe(false);
  expect(seesSamples(methodOf())).toBe(false);
});
