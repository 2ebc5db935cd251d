import fc from "fast-check";
import "../helpers/fixedSeed.js";
import { describe, expect, test } from "vitest";
import { type LabelMoments, labeledShare, labelMoments, sslLaw } from "../../src/training/pseudoLabelLaw.js";
import { labelsOf } from "../helpers/problems.js";

/**
 * Moments by the midpoint rule on each side of the thresholds, 4e5 points, from the definition s = y k + sigma g, y = +-1, g ~ N(0, 1); shares
 * nothing with the code under test.
 */
function quadrature(k: number, sigma: number, label: (s: number) => number, cut: number): LabelMoments {
  const sums = { size: 0, aligned: 0, self: 0, square: 0, count: 0, wrong: 0 };
  const reach = Math.max(Math.abs(k) + 12 * sigma, cut + sigma);
  const steps = 200_000;
  const h = (reach - cut) / steps;
  for (const side of [1, -1]) {
    for (let i = 0; i < steps; i++) {
      const s = side * (cut + (i + 0.5) * h);
      const f = label(s);
      for (const y of [1, -1]) {
        const g = (s - y * k) / sigma;
        const mass = (0.5 * h * Math.exp(-0.5 * g * g)) / (sigma * Math.sqrt(2 * Math.PI));
        sums.size += mass * Math.abs(f);
        sums.aligned += mass * f * y;
        sums.self += mass * f * (s - y * k);
        sums.square += mass * f * f;
        sums.count += mass;
        if (f * y < 0) sums.wrong += mass;
      }
    }
  }
  const { size } = sums;
  return {
    signal: sums.aligned / size,
    selfBias: sums.self / size,
    variance: sums.square / size ** 2,
    kept: size,
    error: sums.wrong / sums.count,
  };
}

const KEYS = ["signal", "selfBias", "variance", "kept", "error"] as const;

describe("labelMoments", () => {
  test("hard labels by hand: k = sigma = 1", () => {
    const m = labelMoments(1, 1, labelsOf());
    expect(m.signal).toBeCloseTo(0.6826894921370859, 14);
    expect(m.selfBias).toBeCloseTo(2 * 0.24197072451914337, 14);
    expect(m.error).toBeCloseTo(0.15865525393145707, 14);
    expect([m.variance, m.kept]).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
  });

  const grid = [0.3, 1, -0.7, 2.5].flatMap((k) =>
    [0, 0.4, 2].flatMap((threshold) => [false, true].map((soft) => [k, threshold, soft] as const)),
  );
  test.each(grid)(
    "margin %d, threshold %d, soft %s: every moment agrees with quadrature to 1e-9",
    (k, threshold, soft) => {
      const sigma = 1.7;
      const found = labelMoments(k, sigma, { soft, threshold });
      const label = soft ? (s: number) => Math.tanh((k * s) / sigma ** 2) : Math.sign;
      const expected = quadrature(k, sigma, label, threshold * sigma);
      for (const key of KEYS)
        expect(Math.abs(found[key] - expected[key]), key).toBeLessThan(1e-9 * (1 + Math.abs(expected[key])));
    },
  );

  test("soft labels are calibrated: without a threshold E[f y] = E f^2, so S^2/V loses no information", () => {
    for (const k of [1e-3, 0.2, 1, 4, 20]) {
      const { signal, variance, kept } = labelMoments(k, 1, labelsOf({ soft: true }));
      expect(Math.abs(signal / (variance * kept) - 1)).toBeLessThan(1e-10);
    }
  });

  test("soft labels tend to hard ones with the margin, hard ones to the truth", () => {
    for (const k of [30, 1e3, 1e6]) {
      const soft = labelMoments(k, 1, labelsOf({ soft: true }));
      const hard = labelMoments(k, 1, labelsOf());
      for (const key of KEYS) expect(Math.abs(soft[key] - hard[key]), `${key} at ${k}`).toBeLessThan(1e-9);
      expect([hard.signal, hard.error]).toEqual([1, expect.closeTo(0, 14)]);
    }
  });

  test("labels of weak classifiers: f is about k s / sigma^2, at any size of k", () => {
    // E|f| = k sqrt(2/pi), E f^2 = k^2, E[f y] = k^2, E[f g] = k.
    for (const k of [1e-3, 1e-100, 1e-250]) {
      const m = labelMoments(k, 1, labelsOf({ soft: true }));
      expect(m.kept / k).toBeCloseTo(Math.sqrt(2 / Math.PI), 5);
      expect(m.variance).toBeCloseTo(Math.PI / 2, 5);
      expect(m.selfBias).toBeCloseTo(Math.sqrt(Math.PI / 2), 5);
      expect(m.signal / k).toBeCloseTo(Math.sqrt(Math.PI / 2), 5);
    }
  });

  test("a threshold that nothing passes keeps nothing", () => {
    const nothing = { signal: 0, selfBias: 0, variance: Infinity, kept: 0, error: 0.5 };
    for (const soft of [false, true]) expect(labelMoments(1, 1, { soft, threshold: 60 })).toEqual(nothing);
    expect(labelMoments(0, 1, labelsOf({ soft: true }))).toEqual(nothing);
  });

  test("every hard moment is scale-free, and the error is above 1/2 when the classifier points away", () => {
    const labels = fc.record({ soft: fc.boolean(), threshold: fc.constantFrom(0, 0.5) });
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        fc.constantFrom(1e-6, 3, 1e6),
        labels,
        (k, c, spec) => {
          const one = labelMoments(k, 1, spec);
          const other = labelMoments(c * k, c, spec);
          for (const key of KEYS) {
            const unit = key === "selfBias" ? c : 1;
            expect(Math.abs(other[key] / unit / one[key] - 1)).toBeLessThan(1e-9);
          }
          expect(one.error).toBeLessThan(0.5);
          if (!spec.soft) expect(labelMoments(-k, 1, spec).error).toBeCloseTo(1 - one.error, 12);
        },
      ),
    );
    expect(() => labelMoments(1, 0, labelsOf())).toThrow("sigma must be");
  });
});

/** n labelled and u unlabelled samples in R^p, sigma 1: the law's arguments at the large-p values of h and the margin. */
function taskOf(p: number, n: number, u: number, norm: number) {
  const h = Math.sqrt(norm ** 2 + p / n);
  return { margin: norm ** 2 / h, task: { h, sigma: 1, labeled: n, unlabeled: u } };
}
const ratio = ({
  signalFactor: s,
  noiseVariance: v,
}: {
  signalFactor: number;
  noiseVariance: number;
}): number => s ** 2 / v;
const soft = fc.record({ soft: fc.boolean(), threshold: fc.constantFrom(0, 0.6) });
const setting = fc.record({
  p: fc.integer({ min: 2, max: 500 }),
  n: fc.integer({ min: 1, max: 100 }),
  u: fc.integer({ min: 1, max: 5000 }),
  norm: fc.double({ min: 0.1, max: 4, noNaN: true }),
});

describe("sslLaw", () => {
  test("pooled hard labels by hand", () => {
    // h = 2, e with 1 - 2e = 0.5 and b = 0.6 invented: omega = 1/4, c1 = 1/4 + 3/4 * 0.3.
    const moments = { signal: 0.5, selfBias: 0.6, variance: 1, kept: 1, error: 0.25 };
    const law = sslLaw(moments, { h: 2, sigma: 1, labeled: 10, unlabeled: 30 }, "pooled");
    expect(law.labeledWeight).toBe(0.25);
    expect(law.signalFactor).toBeCloseTo(0.475 + 0.375, 14);
    expect(law.noiseVariance).toBeCloseTo(0.475 ** 2 / 10 + 0.75 ** 2 / 30, 14);
  });

  test("the optimal weight maximises S^2/V over all shares", () => {
    fc.assert(
      fc.property(setting, soft, ({ p, n, u, norm }, labels) => {
        const { margin, task } = taskOf(p, n, u, norm);
        const moments = labelMoments(margin, 1, labels);
        const best = ratio(sslLaw(moments, task, "optimal"));
        for (let share = 0; share <= 1; share += 1 / 64)
          expect(ratio(sslLaw(moments, task, share))).toBeLessThanOrEqual(best * (1 + 1e-10));
        expect(ratio(sslLaw(moments, task, "pooled"))).toBeLessThanOrEqual(best * (1 + 1e-10));
      }),
    );
  });

  test("the best S^2/V is (n + (1 - 2e)^2 u)/sigma^2 where the best weight is not on the border, and never more", () => {
    let interior = 0;
    fc.assert(
      fc.property(setting, ({ p, n, u, norm }) => {
        const { margin, task } = taskOf(p, n, u, norm);
        const moments = labelMoments(margin, 1, labelsOf());
        const law = sslLaw(moments, task, "optimal");
        const expected = n + (1 - 2 * moments.error) ** 2 * u;
        if (law.labeledWeight > 0) {
          interior++;
          expect(Math.abs(ratio(law) / expected - 1)).toBeLessThan(1e-9);
        } else expect(ratio(law)).toBeLessThanOrEqual(expected * (1 + 1e-12));
        expect(ratio(law)).toBeGreaterThan(0);
      }),
    );
    expect(interior).toBeGreaterThan(20);
  });

  test("the 25 % rule: a few pooled pseudo-labels help when e < 1/4 and hurt when e > 1/4, at rate (1 - 4e) u/n", () => {
    const n = 1e6;
    const u = 1;
    for (const k of [0.1, 0.4, 0.66, 0.69, 1, 2]) {
      // A margin k with labels of error e; h large enough that k = norm^2/h is consistent does not matter to first order.
      const moments = labelMoments(k, 1, labelsOf());
      const h = k + 1;
      const norm2 = k * h;
      const law = sslLaw(moments, { h, sigma: 1, labeled: n, unlabeled: u }, "pooled");
      const slope = (ratio(law) / n - 1) * (n / u);
      expect(slope).toBeCloseTo(1 - 4 * moments.error, 4);
      expect(slope > 0).toBe(moments.error < 0.25);
      expect(norm2).toBeGreaterThan(0);
    }
  });

  test("one sample a task, share 0, or nothing kept: the labelled mean's law", () => {
    const labeled = { labeledWeight: 1, signalFactor: 1, noiseVariance: 0.25 };
    const moments = labelMoments(1, 1, labelsOf());
    const task = { h: 2, sigma: 1, labeled: 4, unlabeled: 9 };
    expect(sslLaw(moments, task, 0)).toEqual(labeled);
    expect(sslLaw(moments, { ...task, unlabeled: 0 }, "pooled")).toEqual(labeled);
    expect(sslLaw(labelMoments(1, 1, labelsOf({ threshold: 60 })), task, "pooled")).toEqual(labeled);
    expect(sslLaw(labelMoments(0, 1, labelsOf()), task, "optimal")).toEqual(labeled);
  });

  test("labeledShare: pooled counts what is kept, a number is the pseudo-labels' share", () => {
    const moments = { signal: 0.5, selfBias: 0.6, variance: 2, kept: 0.5, error: 0.25 };
    const task = { h: 2, sigma: 3, labeled: 10, unlabeled: 60 };
    expect(labeledShare(moments, task, "pooled")).toBe(0.25);
    expect(labeledShare(moments, task, 0.9)).toBeCloseTo(0.1, 15);
    // odds = 10 * 2 / (60 * 0.5) - 0.3 = 11/30.
    expect(labeledShare(moments, task, "optimal")).toBeCloseTo(11 / 41, 14);
  });
});
