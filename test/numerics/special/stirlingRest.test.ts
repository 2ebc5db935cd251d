import { expect, test } from "vitest";
import { logGamma } from "../../../src/numerics/special/logGamma.js";
import { stirlingRest } from "../../../src/numerics/special/stirlingRest.js";

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

test("the rests of 0! and 1! are 1 - ln(2 pi) / 2 and 2 - (3/2) ln 2 - ln(2 pi) / 2", () => {
  expect(Math.abs(stirlingRest(0) - (1 - HALF_LOG_2PI))).toBeLessThan(2e-14);
  expect(Math.abs(stirlingRest(1) - (2 - 1.5 * Math.LN2 - HALF_LOG_2PI))).toBeLessThan(2e-14);
});

test("two neighbours differ as (k + 1)! and k! do: rest(k) - rest(k + 1) = (k + 3/2) ln((k + 2)/(k + 1)) - 1", () => {
  for (let k = 0; k < 120; k++) {
    // ln(1 + 1/(k+1)) (k + 3/2) - 1 as a series in y = 1/(2k + 3): y^2/3 + y^4/5 + ...: no cancellation.
    const y2 = (2 * k + 3) ** -2;
    let difference = 0;
    for (let j = 60; j >= 1; j--) difference = y2 * (difference + 1 / (2 * j + 1));
    // By the recurrence the rounding of a ratio counts k times, by the series hardly at all.
    const bound = k < 30 ? 4e-15 : 1e-16;
    expect(Math.abs(stirlingRest(k) - stirlingRest(k + 1) - difference)).toBeLessThan(bound);
  }
});

test("it completes the logarithm of the factorial", () => {
  for (const k of [2, 3, 10, 29, 30, 31, 100, 1000]) {
    const x = k + 1;
    const logFactorial = (k + 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingRest(k);
    expect(Math.abs(logFactorial / logGamma(x) - 1)).toBeLessThan(2e-14);
  }
});

test("far out it is 1 / (12 (k + 1))", () => {
  for (const k of [1e6, 1e9]) expect(Math.abs(stirlingRest(k) * 12 * (k + 1) - 1)).toBeLessThan(1e-12);
});
