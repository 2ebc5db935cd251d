import { type Matrix, rowView, zeros } from "../../numerics/matrix.js";
import { missProbabilities } from "./missProbabilities.js";
import { type LabeledPoints, logitsAt, logPriors, solveSoftmaxRidge } from "./softmaxRidge.js";

/** How well a penalty does on samples that were held out. */
export interface ValidationPoint {
  readonly lambda: number;
  /** The mean cross-entropy of the held-out samples, in nats. */
  readonly loss: number;
  /** The share of them that is named wrongly. */
  readonly error: number;
}

/** Errors are compared here, not weights: fits of the folds end at this gradient norm, for features of size 1 an entry. */
const FOLD_TOLERANCE = 1e-3;

/**
 * The held-out error and loss of every penalty, by stratified K-fold cross-validation: sample number i of its class, in the order given, is in fold i mod K, so every
 * fold has equally many samples of a class to within one, and renaming the classes changes nothing. Each fold descends the penalties from the largest, and starts from the
 * solution before. The samples should be in random order; no random number is drawn.
 *
 * Penalties in descending order, 2 <= K <= the samples of the smallest class. Cost: K fits a penalty.
 */
export function crossValidation(
  data: LabeledPoints,
  penalties: readonly number[],
  folds: number,
): ValidationPoint[] {
  const { points, labels, classes } = data;
  const fold = foldOfEach(labels, classes, folds);
  const losses = new Float64Array(penalties.length);
  const errors = new Float64Array(penalties.length);
  for (let k = 0; k < folds; k++) {
    const training = rowsWhere(data, (i) => fold[i] !== k);
    const held = rowsWhere(data, (i) => fold[i] === k);
    let parameters: Float64Array = logPriors(training);
    penalties.forEach((lambda, l) => {
      parameters = solveSoftmaxRidge(training, lambda, parameters, { tolerance: FOLD_TOLERANCE }).point;
      const logits = logitsAt(parameters, held.points, classes);
      losses[l] = losses[l]! + crossEntropySum(logits, held.labels) / points.rows;
      for (const miss of missProbabilities(logits.data, held.labels, classes)) {
        errors[l] = errors[l]! + miss / points.rows;
      }
    });
  }
  return penalties.map((lambda, l) => ({ lambda, loss: losses[l]!, error: errors[l]! }));
}

function foldOfEach(labels: Uint8Array, classes: number, folds: number): Uint32Array {
  const seen = new Uint32Array(classes);
  return Uint32Array.from(labels, (label) => {
    const rank = seen[label]!;
    seen[label] = rank + 1;
    return rank % folds;
  });
}

function rowsWhere(
  { points, labels, classes }: LabeledPoints,
  chosen: (i: number) => boolean,
): LabeledPoints {
  const rows = Array.from(labels.keys()).filter(chosen);
  const part = zeros(rows.length, points.cols);
  rows.forEach((row, i) => {
    rowView(part, i).set(rowView(points, row));
  });
  return { points: part, labels: Uint8Array.from(rows, (row) => labels[row]!), classes };
}

function crossEntropySum(logits: Matrix, labels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < logits.rows; i++) {
    const row = rowView(logits, i);
    const largest = row.reduce((most, x) => Math.max(most, x), -Infinity);
    let total = 0;
    for (const logit of row) total += Math.exp(logit - largest);
    sum += Math.log(total) + largest - row[labels[i]!]!;
  }
  return sum;
}
