import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/model/problem.js";
import { oracleWeight } from "../../src/training/columnWeights.js";
import type { PseudoLabels } from "../../src/training/method.js";
import { trainingMeanLaw } from "../../src/training/problemLaw.js";
import { labelsOf, problemOf } from "../helpers/problems.js";

const NORMS = [1, 3];
const problem = problemOf({ dimension: 100, rank: 2, labeled: 25, unlabeled: 60 });

/** cos^2 of theory 5.1 for two equal groups with columns scaled by w, at c = T/p, by bisection of F. */
function overlap(w: readonly number[], labels: PseudoLabels | null, of: Problem, c: number): number {
  const groups = NORMS.map((norm, i) => {
    const { signalFactor, noiseVariance } = trainingMeanLaw(of, labels, norm);
    const w2 = w[i]! ** 2;
    return { lambda: (w2 * (signalFactor * norm) ** 2) / of.rank, v: w2 * noiseVariance };
  });
  const average = (f: (g: { lambda: number; v: number }) => number): number =>
    groups.reduce((sum, g) => sum + (c / 2) * f(g), 0);
  let low = Math.max(...groups.map((g) => g.v));
  let high = low + average((g) => g.lambda) + 1;
  for (let i = 0; i < 200; i++) {
    const x = (low + high) / 2;
    if (1 - average((g) => g.lambda / (x - g.v)) > 0) high = x;
    else low = x;
  }
  const top = 1 - average((g) => (g.v / (high - g.v)) ** 2);
  return Math.max(0, top / (high * average((g) => g.lambda / (high - g.v) ** 2)));
}

describe("oracleWeight", () => {
  test("without pseudo-labels w^2 = norm^2 / (norm^2/r + tau^2), by hand", () => {
    // tau^2 = 1/25: 9 / (4.5 + 0.04).
    expect(oracleWeight(problem, null, 3) ** 2).toBeCloseTo(9 / 4.54, 13);
    expect(oracleWeight(problem, null, 0)).toBe(0);
  });

  test.each([
    ["labelled", null, problem],
    ["pooled", labelsOf(), problem],
    ["optimal", labelsOf({ weight: "optimal" }), problemOf({ dimension: 100, labeled: 4, unlabeled: 400 })],
  ] as const)("%s means: no other pair of weights aligns better by theory 5.1", (_, labels, of) => {
    const c = 0.4;
    const best = NORMS.map((norm) => oracleWeight(of, labels, norm));
    const reached = overlap(best, labels, of, c);
    expect(reached).toBeGreaterThan(0.1);
    for (let e = -2; e <= 2; e += 0.05) {
      expect(overlap([best[0]!, best[1]! * 10 ** e], labels, of, c)).toBeLessThanOrEqual(reached + 1e-10);
    }
    // Power: weights that are off by half are seen.
    expect(overlap([best[0]! * 1.5, best[1]!], labels, of, c)).toBeLessThan(reached - 1e-5);
  });
});
