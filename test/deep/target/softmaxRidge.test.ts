import { expect, test } from "vitest";
import {
  type LabeledPoints,
  logitsAt,
  logPriors,
  softmaxRidge,
  solveSoftmaxRidge,
} from "../../../src/deep/target/softmaxRidge.js";
import { matrix } from "../../../src/numerics/matrix.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { clouds } from "./clouds.js";

const problem = (classes: number, key: unknown): LabeledPoints => {
  const cloud = clouds([key], { classes, width: 4, perClass: 6, separation: 2 });
  return { points: matrix(cloud.count, 4, cloud.features), labels: cloud.labels, classes };
};
const randomStart = (key: unknown, size: number, scale: number): Float64Array => {
  const rng = keyedStream(["test softmax start", key]);
  return Float64Array.from({ length: size }, () => scale * rng.normal());
};

test("the value is the mean of -log softmax plus half the penalty, by the definition", () => {
  for (const classes of [2, 3, 5]) {
    const data = problem(classes, "value");
    const at = randomStart(classes, classes * 5, 1);
    let expected = 0;
    for (let i = 0; i < data.points.rows; i++) {
      const powers = Array.from({ length: classes }, (_, c) => {
        let logit = at[classes * 4 + c]!;
        for (let j = 0; j < 4; j++) logit += at[c * 4 + j]! * data.points.data[i * 4 + j]!;
        return Math.exp(logit);
      });
      expected -= Math.log(powers[data.labels[i]!]! / powers.reduce((a, b) => a + b)) / data.points.rows;
    }
    for (let j = 0; j < classes * 4; j++) expected += 0.35 * at[j]! ** 2;
    expect(softmaxRidge(data, 0.7)(at).value).toBeCloseTo(expected, 12);
  }
});

test("the gradient is that of finite differences, and is orthogonal to a shift of all biases", () => {
  for (const classes of [2, 3, 5]) {
    const data = problem(classes, "gradient");
    const objective = softmaxRidge(data, 0.3);
    const at = randomStart(classes, classes * 5, 1.5);
    const { gradient } = objective(at);
    const h = 1e-5;
    at.forEach((x, j) => {
      const moved = (step: number): Float64Array => at.map((y, l) => (l === j ? x + step : y));
      const slope = (objective(moved(h)).value - objective(moved(-h)).value) / (2 * h);
      expect(gradient[j]).toBeCloseTo(slope, 8);
    });
    expect(gradient.slice(classes * 4).reduce((a, b) => a + b)).toBeCloseTo(0, 14);
  }
});

test("logits of hundreds neither overflow nor lose the loss", () => {
  const data = problem(3, "large");
  const { value, gradient } = softmaxRidge(data, 0.1)(randomStart("large", 15, 1e4));
  expect(Number.isFinite(value)).toBe(true);
  expect(gradient.every(Number.isFinite)).toBe(true);
});

test("without a slope in any feature the log class shares are the solution: gradient zero in b", () => {
  const points = matrix(6, 1, Float64Array.of(0, 0, 0, 0, 0, 0));
  const data: LabeledPoints = { points, labels: Uint8Array.of(0, 0, 0, 1, 1, 2), classes: 3 };
  const start = logPriors(data);
  expect(softmaxRidge(data, 1)(start).gradient.every((g) => Math.abs(g) < 1e-15)).toBe(true);
  expect(start[3]! - start[5]!).toBeCloseTo(Math.log(3), 14);
  expect(start[3]! + start[4]! + start[5]!).toBeCloseTo(0, 14);
});

test("the problem is convex: every start leads to one solution", () => {
  for (const classes of [2, 4]) {
    const data = problem(classes, "starts");
    const solutions = [0, 1, 5].map((scale) => {
      const start = randomStart(scale, classes * 5, scale);
      const shift = start.slice(classes * 4).reduce((a, b) => a + b) / classes;
      // Along a shift of all biases the function is flat: it is taken out of the start.
      start.subarray(classes * 4).forEach((b, c) => {
        start[classes * 4 + c] = b - shift;
      });
      const found = solveSoftmaxRidge(data, 0.05, start, { tolerance: 1e-11 });
      expect(found.converged).toBe(true);
      return found.point;
    });
    solutions[0]!.forEach((x, j) => {
      expect(solutions[1]![j]).toBeCloseTo(x, 9);
      expect(solutions[2]![j]).toBeCloseTo(x, 9);
    });
  }
});

test("logits are W x + b, sample by sample", () => {
  const logits = logitsAt(Float64Array.of(1, 2, 3, 4, 10, 20), matrix(2, 2, Float64Array.of(1, 0, 0, 1)), 2);
  expect([...logits.data]).toEqual([11, 23, 12, 24]);
});
