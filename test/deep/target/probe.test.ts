import { expect, test } from "vitest";
import { crossValidation } from "../../../src/deep/target/crossValidation.js";
import {
  DEFAULT_PENALTY,
  fitProbe,
  type LabeledFeatures,
  PENALTIES,
  type Probe,
  probeLogits,
} from "../../../src/deep/target/probe.js";
import { softmaxRidge } from "../../../src/deep/target/softmaxRidge.js";
import { standardized } from "../../../src/deep/target/standardized.js";
import { matrix } from "../../../src/numerics/matrix.js";
import { multiply, norm2 } from "../../../src/numerics/products.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { binaryLogistic } from "./binaryLogistic.js";
import { clouds } from "./clouds.js";

/** The largest difference of the class probabilities that two probes give to samples, each to its own features. */
function probabilityGap(a: Probe, ofA: LabeledFeatures, b: Probe, ofB: LabeledFeatures): number {
  const [p, q] = [probabilities(a, ofA), probabilities(b, ofB)];
  return p.reduce((most, x, i) => Math.max(most, Math.abs(x - q[i]!)), 0);
}

function probabilities(probe: Probe, { features, count, classes }: LabeledFeatures): Float64Array {
  const logits = probeLogits(probe, features, count);
  const result = logits.map(Math.exp);
  for (let i = 0; i < count; i++) {
    const row = result.subarray(i * classes, (i + 1) * classes);
    const total = row.reduce((sum, x) => sum + x, 0);
    row.forEach((x, c) => {
      row[c] = x / total;
    });
  }
  return result;
}

const two = (key: unknown, separation: number): LabeledFeatures & { features: Float64Array } =>
  clouds([key], { classes: 2, width: 3, perClass: 20, separation });

test("two classes: the probe is what Newton's method finds in the binary problem, separable or not", () => {
  for (const separation of [0.5, 2, 20]) {
    for (const lambda of [10, 0.1, 1e-3]) {
      const data = two(separation, separation);
      const probe = fitProbe(data, { lambda, tolerance: 1e-11 });
      const { points, mean, scale } = standardized(data.features, data.count, 3);
      const { w, b } = binaryLogistic(points, data.labels, lambda);
      expect(probe.status).toBe("converged");
      const size = Math.max(1, ...w.map(Math.abs));
      let shift = 0;
      w.forEach((x, j) => {
        expect(Math.abs(probe.weights.data[3 + j]! * 2 * scale - x) / size).toBeLessThan(1e-7);
        expect(probe.weights.data[j]! + probe.weights.data[3 + j]!).toBeCloseTo(0, 10);
        shift += (x / scale) * mean[j]!;
      });
      expect(Math.abs(probe.bias[1]! - probe.bias[0]! - (b - shift)) / size).toBeLessThan(1e-7);
    }
  }
});

test("the certificate is the gradient at the solution in standardised features, and a probe cut short says so", () => {
  const data = clouds(["certificate"], { classes: 4, width: 6, perClass: 10, separation: 2 });
  for (const maxIterations of [3, 1000]) {
    const probe = fitProbe(data, { lambda: 0.01, maxIterations });
    const { points, mean, scale } = standardized(data.features, data.count, 6);
    const parameters = new Float64Array(4 * 6 + 4);
    probe.weights.data.forEach((w, j) => {
      parameters[j] = w * scale;
    });
    probe.bias.forEach((b, c) => {
      parameters[24 + c] = b + mean.reduce((sum, m, j) => sum + m * probe.weights.data[c * 6 + j]!, 0);
    });
    const { value, gradient } = softmaxRidge({ points, labels: data.labels, classes: 4 }, 0.01)(parameters);
    expect(probe.objective).toBeCloseTo(value, 12);
    expect(probe.gradientNorm).toBeCloseTo(norm2(gradient), 10);
    expect(probe.status).toBe(maxIterations === 3 ? "not-converged" : "converged");
    expect(probe.gradientNorm <= 1e-8).toBe(maxIterations === 1000);
  }
});

test("a repeated sample weighs double, and a repeated data set changes nothing", () => {
  const data = two("double", 1.5);
  const { count, width, features, labels } = data;
  const whole = { ...data, count: 2 * count, features: [...features, ...features] };
  const twice = fitProbe({ ...whole, labels: Uint8Array.of(...labels, ...labels) }, { lambda: 0.1 });
  const once = fitProbe(data, { lambda: 0.1 });
  expect(probabilityGap(once, data, twice, data)).toBeLessThan(1e-7);

  const more = { ...data, count: count + 1, features: [...features, ...features.slice(0, width)] };
  const heavier = fitProbe({ ...more, labels: Uint8Array.of(...labels, labels[0]!) }, { lambda: 0.1 });
  const { mean, scale } = standardized(more.features, count + 1, width);
  const points = matrix(
    count,
    width,
    features.map((x, i) => (x - mean[i % width]!) / scale),
  );
  const weights = Array.from({ length: count }, (_, i) => (i === 0 ? 2 : 1));
  const { w } = binaryLogistic(points, labels, 0.1, weights);
  w.forEach((x, j) => {
    expect(heavier.weights.data[width + j]! * 2 * scale).toBeCloseTo(x, 6);
  });
  expect(probabilityGap(once, data, heavier, data)).toBeGreaterThan(1e-4);
});

test("names of classes, a rotation, the origin and the unit of the features change nothing, cross-validation included", () => {
  const data = clouds(["laws"], { classes: 3, width: 5, perClass: 8, separation: 2 });
  const plain = fitProbe(data);
  expect(plain.chosenBy).toBe("cross-validation");

  const names = [2, 0, 1];
  const renamed = fitProbe({ ...data, labels: data.labels.map((label) => names[label]!) });
  expect(renamed.lambda).toBe(plain.lambda);
  const [p, q] = [probabilities(plain, data), probabilities(renamed, data)];
  p.forEach((x, at) => {
    expect(q[3 * Math.floor(at / 3) + names[at % 3]!]).toBeCloseTo(x, 7);
  });

  const rotation = haarFrame(keyedStream(["test probe rotation"]), 5, 5);
  const rotated = { ...data, features: multiply(matrix(data.count, 5, data.features), rotation).data };
  expect(probabilityGap(plain, data, fitProbe(rotated), rotated)).toBeLessThan(1e-7);

  for (const unit of [1e-6, 1e6]) {
    const other = { ...data, features: data.features.map((x, i) => unit * (x + 3 * (i % 5))) };
    const probe = fitProbe(other);
    expect(probe.lambda).toBe(plain.lambda);
    expect(probabilityGap(plain, data, probe, other)).toBeLessThan(1e-6);
  }
});

test("more features than samples: the solution is unique all the same, and Newton's", () => {
  const data = clouds(["wide"], { classes: 2, width: 12, perClass: 2, separation: 3 });
  const probe = fitProbe(data, { lambda: 0.1 });
  expect(probe.status).toBe("converged");
  const { points, scale } = standardized(data.features, 4, 12);
  binaryLogistic(points, data.labels, 0.1).w.forEach((x, j) => {
    expect(probe.weights.data[12 + j]! * 2 * scale).toBeCloseTo(x, 6);
  });
});

test("features that do not vary by more than the last bit of 32 give no weights, and the class shares", () => {
  const labels = Uint8Array.from({ length: 11 }, (_, i) => (i < 6 ? 0 : 1));
  for (const value of [0, 3.7, 0.1, -1e8 / 3]) {
    // What little varies would tell the classes apart.
    const features = Float64Array.from({ length: 11 * 4 }, (_, at) => value * (1 + 3e-8 * labels[at >> 2]!));
    const probe = fitProbe({ features, count: 11, width: 4, labels, classes: 2 });
    expect(probe.weights.data.every((w) => w === 0)).toBe(true);
    expect(probe.bias[0]! - probe.bias[1]!).toBeCloseTo(Math.log(1.2), 12);
    expect(probe.status).toBe("converged");
  }
});

test("one sample in a class: nothing can be held out, and the default penalty is used and said", () => {
  const data = clouds(["one"], { classes: 3, width: 4, perClass: 1, separation: 2 });
  expect(fitProbe(data)).toMatchObject({ chosenBy: "default", lambda: DEFAULT_PENALTY, validation: [] });
  expect(fitProbe(data, { lambda: 7 })).toMatchObject({ chosenBy: "given", lambda: 7 });
});

test("the penalty is the one with the smallest held-out error, of equals with the smallest loss", () => {
  let seen = 0;
  for (const separation of [0.3, 1, 2, 6]) {
    const data = clouds(["choice", separation], { classes: 3, width: 20, perClass: 10, separation });
    const { lambda, validation } = fitProbe(data);
    expect(validation.map((point) => point.lambda)).toEqual([...PENALTIES]);
    const error = Math.min(...validation.map((point) => point.error));
    const equals = validation.filter((point) => point.error < error + 1e-9);
    if (equals.length > 1) seen++;
    const loss = Math.min(...equals.map((point) => point.loss));
    expect(lambda).toBe(equals.find((point) => point.loss === loss)!.lambda);
  }
  expect(seen).toBeGreaterThan(0);
});

test("there are no more folds than the smallest class has samples", () => {
  const data = clouds(["folds"], { classes: 2, width: 4, perClass: 9, separation: 1.5 });
  // Two samples of class 1, all of class 0.
  const rows = [...data.labels.keys()].filter((i) => data.labels[i] === 0 || i < 4);
  const features = rows.flatMap((i) => [...data.features.subarray(4 * i, 4 * i + 4)]);
  const labels = Uint8Array.from(rows, (i) => data.labels[i]!);
  const { validation } = fitProbe({ ...data, count: rows.length, features, labels });
  const { points } = standardized(features, rows.length, 4);
  const problem = { points, labels, classes: 2 };
  expect(validation).toEqual(crossValidation(problem, PENALTIES, 2));
  expect(validation).not.toEqual(crossValidation(problem, PENALTIES, 5));
});

test("bad input is named: sizes, labels, classes without a sample, penalties, folds, features that are not finite", () => {
  const data = two("bad", 1);
  expect(() => fitProbe({ ...data, width: 4 })).toThrow(/features must be 40 x 4 numbers, received 120/);
  expect(() => fitProbe({ ...data, count: 39, features: data.features.slice(3) })).toThrow(
    /labels must be 39 numbers/,
  );
  expect(() => fitProbe({ ...data, classes: 3 })).toThrow(/no sample of class 2/);
  expect(() => fitProbe({ ...data, labels: data.labels.map((y) => 2 * y) })).toThrow(/label must be/);
  expect(() => fitProbe(data, { lambda: 0 })).toThrow(/probe.lambda/);
  expect(() => fitProbe(data, { penalties: [1, Number.NaN] })).toThrow(/probe.penalties/);
  expect(() => fitProbe(data, { penalties: [] })).toThrow(/probe.penalties/);
  expect(() => fitProbe(data, { folds: 1 })).toThrow(/probe.folds/);
  expect(() =>
    fitProbe({ ...data, features: data.features.map((x, i) => (i === 5 ? Infinity : x)) }),
  ).toThrow(/features must be finite, received Infinity at index 5/);
  expect(() => probeLogits(fitProbe(data), [1, 2], 1)).toThrow(/1 x 3 numbers/);
});
