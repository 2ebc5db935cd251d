import { describe, expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import { fromRows, type Matrix, matrix, rowView, zeros } from "../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../src/numerics/principalAngles.js";
import {
  dot,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
} from "../../src/numerics/products.js";
import { topLeftSubspace } from "../../src/numerics/topSubspace.js";
import { haarFrame } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { oracleWeight } from "../../src/training/columnWeights.js";
import { estimateNorms } from "../../src/training/estimateNorms.js";
import { jointSubspace } from "../../src/training/joint/jointSubspace.js";
import type { Method } from "../../src/training/method.js";
import { semiSupervisedMean } from "../../src/training/semiSupervisedMean.js";
import { sourceMeans } from "../../src/training/sourceMeans.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

const problem = problemOf({
  dimension: 25,
  tasks: 14,
  signal: [
    { share: 0.5, norm: 3 },
    { share: 0.5, norm: 1 },
  ],
  labeled: 30,
});
const draw = drawReplication(problem, 3, 0, "auto");
const train = (changes: Partial<Method> = {}, means: Matrix = draw.labeledMeans) =>
  trainRepresentation(problem, means, draw.norms, methodOf(changes));
const lengths = Array.from({ length: 14 }, (_, t) => norm2(rowView(draw.labeledMeans, t)));

/** The top left singular vectors of [w_1 muhat_1 ... w_T muhat_T], a p x T matrix built column by column. */
function expectedBasis(weights: readonly number[], means: Matrix = draw.labeledMeans): Matrix {
  const stack = zeros(means.cols, means.rows);
  for (let t = 0; t < means.rows; t++)
    for (let j = 0; j < means.cols; j++) stack.data[j * means.rows + t] = weights[t]! * rowView(means, t)[j]!;
  return topLeftSubspace(stack, 2).basis;
}

describe("trainRepresentation", () => {
  test.each([
    ["normalized", lengths.map((h) => 1 / h)],
    ["raw", lengths.map(() => 1)],
    ["oracle-weights", [...draw.norms].map((norm) => oracleWeight(problem, null, norm))],
  ] as const)(
    "%s: the span of the top left singular vectors of the weighted means, orthonormal",
    (aggregation, weights) => {
      const { basis, survivingTasks } = train({ aggregation });
      expect(survivingTasks).toBe(14);
      expect(sinThetaSquared(expectedBasis([...weights]), basis)).toBeLessThan(1e-18);
      multiplyTransposeLeft(basis, basis).data.forEach((x, i) => {
        expect(Math.abs(x - (i % 3 === 0 ? 1 : 0))).toBeLessThan(1e-14);
      });
    },
  );

  test("the three aggregations differ", () => {
    const [a, b, c] = (["normalized", "raw", "oracle-weights"] as const).map(
      (aggregation) => train({ aggregation }).basis,
    );
    expect(sinThetaSquared(a!, b!)).toBeGreaterThan(1e-6);
    expect(sinThetaSquared(a!, c!)).toBeGreaterThan(1e-6);
    expect(sinThetaSquared(b!, c!)).toBeGreaterThan(1e-8);
  });

  test("an attack of radius 0 is standard training bit for bit, for every q", () => {
    for (const norm of [1, 1.5, 2, 3, Infinity]) {
      for (const aggregation of ["normalized", "raw", "oracle-weights"] as const) {
        expect(train({ aggregation, attack: { norm, radius: 0 } })).toEqual(train({ aggregation }));
      }
    }
  });

  test("N1: an l2 attack below every ||muhat_t|| gives the identical W1, bit for bit", () => {
    const attack = { norm: 2, radius: Math.min(...lengths) * (1 - 1e-12) };
    expect(train({ attack })).toEqual(train());
    expect(train({ attack: { ...attack, radius: Math.min(...lengths) } }).survivingTasks).toBe(13);
  });

  test("an l2 attack between the groups trains on the strong tasks alone", () => {
    const radius = (Math.min(...lengths.slice(0, 7)) + Math.max(...lengths.slice(7))) / 2;
    const { basis, survivingTasks } = train({ attack: { norm: 2, radius } });
    expect(survivingTasks).toBe(7);
    const weights = lengths.map((h, t) => (t < 7 ? 1 / h : 0));
    expect(sinThetaSquared(expectedBasis(weights), basis)).toBeLessThan(1e-18);
    // Raw residuals are shorter by the radius.
    const raw = train({ attack: { norm: 2, radius }, aggregation: "raw" }).basis;
    expect(
      sinThetaSquared(expectedBasis(lengths.map((h, t) => (t < 7 ? 1 - radius / h : 0))), raw),
    ).toBeLessThan(1e-18);
  });

  test("N4: an attack beyond every mean filters all, whatever its norm; no direction is invented", () => {
    for (const norm of [1, 2, 3, Infinity]) {
      const { basis, survivingTasks } = train({ attack: { norm, radius: 1e3 } });
      expect([basis.rows, basis.cols, survivingTasks]).toEqual([25, 0, 0]);
    }
  });

  test("fewer survivors than r give as many columns as there are", () => {
    const sorted = lengths.toSorted((a, b) => b - a);
    const one = train({ attack: { norm: 2, radius: (sorted[0]! + sorted[1]!) / 2 } });
    expect([one.basis.cols, one.survivingTasks]).toEqual([1, 1]);
    const survivor = rowView(draw.labeledMeans, lengths.indexOf(sorted[0]!));
    expect(Math.abs(dot(survivor, one.basis.data)) / sorted[0]!).toBeCloseTo(1, 13);
    // Many tasks in one direction are one direction.
    const flat = fromRows([1, 2, -3].map((c) => Array.from({ length: 25 }, (_, j) => c * Math.sin(j + 1))));
    expect(trainRepresentation(problem, flat, Float64Array.of(1, 1, 1), methodOf()).basis.cols).toBe(1);
  });

  test("tasks without signal have oracle weight 0 and drop out", () => {
    const norms = draw.norms.map((norm) => (norm === 1 ? 0 : norm));
    const method = methodOf({ aggregation: "oracle-weights" });
    expect(trainRepresentation(problem, draw.labeledMeans, norms, method).survivingTasks).toBe(7);
  });

  test("joint: W1 and the heads together, which is another representation than any weighing of columns", () => {
    const joint = train({ aggregation: "joint" });
    const direct = jointSubspace(draw.labeledMeans, 2, 0);
    expect(joint).toEqual({ basis: direct.basis, survivingTasks: 14 });
    for (const aggregation of ["normalized", "raw"] as const) {
      expect(sinThetaSquared(train({ aggregation }).basis, joint.basis)).toBeGreaterThan(1e-5);
    }
    // Under an l2 attack a task survives when its mean within the representation is longer than the radius.
    const radius = 1.15;
    const attacked = train({ aggregation: "joint", attack: { norm: 2, radius } });
    expect(attacked.survivingTasks).toBe(jointSubspace(draw.labeledMeans, 2, radius).activeTasks);
    expect(attacked.survivingTasks).toBeLessThan(lengths.filter((h) => h > radius).length);
    const heads = multiply(draw.labeledMeans, attacked.basis);
    const long = lengths.filter((_, t) => norm2(rowView(heads, t)) > radius);
    expect(attacked.survivingTasks).toBe(long.length);
    expect(() => train({ aggregation: "joint", attack: { norm: 1, radius: 0.1 } })).toThrow(
      "attack.norm must be greater than 1",
    );
    expect(train({ aggregation: "joint", attack: { norm: Infinity, radius: 0 } })).toEqual(joint);
  });

  test("rotating the means rotates W1, for every pipeline with q = 2 (and not with q = infinity)", () => {
    const rotation = haarFrame(keyedStream(["rotation"]), 25, 25);
    const rotated = multiplyTransposeRight(draw.labeledMeans, rotation);
    for (const aggregation of ["normalized", "raw", "oracle-weights", "joint"] as const) {
      for (const attack of [null, { norm: 2, radius: 2 }]) {
        const turned = multiply(rotation, train({ aggregation, attack }).basis);
        expect(sinThetaSquared(turned, train({ aggregation, attack }, rotated).basis)).toBeLessThan(1e-18);
      }
    }
    const attack = { norm: Infinity, radius: 0.2 };
    const turned = multiply(rotation, train({ attack }).basis);
    expect(sinThetaSquared(turned, train({ attack }, rotated).basis)).toBeGreaterThan(1e-3);
  });

  test("without noise W1 is range(B) exactly, with and without pseudo-labels", () => {
    const quiet = problemOf({ noise: { sd: 1e-9 }, unlabeled: 7, labeled: 3 });
    const truth = drawReplication(quiet, 1, 0, "auto");
    for (const pseudoLabels of [null, labelsOf({ rounds: 2 }), labelsOf({ soft: true, weight: "optimal" })]) {
      for (const aggregation of ["normalized", "raw", "oracle-weights", "joint"] as const) {
        const method = methodOf({ pseudoLabels, aggregation });
        const means = sourceMeans(quiet, truth, pseudoLabels);
        const { basis } = trainRepresentation(quiet, means, truth.norms, method);
        expect(sinThetaSquared(truth.subspace, basis)).toBeLessThan(1e-15);
      }
    }
  });

  test("NaN in a mean is an error, never a filtered task", () => {
    const means = matrix(2, 2, Float64Array.of(1, 0, Number.NaN, 1));
    expect(() =>
      trainRepresentation(problemOf({ dimension: 2, tasks: 2 }), means, Float64Array.of(1, 1), methodOf()),
    ).toThrow("finite");
  });
});

describe("sourceMeans", () => {
  const labels = labelsOf({ soft: true, weight: "optimal" });
  const fed = problemOf({ tasks: 4, unlabeled: 30, noise: { sd: 2 } });
  const drawn = drawReplication(fed, 5, 0, "auto");

  test("without pseudo-labels or unlabelled samples they are the labelled means", () => {
    expect(sourceMeans(fed, drawn, null)).toBe(drawn.labeledMeans);
    expect(sourceMeans({ ...fed, unlabeled: 0 }, drawn, labels)).toBe(drawn.labeledMeans);
  });

  test("each task has the semi-supervised mean of its own samples, noise level and estimated norm", () => {
    const means = sourceMeans(fed, drawn, labels);
    const norms = estimateNorms(drawn.labeledMeans, 4 / 10);
    [...drawn.unlabeled()].forEach((sample, t) => {
      const task = { sigma: 2, labeled: 10, norm: norms[t]! };
      expect(rowView(means, t)).toEqual(
        semiSupervisedMean(rowView(drawn.labeledMeans, t), sample, labels, task),
      );
    });
  });

  test("asking twice, or for other labels in between, changes nothing", () => {
    const first = sourceMeans(fed, drawn, labels);
    sourceMeans(fed, drawn, labelsOf({ rounds: 3 }));
    expect(sourceMeans(fed, drawn, labels)).toEqual(first);
  });
});
