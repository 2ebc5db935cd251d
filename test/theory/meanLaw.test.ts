import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../src/numerics/special/gaussHermite.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { chiSquarePoint, meanNodes, normEstimate } from "../../src/theory/meanLaw.js";
import { predict } from "../../src/theory/predict.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

/** Semi-supervised means of one task, drawn sample by sample. */
function draw(p: number, n: number, u: number, norm: number, weight: number | null, count: number) {
  const rng = keyedStream(["meanLaw test", p, n, u, norm, weight]);
  const along: number[] = [];
  const length: number[] = [];
  const x = new Float64Array(p);
  for (let rep = 0; rep < count; rep++) {
    const mean = new Float64Array(p);
    for (let j = 0; j < p; j++) mean[j] = (j === 0 ? norm : 0) + rng.normal() / Math.sqrt(n);
    const h = Math.hypot(...mean);
    const pseudo = new Float64Array(p);
    for (let i = 0; i < u; i++) {
      const y = rng.uniform() < 0.5 ? -1 : 1;
      let s = 0;
      for (let j = 0; j < p; j++) {
        x[j] = (j === 0 ? y * norm : 0) + rng.normal();
        s += (x[j]! * mean[j]!) / h;
      }
      for (let j = 0; j < p; j++) pseudo[j] = pseudo[j]! + (Math.sign(s) * x[j]!) / u;
    }
    const omega = weight === null ? n / (n + u) : 1 - weight;
    let square = 0;
    for (let j = 0; j < p; j++) square += (omega * mean[j]! + (1 - omega) * pseudo[j]!) ** 2;
    along.push((omega * mean[0]! + (1 - omega) * pseudo[0]!) ** 2);
    length.push(square);
  }
  return { along, length };
}

const average = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;

describe("the optimal weight of soft pseudo-labels", () => {
  it("learns no worse than any other weight", () => {
    const problem = problemOf({ dimension: 200, tasks: 100, labeled: 20, unlabeled: 300 });
    const at = (weight: number | "optimal"): number =>
      predict(problem, methodOf({ pseudoLabels: labelsOf({ soft: true, weight }) })).metrics.sinTheta2!;
    const best = at("optimal");
    for (const weight of [0.5, 0.6, 0.7, 0.8, 0.9, 1])
      expect(best, `${weight}`).toBeLessThanOrEqual(1.001 * at(weight));
  });
});

describe("meanNodes", () => {
  it.each([
    [20, 5, 6, 1, null],
    [20, 5, 30, 0.4, 0.7],
    [60, 10, 20, 2, null],
  ] as const)(
    "has the second moments of drawn means: p = %i, n = %i, u = %i, norm %d, weight %s",
    (p, n, u, norm, weight) => {
      const count = 2500;
      const { along, length } = draw(p, n, u, norm, weight, count);
      const problem = problemOf({ dimension: p, labeled: n, unlabeled: u, signal: [{ share: 1, norm }] });
      const labels = labelsOf({ weight: weight ?? "pooled" });
      const { nodes, weights } = gaussHermite(12);
      let expectedAlong = 0;
      let expectedLength = 0;
      nodes.forEach((g, i) => {
        for (const node of meanNodes(problem, labels, norm, g, normEstimate(problem))) {
          expectedAlong += weights[i]! * node.weight * node.along2;
          expectedLength += weights[i]! * node.weight * (node.fixed + node.rest);
        }
      });
      for (const [drawn, expected] of [
        [along, expectedAlong],
        [length, expectedLength],
      ] as const) {
        const mean = average(drawn);
        const error = Math.sqrt(average(drawn.map((x) => (x - mean) ** 2)) / count);
        // Six comparisons at 5.5 standard errors, plus 0.5 % for the three-point chi-square: false alarm below 1e-6.
        expect(Math.abs(mean - expected)).toBeLessThan(5.5 * error + 0.005 * expected);
        expect(error).toBeLessThan(0.03 * mean);
      }
    },
  );

  it("is the labelled mean alone without unlabelled samples", () => {
    const problem = problemOf({ dimension: 40, labeled: 4 });
    const [node] = meanNodes(problem, labelsOf(), 2, 1.5, normEstimate(problem));
    expect(node).toEqual({
      weight: 1,
      along2: 2.75 ** 2,
      fixed: 2.75 ** 2,
      rest: 39 / 4,
      restVariance: expect.closeTo(2 * 39 * (1 / 4) ** 2, 12),
      covariance: 0,
    });
  });
});

describe("chiSquarePoint", () => {
  it("has the quantiles of the tables to 2 %, and is 0 without degrees of freedom", () => {
    // 5 %, 50 % and 95 % of 5 and 50 degrees of freedom.
    for (const [k, z, quantile] of [
      [5, -1.6449, 1.1455],
      [5, 0, 4.3515],
      [5, 1.6449, 11.0705],
      [50, -1.6449, 34.7643],
      [50, 1.6449, 67.5048],
    ] as const)
      expect(Math.abs(chiSquarePoint(k, z) / quantile - 1)).toBeLessThan(0.02);
    for (const k of [0, -1]) for (const z of [-2, 0, 2]) expect(chiSquarePoint(k, z)).toBe(0);
  });

  it("has the mean and variance of the law over normal scores", () => {
    const { nodes, weights } = gaussHermite(12);
    for (const k of [3, 20, 500]) {
      const mean = nodes.reduce((sum, z, i) => sum + weights[i]! * chiSquarePoint(k, z), 0);
      const square = nodes.reduce((sum, z, i) => sum + weights[i]! * chiSquarePoint(k, z) ** 2, 0);
      expect(Math.abs(mean / k - 1)).toBeLessThan(0.002);
      expect(Math.abs((square - mean * mean) / (2 * k) - 1)).toBeLessThan(0.01);
    }
  });
});
