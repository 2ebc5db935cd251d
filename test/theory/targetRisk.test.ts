import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { unitVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { expectedDualNorm } from "../../src/theory/dualNorm.js";
import { expectedCosine } from "../../src/theory/expectedCosine.js";
import { predictBaseline } from "../../src/theory/predictBaseline.js";
import { predictNoTransfer, predictTarget } from "../../src/theory/targetRisk.js";
import { problemOf } from "../helpers/problems.js";

describe("predictTarget", () => {
  it("is norm (1 - c K(r, c snr)) for directions captured alike", () => {
    const problem = problemOf({ rank: 3, noise: { sd: 2 }, target: { samples: 9, norm: 1.5 } });
    for (const cos2 of [0, 0.3, 0.9, 1]) {
      const c = Math.sqrt(cos2);
      const { excessRisk } = predictTarget(problem, [{ count: 3, cos2 }], null);
      expect(excessRisk).toBeCloseTo(1.5 * (1 - c * expectedCosine(3, (c * 1.5 * 3) / 2)), 12);
    }
  });

  it("has the error rate and the robust error rate of drawn heads", () => {
    const [sigma, norm, m, cos2, eps] = [1, 1.2, 6, 0.7, 0.4];
    const problem = problemOf({ rank: 3, noise: { sd: sigma }, target: { samples: m, norm } });
    const attack = { norm: 2, radius: eps };
    const predicted = predictTarget(problem, [{ count: 3, cos2 }], attack);
    const rng = keyedStream(["targetRisk test"]);
    const n = 20_000;
    let error = 0;
    let robust = 0;
    for (let i = 0; i < n; i++) {
      const y = unitVector(rng, 3).map((x) => norm * Math.sqrt(cos2) * x);
      const head = y.map((x) => x + (sigma / Math.sqrt(m)) * rng.normal());
      const inner = y.reduce((sum, x, k) => sum + x * head[k]!, 0) / Math.hypot(...head);
      error += normalCdf(-inner / sigma) / n;
      robust += normalCdf((eps - inner) / sigma) / n;
    }
    // Standard deviation of one term below 0.15: five standard errors are 0.0054, false alarm below 1e-6.
    expect(Math.abs(predicted.errorRate - error)).toBeLessThan(0.0054);
    expect(Math.abs(predicted.robustErrorRate! - robust)).toBeLessThan(0.0054);
    expect(predictTarget(problem, [{ count: 3, cos2 }], null).robustErrorRate).toBeNull();
  });

  it("takes the length under an l_2 attack for 1, whatever is known of the l_1 norm", () => {
    const overlaps = [{ count: 2, cos2: 0.5 }];
    const attack = { norm: 2, radius: 0.3 };
    const { robustErrorRate } = predictTarget(problemOf(), overlaps, attack, 4);
    expect(robustErrorRate).toBe(predictTarget(problemOf(), overlaps, attack).robustErrorRate);
  });

  it("keeps the digits of a small excess risk", () => {
    const problem = problemOf({ rank: 2, target: { samples: 1e12, norm: 1 } });
    const { excessRisk } = predictTarget(problem, [{ count: 2, cos2: 1 }], null);
    expect(Math.abs(excessRisk / 0.5e-12 - 1)).toBeLessThan(1e-6);
  });

  it("refuses dual norms that do not concentrate", () => {
    const problem = problemOf();
    const overlaps = [{ count: 2, cos2: 0.5 }];
    expect(predictTarget(problem, overlaps, { norm: 1, radius: 1 }).robustErrorRate).toBeNull();
    expect(predictTarget(problem, overlaps, { norm: 3, radius: 1 }).robustErrorRate).not.toBeNull();
    expect(predictTarget(problem, overlaps, { norm: 3, radius: 1 }, 4).robustErrorRate).toBeNull();
  });
});

describe("predictNoTransfer and predictBaseline", () => {
  it("fit the head in R^p, or in the range of B", () => {
    const problem = problemOf({ dimension: 300, target: { samples: 20, norm: 1 } });
    const snr = Math.sqrt(20);
    expect(predictNoTransfer(problem, null).excessRisk).toBeCloseTo(1 - expectedCosine(300, snr), 12);
    expect(predictBaseline(problem, "no-transfer").metrics.excessRisk).toBeCloseTo(
      1 - expectedCosine(300, snr),
      12,
    );
    const oracle = predictBaseline(problem, "oracle").metrics;
    expect(oracle.excessRisk).toBeCloseTo(1 - expectedCosine(2, snr), 12);
    expect([oracle.sinTheta2, oracle.survivingTasks, oracle.robustErrorRate]).toEqual([0, null, null]);
    expect(predictBaseline(problem, "no-transfer").metrics.sinTheta2).toBeNull();
    expect(predictBaseline(problemOf({ noise: { family: "student-t" } }), "oracle").reasons.join()).toMatch(
      /heavy/,
    );
  });
});

describe("predictNoTransfer under an l_inf attack", () => {
  it("has the robust error rate of drawn heads: what they capture is on the support, the rest is spread out", () => {
    const [p, s, m, eps] = [200, 12, 150, 0.08];
    const problem = problemOf({ dimension: p, support: s, target: { samples: m, norm: 1 } });
    const predicted = predictNoTransfer(problem, { norm: Infinity, radius: eps }).robustErrorRate!;
    const rng = keyedStream(["no transfer under l_inf"]);
    const n = 1500;
    let robust = 0;
    for (let i = 0; i < n; i++) {
      const mean = unitVector(rng, s);
      const head = Array.from({ length: p }, (_, j) => (mean[j] ?? 0) + rng.normal() / Math.sqrt(m));
      const length = Math.hypot(...head);
      const inner = mean.reduce((sum, x, j) => sum + x * head[j]!, 0) / length;
      robust += normalCdf((eps * head.reduce((sum, x) => sum + Math.abs(x), 0)) / length - inner) / n;
    }
    // Standard deviation of one term below 0.02 (measured): six standard errors are 0.003, false alarm below 1e-8; and 1 % for finite s.
    expect(Math.abs(predicted - robust)).toBeLessThan(0.003 + 0.01 * robust);
    // All of the head on the support, or none of it, is another number.
    expect(Math.abs(normalCdf(eps * Math.sqrt((2 * s) / Math.PI) - 0.65) - robust)).toBeGreaterThan(0.02);
  });
});

describe("expectedDualNorm", () => {
  it("is 1 for q = 2 and the mean l_1 and l_3 norm of random unit vectors, dense or with a sparse part", () => {
    const rng = keyedStream(["dualNorm test"]);
    const [p, s, within] = [400, 40, 0.6];
    for (const q of [1, 3]) {
      let sum = 0;
      const n = 200;
      for (let i = 0; i < n; i++) {
        const on = unitVector(rng, s);
        const all = unitVector(rng, p);
        const v = all.map((x, j) => Math.sqrt(1 - within) * x + (j < s ? Math.sqrt(within) * on[j]! : 0));
        sum += v.reduce((total, x) => total + Math.abs(x) ** q, 0) ** (1 / q) / n;
      }
      // Two per cent for finite s; the standard error is 0.3 %.
      expect(Math.abs(expectedDualNorm(q, p, s, within) / sum - 1)).toBeLessThan(0.035);
    }
    expect(expectedDualNorm(2, p, s, within)).toBe(1);
  });
});
