import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/numerics/minimize.js";
import { optimalColumnWeight, weightGain } from "../../../src/theory/consequences/columnWeights.js";
import { spikeOverlap } from "../../../src/theory/weightedSpike.js";
import { trainingMeanLaw } from "../../../src/training/problemLaw.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const mixed = problemOf({
  dimension: 40,
  rank: 3,
  tasks: 50,
  labeled: 8,
  unlabeled: 30,
  noise: { sd: 1.5 },
  signal: [
    { share: 0.4, norm: 4 },
    { share: 0.6, norm: 2.5 },
  ],
});

interface Column {
  readonly share: number;
  readonly signal: number;
  readonly noise: number;
}

/** 1 - cos^2 from the equations of docs/theory.md 5.1, by bisection. */
function errorOf(columns: readonly Column[], c: number): number {
  const average = (f: (column: Column) => number): number =>
    columns.reduce((sum, column) => sum + column.share * f(column), 0);
  let [low, high] = [Math.max(...columns.map((g) => g.noise)), 1e6];
  for (let i = 0; i < 200; i++) {
    const x = (low + high) / 2;
    if (1 - c * average((g) => g.signal / (x - g.noise)) > 0) high = x;
    else low = x;
  }
  const g = 1 - c * average((column) => (column.noise / (high - column.noise)) ** 2);
  return 1 - g / (high * c * average((column) => column.signal / (high - column.noise) ** 2));
}

describe("optimalColumnWeight", () => {
  it("maximises the overlap over all weights, also where noise differs, which norm^2/(norm^2/r + v) does not", () => {
    const [signal, noise] = [
      [2, 0.3],
      [1, 0.4],
    ] as const;
    const error = (logWeight: number): number => {
      const weights = [1, Math.exp(logWeight)];
      const classes = weights.map((w, i) => ({
        share: 0.5,
        signal: w * signal[i]!,
        noise: w * noise[i]!,
        covariance: 0,
        noiseVariance: 0,
      }));
      return 1 - spikeOverlap(classes, 0.8);
    };
    const best = minimize(error, -5, 5, { tolerance: 1e-8 });
    const formula = optimalColumnWeight(0.3, 0.4) / optimalColumnWeight(2, 1);
    expect(Math.exp(best.x)).toBeCloseTo(formula, 4);
    const withoutNoise = 0.3 / 0.7 / (2 / 3);
    expect(error(Math.log(withoutNoise))).toBeGreaterThan(best.value + 1e-3);
  });
});

describe("weightGain", () => {
  it("is (L + 1) / (c L^2 + L) for columns of one norm, whatever the aggregation", () => {
    const problem = problemOf({ dimension: 60, rank: 3, tasks: 40, signal: [{ share: 1, norm: 2 }] });
    const c = 40 / 57;
    const ratio = 4 / 3 / 0.1;
    const expected = (ratio + 1) / (c * ratio * ratio + ratio);
    const { normalized, raw, optimal } = weightGain(problem, methodOf());
    for (const error of [normalized, raw, optimal]) expect(error).toBeCloseTo(expected, 12);
  });

  it("solves the spike equations of its three weights, on the means that the pseudo-labels make", () => {
    const c = 50 / 37;
    for (const pseudoLabels of [null, labelsOf()]) {
      const means = mixed.signal.map(({ share, norm }) => {
        const { signalFactor, noiseVariance } = trainingMeanLaw(mixed, pseudoLabels, norm);
        return { share, square: signalFactor ** 2 * norm ** 2, noise: noiseVariance };
      });
      const errorAt = (weight: (square: number, noise: number) => number): number =>
        errorOf(
          means.map(({ share, square, noise }) => {
            const w2 = weight(square, noise);
            return { share, signal: (w2 * square) / 3, noise: w2 * noise };
          }),
          c,
        );
      const gain = weightGain(mixed, methodOf({ pseudoLabels }));
      expect(gain.raw).toBeCloseTo(
        errorAt(() => 1),
        10,
      );
      expect(gain.normalized).toBeCloseTo(
        errorAt((square, noise) => 1 / (square + 40 * noise)),
        10,
      );
      expect(gain.optimal).toBeCloseTo(
        errorAt((square, noise) => square / noise / (square / 3 + noise)),
        10,
      );
    }
  });

  it("bounds what normalised and raw columns reach", () => {
    for (const method of [methodOf(), methodOf({ pseudoLabels: labelsOf() })]) {
      const gain = weightGain(mixed, method);
      expect(gain.optimal).toBeLessThan(gain.normalized);
      expect(gain.optimal).toBeLessThan(gain.raw);
    }
  });
});
