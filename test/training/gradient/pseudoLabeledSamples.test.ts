import { describe, expect, test } from "vitest";
import type { UnlabeledSample } from "../../../src/model/unlabeledSample.js";
import { type Matrix, matrix, rowView, zeros } from "../../../src/numerics/matrix.js";
import { multiplyTransposeRight, norm2 } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { pseudoLabeledSamples } from "../../../src/training/gradient/pseudoLabeledSamples.js";
import {
  equalWeights,
  type WeightedSamples,
  weightedSum,
} from "../../../src/training/gradient/weightedSamples.js";
import { semiSupervisedMean } from "../../../src/training/semiSupervisedMean.js";
import { labelsOf } from "../../helpers/problems.js";
import { samplesOf } from "./samples.js";

const P = 9;
const labeled = samplesOf("labeled", 6, P, 2).points;
const signs = keyedStream(["signs"]);
const unlabeled = samplesOf("unlabeled", 40, P, 2).points;
for (let i = 0; i < 40; i++) {
  const row = rowView(unlabeled, i);
  if (signs.uniform() < 0.5) row.set(row.map((x) => -x));
}
const known = { sigma: 1, labeled: 6, norm: 2 };
/** Standard training with the linear loss. */
const linear = ({ points, weights }: WeightedSamples): Float64Array => weightedSum(points, weights);

function asked(x: Matrix): UnlabeledSample {
  return {
    count: x.rows,
    project: (beta) => multiplyTransposeRight(x, matrix(1, P, beta)).data,
    weightedSum: (f) => weightedSum(x, f),
  };
}

describe.each([
  ["hard, pooled", labelsOf()],
  ["thresholded", labelsOf({ threshold: 0.8 })],
  ["soft, optimal weight, three rounds", labelsOf({ soft: true, weight: "optimal", rounds: 3 })],
  [
    "soft, threshold, half the weight, two rounds",
    labelsOf({ soft: true, threshold: 0.2, weight: 0.5, rounds: 2 }),
  ],
  ["pseudo-labels alone", labelsOf({ weight: 1 })],
  ["labels alone", labelsOf({ weight: 0 })],
])("%s", (_, labels) => {
  const samples = pseudoLabeledSamples(labeled, unlabeled, labels, known, linear);

  test("the weighted mean is the semi-supervised mean of the linear loss", () => {
    const mean = linear(samples);
    const expected = semiSupervisedMean(linear(equalWeights(labeled)), asked(unlabeled), labels, known);
    expect(norm2(mean.map((x, j) => x - expected[j]!))).toBeLessThan(1e-12);
  });

  test("weights are positive and sum to 1; every sample is one of the given, up to the sign of its label", () => {
    expect(samples.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
    expect(samples.weights.every((w) => w > 0)).toBe(true);
    const rows = [labeled, unlabeled].flatMap((m) => Array.from({ length: m.rows }, (_, i) => rowView(m, i)));
    for (let i = 0; i < samples.points.rows; i++) {
      const own = rowView(samples.points, i);
      const match = rows.some(
        (row) => row.every((x, j) => x === own[j]) || row.every((x, j) => x === -own[j]!),
      );
      expect(match).toBe(true);
    }
  });
});

test("without unlabelled samples, without labels that count, or with a zero classifier: the labelled samples", () => {
  const own = equalWeights(labeled);
  expect(pseudoLabeledSamples(labeled, zeros(0, P), labelsOf(), known, linear)).toEqual(own);
  expect(pseudoLabeledSamples(labeled, unlabeled, labelsOf({ threshold: 99 }), known, linear)).toEqual(own);
  // Labels are to be expected, and this sample gets none: their half of the weight is not lost.
  const near = { rows: 2, cols: P, data: unlabeled.data.slice(0, 2 * P).map((x) => 1e-3 * x) };
  const half = labelsOf({ threshold: 1, weight: 0.5 });
  expect(pseudoLabeledSamples(labeled, near, half, known, linear)).toEqual(own);
  const zero = (): Float64Array => new Float64Array(P);
  expect(pseudoLabeledSamples(labeled, unlabeled, labelsOf(), known, zero)).toEqual(own);
});

test("each round labels with the classifier of the samples of the round before", () => {
  const seen: number[] = [];
  const watched = (samples: WeightedSamples): Float64Array => {
    seen.push(samples.points.rows);
    return linear(samples);
  };
  pseudoLabeledSamples(labeled, unlabeled, labelsOf({ rounds: 3 }), known, watched);
  expect(seen).toEqual([6, 46, 46]);
});
