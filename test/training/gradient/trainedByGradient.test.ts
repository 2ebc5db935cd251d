import { expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { rawSamples } from "../../../src/model/rawSamples.js";
import { estimateNorms } from "../../../src/training/estimateNorms.js";
import {
  gradientClassifiers,
  meansAsSamples,
  taskSamples,
} from "../../../src/training/gradient/gradientClassifiers.js";
import { gradientMethod } from "../../../src/training/gradient/gradientMethod.js";
import { pseudoLabeledSamples } from "../../../src/training/gradient/pseudoLabeledSamples.js";
import { trainedByGradient } from "../../../src/training/gradient/trainedByGradient.js";
import { type WeightedSamples, weightedSum } from "../../../src/training/gradient/weightedSamples.js";
import type { Method } from "../../../src/training/method.js";
import { maxDifference } from "../../helpers/matrices.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({
  dimension: 4,
  tasks: 3,
  labeled: 3,
  unlabeled: 4,
  signal: [
    { share: 0.5, norm: 4 },
    { share: 0.5, norm: 1 },
  ],
});
const draw = drawReplication(problem, 6, 0, "auto");
const means = draw.labeledMeans;
const raw = rawSamples(problem, 6, 0, "auto", draw);
const attack = { norm: 2, radius: 0.5 };

const found = (method: Method, samples: typeof raw | null = raw) => [
  ...trainedByGradient(problem, means, method, attack, samples),
];

test("the linear loss trains on the means, its randomness is the replication's own, task by task", () => {
  const descent = { epochs: 3 };
  const inner = { pgd: { steps: 1, starts: 1 } };
  const method = methodOf({ solver: "gradient", attack: { ...attack, inner }, descent });
  const expected = gradientClassifiers(meansAsSamples(means), gradientMethod(method)!, attack, raw.training);
  expect(found(method)).toEqual([...expected]);
  expect(() => found(method, null)).toThrow("samples must be the raw samples");
  expect(() => found(methodOf(), raw)).toThrow("method must be one that trains by gradients");
  // What draws nothing needs no samples.
  expect(found(methodOf({ solver: "gradient" }), null)).toHaveLength(3);
});

test("pseudo-labels know the noise, the labelled samples and each task's own estimated norm", () => {
  const labels = labelsOf({ soft: true, weight: "optimal" });
  const linear = gradientMethod(methodOf({ solver: "gradient" }))!;
  const norms = estimateNorms(means, 1 / 3);
  expect(norms[1]).not.toBeCloseTo(norms[0]!, 3);
  const unlabeled = [...raw.unlabeled()];
  const labeled = [...raw.labeled()];
  const found = [...taskSamples(problem, raw, linear, labels)];
  expect(found).toHaveLength(3);
  found.forEach((own, t) => {
    const known = { sigma: 1, labeled: 3, norm: norms[t]! };
    const classify = (samples: WeightedSamples): Float64Array => weightedSum(samples.points, samples.weights);
    const expected = pseudoLabeledSamples(labeled[t]!, unlabeled[t]!, labels, known, classify);
    expect(maxDifference(own.points, expected.points)).toBe(0);
    own.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected.weights[i]!, 12);
    });
  });
});

test("another loss trains on the samples, with the pseudo-labels that the method has", () => {
  const pseudoLabels = labelsOf({ soft: true });
  for (const labels of [null, pseudoLabels]) {
    const method = methodOf({ loss: "logistic", pseudoLabels: labels, regularization: { ridge: 1 } });
    const gradient = gradientMethod(method)!;
    const own = taskSamples(problem, raw, gradient, labels);
    expect(found(method)).toEqual([...gradientClassifiers(own, gradient, attack, raw.training)]);
  }
});
