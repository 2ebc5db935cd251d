import { describe, expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import type { Problem } from "../../src/model/problem.js";
import { firstColumns, identity, type Matrix, rowView, zeros } from "../../src/numerics/matrix.js";
import { principalAngles } from "../../src/numerics/principalAngles.js";
import { dot, multiply, multiplyTransposeLeft, norm2, scaled } from "../../src/numerics/products.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "../../src/transfer/evaluate.js";
import { METRIC_NAMES } from "../../src/transfer/metricNames.js";
import { targetHead } from "../../src/transfer/targetHead.js";
import { methodOf, problemOf } from "../helpers/problems.js";
import { FAR, zScore } from "../helpers/statistics.js";

const problem = problemOf({ rank: 3, target: { norm: 1.5, samples: 30 } });
const draw = drawReplication(problem, 2, 0, "auto");
const of = (basis: Matrix, changes: Partial<Problem> = {}) =>
  evaluateRepresentation({ ...problem, ...changes }, draw, { basis, survivingTasks: 12 }, null);

describe("evaluateRepresentation", () => {
  const trained = trainRepresentation(problem, draw.labeledMeans, draw.norms, methodOf());
  const metrics = evaluateRepresentation(problem, draw, trained, null);

  test("has every metric by its formula", () => {
    const v = targetHead(trained.basis, draw.target.labeledMean);
    const inside = multiplyTransposeLeft(draw.subspace, trained.basis).data.reduce(
      (sum, x) => sum + x * x,
      0,
    );
    expect(Object.keys(metrics)).toEqual([...METRIC_NAMES]);
    expect(metrics.sinTheta2).toBeCloseTo(3 - inside, 12);
    expect(metrics.sinThetaMax).toBeCloseTo(Math.sin(principalAngles(draw.subspace, trained.basis)[2]!), 12);
    expect(metrics.excessRisk).toBeCloseTo(1.5 - dot(v, draw.target.mean), 12);
    expect(metrics.errorRate).toBeCloseTo(normalCdf(-dot(v, draw.target.mean)), 13);
    expect(metrics.robustErrorRate).toBeNull();
    expect(metrics.survivingTasks).toBe(12);
  });

  test("the excess risk splits into a part of the representation and a part of the head", () => {
    // With P the projection on range(W1): ||mu|| - <v, mu> = (||mu|| - ||P mu||) + (||P mu|| - <v, P mu>), both >= 0.
    const mu = draw.target.mean;
    const coordinates = multiplyTransposeLeft(trained.basis, { rows: 30, cols: 1, data: mu });
    const projected = multiply(trained.basis, coordinates).data;
    const v = targetHead(trained.basis, draw.target.labeledMean);
    const representation = norm2(mu) - norm2(projected);
    const head = norm2(projected) - dot(v, projected);
    expect(representation).toBeGreaterThan(0);
    expect(head).toBeGreaterThan(0);
    expect(metrics.excessRisk).toBeCloseTo(representation + head, 12);
    // The first part is at most ||mu|| sin^2 theta_max.
    expect(representation).toBeLessThanOrEqual(norm2(mu) * metrics.sinThetaMax! ** 2);
  });

  test("directions without a column are fully wrong", () => {
    expect(of(zeros(30, 0))).toMatchObject({
      sinTheta2: 3,
      sinThetaMax: 1,
      excessRisk: expect.closeTo(1.5, 13),
      errorRate: 0.5,
    });
    const partial = of(firstColumns(draw.subspace, 2));
    expect(partial.sinTheta2).toBeCloseTo(1, 13);
    expect(partial.sinThetaMax).toBe(1);
  });

  test("sinThetaMax^2 <= sinTheta2 <= r sinThetaMax^2; an orthogonal representation has both at their largest", () => {
    expect(metrics.sinThetaMax! ** 2).toBeLessThanOrEqual(metrics.sinTheta2!);
    expect(metrics.sinTheta2).toBeLessThanOrEqual(3 * metrics.sinThetaMax! ** 2);
    const sparse = drawReplication(problemOf({ rank: 3, support: 4 }), 1, 0, "auto");
    const empty = Array.from({ length: 30 }, (_, j) => j).filter(
      (j) => norm2(rowView(sparse.subspace, j)) === 0,
    );
    const basis = zeros(30, 3);
    for (let k = 0; k < 3; k++) basis.data[empty[k]! * 3 + k] = 1;
    expect(evaluateRepresentation(problem, sparse, { basis, survivingTasks: 1 }, null)).toMatchObject({
      sinTheta2: 3,
      sinThetaMax: 1,
    });
  });

  test("the robust error is under the target's attack, else the method's own, else null", () => {
    const own = { norm: 2, radius: 0.25 };
    const v = targetHead(trained.basis, draw.target.labeledMean);
    const margin = dot(v, draw.target.mean);
    const robust = (target: Problem["target"]["attack"], method: typeof own | null) =>
      evaluateRepresentation(
        { ...problem, target: { ...problem.target, attack: target } },
        draw,
        trained,
        method,
      ).robustErrorRate;
    expect(robust(null, own)).toBeCloseTo(normalCdf(0.25 - margin), 13);
    expect(robust({ norm: Infinity, radius: 0.1 }, own)).toBeCloseTo(
      normalCdf(0.1 * v.reduce((sum, x) => sum + Math.abs(x), 0) - margin),
      13,
    );
    expect(robust(null, null)).toBeNull();
  });

  test("anisotropic noise enters along the predictor; other families have no error rate", () => {
    const noise = { ...problem.noise, family: "anisotropic" as const, condition: 50 };
    const v = targetHead(trained.basis, draw.target.labeledMean);
    const raw = Float64Array.from({ length: 30 }, (_, j) => 50 ** (-j / 29));
    const mean = raw.reduce((a, b) => a + b, 0) / 30;
    const sd = Math.sqrt(v.reduce((sum, x, j) => sum + (x * x * raw[j]!) / mean, 0));
    expect(of(trained.basis, { noise }).errorRate).toBeCloseTo(normalCdf(-dot(v, draw.target.mean) / sd), 12);
    const other = of(trained.basis, { noise: { ...problem.noise, family: "uniform" } });
    expect([other.errorRate, other.sinTheta2]).toEqual([null, metrics.sinTheta2]);
  });
});

describe("baselines", () => {
  test("no transfer is the target's own mean in R^p, the oracle its projection on range(B)", () => {
    const mean = draw.target.labeledMean;
    const alone = evaluateNoTransfer(problem, draw);
    expect(alone.excessRisk).toBeCloseTo(1.5 - dot(scaled(mean, 1 / norm2(mean)), draw.target.mean), 12);
    expect(alone).toMatchObject({ sinTheta2: null, sinThetaMax: null, survivingTasks: null });
    // Transfer with the whole space is no transfer.
    expect(alone.excessRisk).toBeCloseTo(of30().excessRisk!, 13);
    const oracle = evaluateOracle(problem, draw);
    expect(oracle).toMatchObject({
      sinTheta2: 0,
      sinThetaMax: 0,
      survivingTasks: null,
      robustErrorRate: null,
    });
    expect(oracle.excessRisk).toBeCloseTo(of(draw.subspace).excessRisk!, 14);
    const attacked = { ...problem, target: { ...problem.target, attack: { norm: 2, radius: 0.3 } } };
    expect(evaluateOracle(attacked, draw).robustErrorRate).toBeGreaterThan(oracle.errorRate!);
  });

  test("a target mean of zero predicts nothing: risk ||mu||, error 1/2", () => {
    const zero = { ...draw, target: { ...draw.target, labeledMean: new Float64Array(30) } };
    for (const evaluated of [evaluateNoTransfer(problem, zero), evaluateOracle(problem, zero)]) {
      expect(evaluated.excessRisk).toBeCloseTo(1.5, 14);
      expect(evaluated.errorRate).toBe(0.5);
    }
  });

  function of30() {
    const square = { ...draw, subspace: identity(30) };
    return evaluateOracle(problem, square);
  }

  test("on average the oracle beats training, and training beats no transfer (false alarm far below 1e-7: 5.8 standard errors)", () => {
    const risks = Array.from({ length: 60 }, (_, k) => {
      const one = problemOf({ dimension: 40, tasks: 30, target: { samples: 10 } });
      const d = drawReplication(one, 4, k, "auto");
      const method = methodOf();
      const w = trainRepresentation(one, d.labeledMeans, d.norms, method);
      return [
        evaluateOracle(one, d),
        evaluateRepresentation(one, d, w, null),
        evaluateNoTransfer(one, d),
      ].map((m) => m.excessRisk!);
    });
    expect(
      zScore(
        risks.map(([oracle, trained]) => trained! - oracle!),
        0,
      ),
    ).toBeGreaterThan(FAR);
    expect(
      zScore(
        risks.map(([, trained, alone]) => alone! - trained!),
        0,
      ),
    ).toBeGreaterThan(FAR);
  });
});
