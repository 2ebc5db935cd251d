import { describe, expect, test } from "vitest";
import { implicitUnlabeled } from "../../src/model/implicitUnlabeled.js";
import { noiseLaw } from "../../src/model/noiseLaw.js";
import type { UnlabeledSample } from "../../src/model/unlabeledSample.js";
import { dot, norm2 } from "../../src/numerics/products.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { streamFromWords } from "../../src/random/keyedStream.js";
import type { PseudoLabels } from "../../src/training/method.js";
import { labelMoments, sslLaw } from "../../src/training/pseudoLabelLaw.js";
import { semiSupervisedMean } from "../../src/training/semiSupervisedMean.js";
import { labelFunction } from "../../src/training/taskLabeler.js";
import { labelsOf } from "../helpers/problems.js";
import { meanOf, varianceOf } from "../helpers/statistics.js";

/** Samples given one by one. */
function sampleOf(rows: readonly (readonly number[])[]): UnlabeledSample {
  return {
    count: rows.length,
    project: (beta) => Float64Array.from(rows, (x) => dot(Float64Array.from(x), beta)),
    weightedSum: (f) =>
      Float64Array.from(rows[0] ?? [], (_, j) => rows.reduce((sum, x, i) => sum + f[i]! * x[j]!, 0)),
  };
}
const known = { sigma: 1, labeled: 2, norm: 1 };
const muhat = Float64Array.of(2, 0);

describe("semiSupervisedMean by hand", () => {
  const sample = sampleOf([
    [1, 4],
    [-3, 2],
  ]);

  test("hard pooled labels: (n muhat + (1, 4) - (-3, 2)) / 4", () => {
    expect([...semiSupervisedMean(muhat, sample, labelsOf(), known)]).toEqual([2, 0.5]);
  });

  test("a share of the pseudo-labelled mean: 0.25 (2, 0) + 0.75 (2, 1)", () => {
    expect([...semiSupervisedMean(muhat, sample, labelsOf({ weight: 0.75 }), known)]).toEqual([2, 0.75]);
    expect([...semiSupervisedMean(muhat, sample, labelsOf({ weight: 0 }), known)]).toEqual([2, 0]);
  });

  test("the optimal weight is the weight that the law of the labels gives for these samples", () => {
    // ||muhat|| = 2, so the margin is norm^2 / 2.
    const strong = { ...known, norm: 1.5 };
    const labels = labelsOf({ weight: "optimal" });
    const task = { h: 2, sigma: 1, labeled: 2, unlabeled: 2 };
    const omega = sslLaw(labelMoments(1.5 ** 2 / 2, 1, labels), task, "optimal").labeledWeight;
    expect(omega).toBeGreaterThan(0.1);
    expect(omega).toBeLessThan(0.9);
    const [x, y] = semiSupervisedMean(muhat, sample, labels, strong);
    expect(x).toBeCloseTo(2, 14);
    expect(y).toBeCloseTo(1 - omega, 14);
  });

  test("a threshold of 2 leaves the first sample out, and the pooled weight counts one: ((2, 0) * 2 + (3, -2)) / 3", () => {
    const mean = semiSupervisedMean(muhat, sample, labelsOf({ threshold: 2 }), known);
    expect([...mean]).toEqual([7 / 3, -2 / 3].map((x) => expect.closeTo(x, 14)));
    // In units of sigma: at sigma = 1/4 both pass.
    const fine = semiSupervisedMean(muhat, sample, labelsOf({ threshold: 2 }), { ...known, sigma: 0.25 });
    expect([...fine]).toEqual([2, 0.5]);
  });

  test("soft labels tanh(margin s / sigma^2), margin = norm^2 / ||muhat||, weighted by their size", () => {
    const [f1, f2] = [Math.tanh(0.5), -Math.tanh(1.5)];
    const total = f1 - f2;
    const mean = semiSupervisedMean(muhat, sample, labelsOf({ soft: true }), known);
    expect(mean[0]).toBeCloseTo((4 + f1 - 3 * f2) / (2 + total), 14);
    expect(mean[1]).toBeCloseTo((4 * f1 + 2 * f2) / (2 + total), 14);
  });

  test("a second round labels with the first round's classifier, and still weighs the labelled mean itself", () => {
    // Round one: (2, 0.5) as above; its sign of (0.1, -1) is -, so round two differs from round one.
    const turning = sampleOf([
      [1, 4],
      [0.1, -1],
    ]);
    // Round one: ((4, 0) + (1, 4) + (0.1, -1)) / 4; round two: ((4, 0) + (1, 4) - (0.1, -1)) / 4.
    expect([...semiSupervisedMean(muhat, turning, labelsOf(), known)]).toEqual([1.275, 0.75]);
    const second = semiSupervisedMean(muhat, turning, labelsOf({ rounds: 2 }), known);
    expect([...second]).toEqual([1.225, 1.25].map((x) => expect.closeTo(x, 14)));
  });

  test("without samples, without a label, or without a direction the labelled mean comes back as it is", () => {
    expect(semiSupervisedMean(muhat, sampleOf([]), labelsOf(), known)).toBe(muhat);
    expect(semiSupervisedMean(muhat, sample, labelsOf({ threshold: 10 }), known)).toBe(muhat);
    expect(semiSupervisedMean(muhat, sample, labelsOf({ soft: true }), { ...known, norm: 0 })).toBe(muhat);
    const zero = new Float64Array(2);
    expect(semiSupervisedMean(zero, sample, labelsOf(), known)).toBe(zero);
  });

  test("labelFunction: the border of the threshold is out, and 0 has no label", () => {
    const label = labelFunction({ soft: false, threshold: 1.5 }, 1, 2);
    expect([3.1, 3, -3, -3.1, Number.NaN].map(label)).toEqual([1, 0, 0, -1, 0]);
    expect(labelFunction(labelsOf(), 1, 1)(0)).toBe(0);
    expect(labelFunction(labelsOf({ soft: true }), 0.5, 2)(4)).toBeCloseTo(Math.tanh(0.5), 15);
  });
});

describe("S and V of theory 5.2 against simulated semi-supervised means", () => {
  const p = 400;
  const [n, u, norm, reps] = [20, 300, 1.5, 400];
  const mu = new Float64Array(p);
  mu[0] = norm;
  const kinds: Record<string, PseudoLabels> = {
    "hard, pooled": labelsOf(),
    "hard, optimal": labelsOf({ weight: "optimal" }),
    "hard, 80 %": labelsOf({ weight: 0.8 }),
    threshold: labelsOf({ threshold: 0.7 }),
    soft: labelsOf({ soft: true }),
    "soft, threshold, optimal": labelsOf({ soft: true, threshold: 0.4, weight: "optimal" }),
  };

  /*
   * The law is first order in 1/p and 1/u: h and k are replaced by their limits. At these sizes that is worth 1 to 2 % of S and V, so the tolerance
   * is 3 % plus six standard errors of the simulation (false alarm 2e-9), and both are small beside what the terms of S and V contribute.
   */
  test.each(Object.entries(kinds))("%s", (name, labels) => {
    const law = noiseLaw({ sd: 1, family: "gaussian", degreesOfFreedom: 5, condition: 1 }, p);
    const along: number[] = [];
    const across: number[] = [];
    for (let k = 0; k < reps; k++) {
      const rng = streamFromWords(Uint32Array.of(name.length, k));
      const mean = normalVector(rng, p).map((z, j) => mu[j]! + z / Math.sqrt(n));
      const sample = implicitUnlabeled(rng, () => rng, mu, u, law);
      const ssl = semiSupervisedMean(mean, sample, labels, { sigma: 1, labeled: n, norm });
      along.push(ssl[0]! / norm);
      across.push((norm2(ssl) ** 2 - ssl[0]! ** 2) / (p - 1));
    }
    const h = Math.sqrt(norm ** 2 + p / n);
    const { signalFactor, noiseVariance } = sslLaw(
      labelMoments(norm ** 2 / h, 1, labels),
      { h, sigma: 1, labeled: n, unlabeled: u },
      labels.weight,
    );
    const close = (values: number[], expected: number): void => {
      const error = 6 * Math.sqrt(varianceOf(values) / reps);
      expect(Math.abs(meanOf(values) - expected)).toBeLessThan(0.03 * expected + error);
      expect(error).toBeLessThan(0.1 * expected);
    };
    close(along, signalFactor);
    close(across, noiseVariance);
    // Power: the labelled mean alone, S = 1 and V = 1/n, is far away.
    expect(Math.abs(meanOf(across) - 1 / n)).toBeGreaterThan(0.2 / n);
  });
});
