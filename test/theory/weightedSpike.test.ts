import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnClass, spikeOverlap } from "../../src/theory/weightedSpike.js";
import { columnOf } from "../helpers/columnOf.js";

/** The overlap from the position zeta(x) of the outlier: zeta' / (x F'), F = 0 found by bisection, both slopes by differences. */
function byResolvent(classes: readonly ColumnClass[], c: number): number {
  const F = (x: number): number =>
    1 - c * classes.reduce((sum, g) => sum + (g.share * g.signal) / (x - g.noise), 0);
  let low = Math.max(...classes.map((g) => g.noise));
  let high = low + c * classes.reduce((sum, g) => sum + g.share * g.signal, 0) + 1;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (F(middle) < 0) low = middle;
    else high = middle;
  }
  const x = (low + high) / 2;
  const zeta = (y: number): number =>
    y * (1 + c * classes.reduce((sum, g) => sum + (g.share * g.noise) / (y - g.noise), 0));
  const h = 1e-5 * x;
  const slopeZeta = (zeta(x + h) - zeta(x - h)) / (2 * h);
  const slopeF = (F(x + h) - F(x - h)) / (2 * h);
  return Math.max(0, slopeZeta / (x * slopeF));
}

describe("spikeOverlap", () => {
  it("is (L^2 - 1/c) / (L^2 + L/c) for one class, and 0 below the transition L^2 = 1/c", () => {
    for (const L of [0.2, 0.7, 1, 3, 50]) {
      for (const c of [0.05, 0.5, 2, 30]) {
        const expected = Math.max(0, (L * L - 1 / c) / (L * L + L / c));
        expect(spikeOverlap([columnOf(1, 2 * L, 2)], c)).toBeCloseTo(expected, 12);
      }
    }
  });

  it("agrees with the derivative of the outlier's position for several classes", () => {
    const classes = [columnOf(0.3, 4, 1), columnOf(0.5, 1, 0.5), columnOf(0.2, 0.2, 2)];
    for (const c of [0.3, 1, 5]) expect(spikeOverlap(classes, c)).toBeCloseTo(byResolvent(classes, c), 7);
  });

  it("sees only the products: splitting a class, or rescaling all columns, changes nothing", () => {
    const whole = [columnOf(0.4, 3, 1), columnOf(0.6, 1, 1.5)];
    const split = [columnOf(0.1, 3, 1), columnOf(0.3, 3, 1), columnOf(0.6, 1, 1.5)];
    const scaled = whole.map((g) => ({ ...g, signal: 7 * g.signal, noise: 7 * g.noise }));
    expect(spikeOverlap(split, 2)).toBeCloseTo(spikeOverlap(whole, 2), 13);
    expect(spikeOverlap(scaled, 2)).toBeCloseTo(spikeOverlap(whole, 2), 13);
    expect(spikeOverlap(whole, 2, 1.3)).toBeCloseTo(
      spikeOverlap(
        whole.map((g) => ({ ...g, signal: 1.3 * g.signal })),
        2,
      ),
      13,
    );
  });

  it("treats a small spread within a class as the two columns that it consists of", () => {
    // Columns (1.1, 0.9) and (0.9, 1.1): mean 1 and 1, covariance -0.01, noise variance 0.01.
    const pair = [columnOf(0.5, 1.1, 0.9), columnOf(0.5, 0.9, 1.1)];
    const summary = [{ share: 1, signal: 1, noise: 1, covariance: -0.01, noiseVariance: 0.01 }];
    for (const c of [2, 8, 50]) {
      const exact = 1 - spikeOverlap(pair, c);
      const corrected = Math.abs((1 - spikeOverlap(summary, c)) / exact - 1);
      const ignored = Math.abs((1 - spikeOverlap([columnOf(1, 1, 1)], c)) / exact - 1);
      expect(corrected).toBeLessThan(0.15 * ignored);
      const noCovariance = [{ ...summary[0]!, covariance: 0 }];
      const noVariance = [{ ...summary[0]!, noiseVariance: 0 }];
      for (const partial of [noCovariance, noVariance]) {
        expect(Math.abs((1 - spikeOverlap(partial, c)) / exact - 1)).toBeGreaterThan(2 * corrected);
      }
    }
  });

  it("has the spread within a class to second order: nine tenths of what it does are accounted for", () => {
    const [c, lambda, v] = [0.8, 1, 0.5];
    for (const [dv, dl] of [
      [0.08, 0],
      [0.06, 0.1],
      [0.06, -0.1],
    ] as const) {
      const halves = [1, -1].map((sign) => ({
        share: 0.5,
        signal: lambda + sign * dl,
        noise: v + sign * dv,
        covariance: 0,
        noiseVariance: 0,
      }));
      const one = { share: 1, signal: lambda, noise: v, covariance: dl * dv, noiseVariance: dv * dv };
      const exact = spikeOverlap(halves, c);
      const without = spikeOverlap([{ ...one, covariance: 0, noiseVariance: 0 }], c);
      expect(Math.abs(spikeOverlap([one], c) - exact)).toBeLessThan(0.1 * Math.abs(without - exact));
    }
  });

  it("never leaves [0, 1] and grows with every signal and with T", () => {
    const positive = fc.double({ min: -3, max: 3, noNaN: true }).map((x) => 10 ** x);
    const classes = fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(classes, positive, (pairs, c) => {
        const all = pairs.map(([signal, noise]) => columnOf(1 / pairs.length, signal, noise));
        const overlap = spikeOverlap(all, c);
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(spikeOverlap(all, c, 1.05)).toBeGreaterThanOrEqual(overlap - 1e-10);
        expect(spikeOverlap(all, 1.05 * c)).toBeGreaterThanOrEqual(overlap - 1e-10);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it("counts columns without signal as noise: the limit of a signal that vanishes", () => {
    const telling = columnOf(0.5, 1, 0.3);
    const alone = spikeOverlap([telling], 3);
    for (const noise of [0.1, 0.3, 0.5]) {
      const silent = spikeOverlap([telling, columnOf(0.5, 0, noise)], 3);
      expect(silent).toBeLessThan(alone - 0.004);
      expect(silent).toBeCloseTo(spikeOverlap([telling, columnOf(0.5, 1e-9, noise)], 3), 6);
    }
    // Louder than the signal columns' outlier, they hide it: 1 + c lambda share = 1.8 here.
    for (const noise of [1.79, 1.81, 5]) {
      expect(spikeOverlap([telling, columnOf(0.5, 0, noise)], 3)).toBe(0);
      expect(spikeOverlap([telling, columnOf(0.5, 1e-9, noise)], 3)).toBe(0);
    }
    // A few very loud columns take the top directions also where T is less than p.
    expect(spikeOverlap([columnOf(0.9, 10, 0.1), columnOf(0.1, 0, 100)], 0.5)).toBe(0);
    expect(spikeOverlap([telling, columnOf(0, 0, 5)], 3)).toBe(alone);
    expect(spikeOverlap([telling, columnOf(0, 1, 5)], 3)).toBe(alone);
    expect(spikeOverlap([telling, columnOf(0.5, 0, 0.3)], 3)).toBeCloseTo(
      // One class of half the signal: c and lambda enter F as a product, and all columns are noise alike.
      spikeOverlap([columnOf(1, 0.5, 0.3)], 3),
      12,
    );
  });

  it("has nothing to find without columns or signal, and everything without noise rows", () => {
    expect(spikeOverlap([], 1)).toBe(0);
    expect(spikeOverlap([columnOf(1, 0, 1)], 1)).toBe(0);
    expect(spikeOverlap([columnOf(1, 1, 1)], Infinity)).toBe(1);
  });
});
