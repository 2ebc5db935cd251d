import { expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import { dualPoint, dualValue, gapAt, trainingGain } from "../../../src/training/gradient/certificate.js";
import { certified } from "../../../src/training/gradient/certified.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { BALL, ridge } from "./samples.js";

const NONE = { kind: "none" } as const;
const linear = marginLoss("linear");
const one = equalWeights(fromRows([[3, 4]]));
const at = (...beta: number[]) => ({ beta: Float64Array.from(beta), iterations: 7 });

test("a linear loss of one sample without an attack, by hand", () => {
  // The best of the ball is z / 5, with value -5; at (0.6, 0) the value is -1.8 and the gap 5 - 1.8.
  const found = certified(one, linear, null, BALL, at(0.6, 0), 1e-9);
  expect(found).toMatchObject({ iterations: 7, status: "iteration-limit", strength: 5 });
  expect(found.value).toBeCloseTo(-1.8, 15);
  expect(found.gap).toBeCloseTo(3.2, 14);
  expect(certified(one, linear, null, BALL, at(0.6, 0.8), 1e-9).status).toBe("converged");
  // With a ridge: (lambda/2) ||beta - z/lambda||^2 at lambda = 2.
  const penalised = certified(one, linear, null, ridge(2), at(1, 0), 1e-9);
  expect(penalised.value).toBeCloseTo(-3 + 1, 14);
  expect(penalised.gap).toBeCloseTo(0.5 ** 2 + 2 ** 2, 13);
});

test("of a filtered task beta = 0 is the optimum: gap 0 of a gain of 0 is converged", () => {
  const found = certified(one, linear, { norm: 2, radius: 6 }, BALL, at(0, 0), 1e-9);
  expect(found).toMatchObject({ gap: 0, strength: 0, value: 0, status: "converged" });
});

test("without regularisation a dual point with a residual proves nothing, one without proves minus the conjugates", () => {
  const weights = Float64Array.of(0.25, 0.75);
  const alpha = Float64Array.of(1, 0.5);
  const hinge = marginLoss("squared-hinge");
  // l*(-alpha) = alpha^2/4 - alpha: -3/4 and -7/16.
  const conjugates = -0.25 * 0.75 - (0.75 * 7) / 16;
  const none = dualPoint({ norm: 2, radius: 10 }, { mean: Float64Array.of(3, 4), total: 1 });
  expect(none.strength).toBe(0);
  expect(dualValue(none, hinge, weights, alpha, NONE)).toBeCloseTo(-conjugates, 15);
  const some = dualPoint({ norm: 2, radius: 1 }, { mean: Float64Array.of(3, 4), total: 1 });
  expect(some.strength).toBeCloseTo(4, 14);
  expect(dualValue(some, hinge, weights, alpha, NONE)).toBe(-Infinity);
  expect(dualValue(some, hinge, weights, alpha, BALL)).toBeCloseTo(-4 - conjugates, 14);
  expect(dualValue(some, hinge, weights, alpha, ridge(2))).toBeCloseTo(-16 / 4 - conjugates, 14);
  expect(trainingGain(some, hinge, NONE)).toBe(1);
});

test("without regularisation the gap counts classifiers up to twice as long: 2 ||beta|| ||r|| - <r, beta>", () => {
  const ball = { norm: 2, radius: 0 };
  const dual = dualPoint(ball, { mean: Float64Array.of(0.3, 0.4), total: 1 });
  const beta = Float64Array.of(0, 3);
  const point = { beta, scores: Float64Array.of(0), loss: 0 };
  // ||r|| = 1/2 and <r, beta> = 6/5.
  expect(gapAt(point, ball, dual, NONE)).toBeCloseTo(2 * 3 * 0.5 - 1.2, 14);
});
