import { expect, test } from "vitest";
import { crossValidation } from "../../../src/deep/target/crossValidation.js";
import { missProbabilities } from "../../../src/deep/target/missProbabilities.js";
import {
  type LabeledPoints,
  logitsAt,
  logPriors,
  solveSoftmaxRidge,
} from "../../../src/deep/target/softmaxRidge.js";
import { fromRows, matrix, rowView } from "../../../src/numerics/matrix.js";
import { clouds } from "./clouds.js";

const problem = (perClass: number): LabeledPoints => {
  const cloud = clouds(["cv", perClass], { classes: 3, width: 4, perClass, separation: 2 });
  return { points: matrix(cloud.count, 4, cloud.features), labels: cloud.labels, classes: 3 };
};

test("it is what refitting on all but every fold finds, where sample number i of its class is in fold i mod K", () => {
  for (const [perClass, folds] of [
    [6, 3],
    [7, 5],
    [2, 2],
  ] as const) {
    const data = problem(perClass);
    const penalties = [10, 0.5, 0.05];
    const found = crossValidation(data, penalties, folds);
    penalties.forEach((lambda, l) => {
      let loss = 0;
      let error = 0;
      for (let k = 0; k < folds; k++) {
        // The clouds' classes come in turn: sample i is number floor(i / 3) of its class.
        const held = [...data.labels.keys()].filter((i) => Math.floor(i / 3) % folds === k);
        const part = (rows: number[]): LabeledPoints => ({
          points: fromRows(rows.map((i) => rowView(data.points, i))),
          labels: Uint8Array.from(rows, (i) => data.labels[i]!),
          classes: 3,
        });
        const training = part([...data.labels.keys()].filter((i) => !held.includes(i)));
        const test = part(held);
        const fit = solveSoftmaxRidge(training, lambda, logPriors(training), { tolerance: 1e-10 });
        const logits = logitsAt(fit.point, test.points, 3);
        for (const miss of missProbabilities(logits.data, test.labels, 3)) error += miss / data.labels.length;
        held.forEach((_, i) => {
          const row = [...rowView(logits, i)];
          const powers = row.map(Math.exp);
          loss -= Math.log(powers[test.labels[i]!]! / powers.reduce((a, b) => a + b)) / data.labels.length;
        });
      }
      expect(found[l]!.lambda).toBe(lambda);
      // The folds end at a gradient norm of 1e-3, which for these penalties changes the loss in the third digit.
      expect(Math.abs(found[l]!.loss - loss)).toBeLessThan(5e-3);
      expect(found[l]!.error).toBeCloseTo(error, 12);
    });
  }
});

test("samples that follow each other with one label are spread over the folds", () => {
  const { points, labels } = problem(4);
  const order = [...labels.keys()].sort((a, b) => labels[a]! - labels[b]! || a - b);
  const sorted: LabeledPoints = {
    points: fromRows(order.map((i) => rowView(points, i))),
    labels: Uint8Array.from(order, (i) => labels[i]!),
    classes: 3,
  };
  const [a] = crossValidation(sorted, [0.1], 4);
  const [b] = crossValidation({ points, labels, classes: 3 }, [0.1], 4);
  expect(a!.error).toBe(b!.error);
  expect(a!.loss).toBeCloseTo(b!.loss, 3);
});
