import { describe, expect, test } from "vitest";
import { dot, norm2, scaled } from "../../../src/numerics/products.js";
import { normalVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { adversarialRisk, type Objective } from "../../../src/training/gradient/adversarialRisk.js";
import { type InnerMaximum, worstPerturbation } from "../../../src/training/gradient/innerMaximum.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { dualExponent, lqNorm } from "../../../src/training/lqNorm.js";
import { BALL, LOSSES, ridge, samplesOf, unequal } from "./samples.js";

const P = 7;
const samples = unequal(samplesOf("risk", 9, P, 1));
const beta = scaled(normalVector(keyedStream(["risk beta"]), P), 0.4);

/** Central differences of a function, step h: truncation h^2 |f'''| / 6, rounding 1e-16 |f| / h; 1e-5 balances them near 1e-10. */
function differences(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const h = 1e-5;
  return x.map((_, j) => {
    const moved = (by: number): Float64Array => x.map((value, i) => (i === j ? value + by : value));
    return (f(moved(h)) - f(moved(-h))) / (2 * h);
  });
}

const ATTACKS: readonly (readonly [string, Objective["attack"], InnerMaximum])[] = [
  ["no attack", null, "exact"],
  ...[1, 1.5, 2, 3, Infinity].flatMap((q) => [
    [`exact l_${q}`, { norm: q, radius: 0.3 }, "exact"] as const,
    // 8 steps of a quarter of the radius from the input reach the maximum, so that Danskin's theorem applies.
    [`PGD l_${q}`, { norm: q, radius: 0.3 }, { steps: 8, step: 0.25 }] as const,
  ]),
];

describe.each(ATTACKS)("%s", (_, attack, inner) => {
  test("the gradient is that of finite differences to 1e-6, for every loss and regularisation", () => {
    let cases = 0;
    for (const name of LOSSES) {
      for (const regularization of [BALL, ridge(0.7)]) {
        const objective = { loss: marginLoss(name), attack, inner, regularization };
        const { gradient } = adversarialRisk(samples, objective, beta);
        const expected = differences((x) => adversarialRisk(samples, objective, x).value, beta);
        gradient.forEach((slope, j) => {
          expect(Math.abs(slope - expected[j]!)).toBeLessThan(1e-6 * Math.max(1, norm2(gradient)));
        });
        cases++;
      }
    }
    expect(cases).toBe(6);
  });
});

test("the worst perturbation is on the sphere of its ball and lowers the margin by eps times the dual norm", () => {
  for (const q of [1, 1.2, 2, 5, Infinity]) {
    const { perturbation, shift } = worstPerturbation(beta, { norm: q, radius: 0.3 });
    expect(lqNorm(perturbation, q)).toBeCloseTo(0.3, 12);
    expect(dot(beta, perturbation)).toBeCloseTo(shift, 12);
    expect(shift).toBeCloseTo(-0.3 * lqNorm(beta, dualExponent(q)), 12);
  }
});

test("the risk under PGD is at most the exact one, at least the clean one, and grows with eps", () => {
  for (const q of [1, 1.5, 2, 3, Infinity]) {
    for (const name of LOSSES) {
      const value = (radius: number, inner: InnerMaximum): number =>
        adversarialRisk(
          samples,
          { loss: marginLoss(name), attack: { norm: q, radius }, inner, regularization: BALL },
          beta,
          keyedStream(["starts"]),
        ).value;
      const pgd = { steps: 3, starts: 1 };
      for (const radius of [0, 0.1, 0.4]) {
        expect(value(radius, pgd)).toBeLessThanOrEqual(value(radius, "exact") + 1e-12);
        expect(value(radius, pgd)).toBeGreaterThanOrEqual(value(0, "exact") - 1e-12);
        expect(value(radius, "exact")).toBeLessThan(value(radius + 0.1, "exact"));
      }
    }
  }
});

test("random starts are drawn for each sample", () => {
  const objective = {
    loss: marginLoss("linear"),
    attack: { norm: 2, radius: 1 },
    inner: { steps: 1, step: 0.1, starts: 1 },
    regularization: BALL,
  };
  const one = adversarialRisk(samples, objective, beta, keyedStream([1]));
  const single = { ...objective, inner: { ...objective.inner, starts: 0 } };
  // From one common start every sample would lose the same margin.
  const common = adversarialRisk(samples, single, beta);
  expect(one.value).not.toBeCloseTo(common.value, 6);
  const again = adversarialRisk(samples, objective, beta, keyedStream([1]));
  expect(again).toEqual(one);
});

test("the batches of an epoch average to the whole", () => {
  const objective = {
    loss: marginLoss("logistic"),
    attack: { norm: Infinity, radius: 0.2 },
    inner: "exact",
    regularization: ridge(0.5),
  } as const;
  const whole = adversarialRisk(samples, objective, beta);
  const batches = [
    [4, 0, 8],
    [1, 7, 2],
    [3, 5, 6],
  ].map((batch) => adversarialRisk(samples, objective, beta, null, batch));
  const mean = batches.reduce((sum, { value }) => sum + value / 3, 0);
  expect(mean).toBeCloseTo(whole.value, 12);
  whole.gradient.forEach((slope, j) => {
    expect(batches.reduce((sum, { gradient }) => sum + gradient[j]! / 3, 0)).toBeCloseTo(slope, 12);
  });
});
