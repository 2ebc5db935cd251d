import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { rawSamples } from "../../../src/model/rawSamples.js";
import { fromRows, matrix, rowView } from "../../../src/numerics/matrix.js";
import { dot, norm2, scaled } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { closedForm } from "../../../src/training/closedForm.js";
import { estimateNorms } from "../../../src/training/estimateNorms.js";
import {
  gradientClassifiers,
  meansAsSamples,
  taskSamples,
} from "../../../src/training/gradient/gradientClassifiers.js";
import { type GradientMethod, gradientMethod } from "../../../src/training/gradient/gradientMethod.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { pseudoLabeledSamples } from "../../../src/training/gradient/pseudoLabeledSamples.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { trainedByGradient } from "../../../src/training/gradient/trainedByGradient.js";
import { equalWeights, type WeightedSamples } from "../../../src/training/gradient/weightedSamples.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";
import { BALL, ridge, samplesOf } from "./samples.js";

const problem = problemOf({
  dimension: 8,
  tasks: 4,
  labeled: 9,
  unlabeled: 12,
  signal: [{ share: 1, norm: 2 }],
});
const draw = drawReplication(problem, 2, 0, "auto");
const raw = rawSamples(problem, 2, 0, "auto", draw);
const stream = (task: number) => keyedStream(["classifiers", task]);
const exact = (loss: GradientMethod["loss"], regularization = BALL): GradientMethod => ({
  loss,
  inner: "exact",
  regularization,
});

test("what a method says is what is trained; without gradient fields nothing is", () => {
  expect(gradientMethod(methodOf())).toBe(null);
  expect(gradientMethod(methodOf({ solver: "gradient" }))).toEqual(exact("linear"));
  const inner = { pgd: { steps: 3 } };
  const attack = { norm: 2, radius: 1, inner };
  expect(gradientMethod(methodOf({ loss: "logistic", attack, regularization: { ridge: 2 } }))).toEqual({
    loss: "logistic",
    inner: { steps: 3 },
    regularization: ridge(2),
  });
});

describe.each([BALL, ridge(0.3)])("$kind", (regularization) => {
  test("linear loss on means: direction and value of the closed form, filtered ones too", () => {
    for (const radius of [0, 0.5, 1.2, 2]) {
      const attack = { norm: Infinity, radius };
      const found = [
        ...gradientClassifiers(
          meansAsSamples(draw.labeledMeans),
          exact("linear", regularization),
          attack,
          stream,
        ),
      ];
      found.forEach(({ direction, value }, t) => {
        const expected = closedForm(rowView(draw.labeledMeans, t), attack);
        expect(norm2(direction.map((x, j) => x - expected.direction[j]!))).toBeLessThan(1e-6);
        expect(value).toBeCloseTo(expected.value, 9);
      });
      expect(found).toHaveLength(4);
    }
  });

  test("other losses: a unit vector along the certified solution of each task, in order", () => {
    const attack = { norm: 2, radius: 0.4 };
    const method = exact("logistic", regularization);
    const found = [...gradientClassifiers(taskSamples(problem, raw, method, null), method, attack, stream)];
    [...raw.labeled()].forEach((labeled, t) => {
      const { beta, strength } = solveTask(
        equalWeights(labeled),
        marginLoss("logistic"),
        attack,
        regularization,
      );
      expect(found[t]!.direction).toEqual(scaled(beta, 1 / norm2(beta)));
      expect(found[t]!.value).toBe(strength);
      expect(norm2(found[t]!.direction)).toBeCloseTo(1, 14);
    });
    expect(found).toHaveLength(4);
  });
});

test("pseudo-labels add the task's own unlabelled samples, labelled by the method's own loss", () => {
  const method = exact("logistic", ridge(1));
  const labels = labelsOf({ threshold: 0.5 });
  const all = [...taskSamples(problem, raw, method, labels)];
  const unlabeled = [...raw.unlabeled()];
  all.forEach(({ points, weights }, t) => {
    expect(points.rows).toBeGreaterThan(9);
    expect(points.rows).toBeLessThanOrEqual(21);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
    const { beta } = solveTask(equalWeights([...raw.labeled()][t]!), marginLoss("logistic"), null, ridge(1));
    const scores = Array.from({ length: 12 }, (_, i) => dot(beta, rowView(unlabeled[t]!, i)) / norm2(beta));
    expect(points.rows - 9).toBe(scores.filter((s) => Math.abs(s) > 0.5).length);
    for (let i = 9; i < points.rows; i++) expect(dot(beta, rowView(points, i))).toBeGreaterThan(0);
  });
  expect([...taskSamples({ ...problem, unlabeled: 0 }, raw, method, labels)]).toHaveLength(4);
});

test("soft labels and the best weight use each task's own estimated norm", () => {
  const mixed = problemOf({
    dimension: 8,
    tasks: 6,
    labeled: 9,
    unlabeled: 12,
    signal: [
      { share: 0.5, norm: 4 },
      { share: 0.5, norm: 1 },
    ],
  });
  const drawn = drawReplication(mixed, 2, 0, "auto");
  const samples = rawSamples(mixed, 2, 0, "auto", drawn);
  const labels = labelsOf({ soft: true, weight: "optimal" });
  const norms = estimateNorms(drawn.labeledMeans, 1 / 9);
  expect(Math.max(...norms) / Math.min(...norms)).toBeGreaterThan(1.5);
  const found = [...taskSamples(mixed, samples, exact("logistic"), labels)];
  const unlabeled = [...samples.unlabeled()];
  const classify = (own: WeightedSamples): Float64Array =>
    solveTask(own, marginLoss("logistic"), null, BALL).beta;
  [...samples.labeled()].forEach((labeled, t) => {
    const known = { sigma: 1, labeled: 9, norm: norms[t]! };
    const { points, weights } = pseudoLabeledSamples(labeled, unlabeled[t]!, labels, known, classify);
    expect(found[t]!.points).toEqual(points);
    weights.forEach((w, i) => {
      expect(found[t]!.weights[i]).toBeCloseTo(w, 9);
    });
  });
});

test("under PGD a filtered task stays filtered, others end near the exact classifier", () => {
  const samples = [samplesOf("strong", 12, 6, 3), samplesOf("weak", 12, 6, 0.01)];
  const attack = { norm: 2, radius: 1.2 };
  const pgd = { ...exact("logistic"), inner: { steps: 10, starts: 1 } };
  const [strong, weak] = [...gradientClassifiers(samples, pgd, attack, stream)];
  const [best] = [...gradientClassifiers(samples, exact("logistic"), attack, stream)];
  expect(norm2(weak!.direction)).toBe(0);
  expect(dot(strong!.direction, best!.direction)).toBeGreaterThan(0.999);
  expect(strong!.direction).not.toEqual(best!.direction);
});

test("a task that cannot be solved is an error that says how far it got, never a classifier", () => {
  // Samples along axes of very different scales, hardly regularised: the condition number is 1e16.
  const hard = equalWeights(
    fromRows([
      [1e8, 1],
      [-0.9e8, 1],
      [1, 0.1],
    ]),
  );
  const method = exact("squared-hinge", ridge(1e-9));
  expect(() => [...gradientClassifiers([hard], method, null, stream)]).toThrow("duality gap");
});

test("a loss on samples without samples is refused", () => {
  const method = methodOf({ name: "mine", loss: "logistic" });
  expect(() => [...trainedByGradient(problem, draw.labeledMeans, method, null, null)]).toThrow(
    'samples must be the raw samples that "mine" trains on',
  );
  const one = matrix(1, 8, rowView(draw.labeledMeans, 0));
  expect(() => trainedByGradient(problem, one, methodOf(), null, raw)).toThrow("method must be");
});
