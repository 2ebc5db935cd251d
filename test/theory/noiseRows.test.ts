import { describe, expect, it } from "vitest";
import { overlapAmongRows, type SpikeAmongRows } from "../../src/theory/noiseRows.js";
import { spikeOverlap } from "../../src/theory/weightedSpike.js";
import { columnOf } from "../helpers/columnOf.js";

/** A direction of eigenvalue lambda + v among `on` rows on and `off` rows off the support, all of noise v. */
function alike(lambda: number, v: number, on: number, off: number, tasks: number): SpikeAmongRows {
  const classes = [columnOf(1, lambda, v)];
  return {
    own: lambda + v,
    rows: [{ count: on, value: v }],
    kappa: 1,
    off,
    classes,
    tasks,
    factor: 1,
    offOverlap: off === 0 ? 1 : spikeOverlap(classes, tasks / off, 1),
  };
}

/** (L^2 - 1/c) / (L^2 + L/c) with L = lambda / v, c = T / rows. */
function classical(lambda: number, v: number, rows: number, tasks: number): number {
  const l = lambda / v;
  const c = tasks / rows;
  return Math.max(0, (l * l - 1 / c) / (l * l + l / c));
}

describe("overlapAmongRows", () => {
  it("is the spiked model's cos^2 where all rows have the same noise, whichever of them are called off the support", () => {
    for (const [lambda, v, tasks] of [
      [1, 0.3, 50],
      [0.2, 0.1, 300],
      [5, 4, 1000],
    ] as const) {
      const expected = classical(lambda, v, 60, tasks);
      expect(expected).toBeGreaterThan(0.1);
      for (const on of [60, 50, 31])
        expect(overlapAmongRows(alike(lambda, v, on, 60 - on, tasks))).toBeCloseTo(expected, 12);
    }
  });

  it("multiplies what the support leaves by what the rows off it leave where these are as many or more", () => {
    for (const off of [30, 200]) {
      const spike = alike(1, 0.3, 30, off, 80);
      const support = overlapAmongRows({ ...spike, off: 0 });
      expect(overlapAmongRows(spike)).toBeCloseTo(support * spike.offOverlap, 12);
      expect(overlapAmongRows({ ...spike, offOverlap: 0.25 })).toBeCloseTo(support / 4, 12);
    }
  });

  it("adds up rows of different noise: 1 / (1 + m / (1 - b)), m and b sums over them, m with kappa", () => {
    const rows = [
      { count: 3, value: 0.5 },
      { count: 5, value: 0.2 },
    ];
    const spike = { ...alike(1, 1, 1, 0, 40), own: 2, rows, kappa: 1.7, factor: 1.1 };
    const own = 2.2;
    const m = (1.7 * ((3 * own * 0.5) / (own - 0.5) ** 2 + (5 * own * 0.2) / (own - 0.2) ** 2)) / spike.tasks;
    const b = (3 * (0.5 / (own - 0.5)) ** 2 + 5 * (0.2 / (own - 0.2)) ** 2) / spike.tasks;
    expect(overlapAmongRows(spike)).toBeCloseTo(1 / (1 + m / (1 - b)), 12);
  });

  it("is 0 behind a row of more noise than its eigenvalue, unless that is less than one row", () => {
    const spike = alike(1, 0.3, 60, 0, 50);
    const value = spike.own * 1.5;
    expect(overlapAmongRows({ ...spike, rows: [...spike.rows, { count: 1, value }] })).toBe(0);
    expect(overlapAmongRows({ ...spike, rows: [...spike.rows, { count: 0.99, value }] })).toBe(
      overlapAmongRows(spike),
    );
    expect(overlapAmongRows({ ...spike, rows: [{ count: 1, value: spike.own }] })).toBe(0);
  });

  it("is 0 below the phase transition, on the support, off it, and where most rows are of the support", () => {
    // b = (rows / T) (v / lambda)^2 reaches 1 at lambda = v where rows = T.
    for (const off of [0, 10, 60]) {
      const on = 60 - Math.min(off, 30);
      expect(overlapAmongRows({ ...alike(1, 1, on, off, off > on ? on : on + off), offOverlap: 0.5 })).toBe(
        0,
      );
      expect(overlapAmongRows({ ...alike(0.5, 1, on, off, on), offOverlap: 0.5 })).toBe(0);
    }
    expect(overlapAmongRows({ ...alike(1, 0.3, 40, 10, 60), classes: [columnOf(1, 1, 1.4)] })).toBe(0);
  });

  describe("where most rows are of the support", () => {
    const spike = alike(1, 0.3, 40, 15, 60);

    it("sees the columns' mean signal and noise, over those that are left, and what unequal columns change off the support", () => {
      const classes = [columnOf(0.3, 2, 0.5), columnOf(0.3, 0.4, 0.2)];
      const mean = columnOf(0.6, 1.2, 0.35);
      const offOverlap = spikeOverlap(classes, spike.tasks / 15, 1);
      const own = spike.own;
      const m = (40 * own * 0.3) / (own - 0.3) ** 2 + (15 * own * 0.35) / (own - 0.35) ** 2;
      const b = 40 * (0.3 / (own - 0.3)) ** 2 + 15 * (0.35 / (own - 0.35)) ** 2;
      const expected = offOverlap / spikeOverlap([mean], 4, 1) / (1 + m / 60 / (1 - b / 60));
      expect(overlapAmongRows({ ...spike, classes, offOverlap })).toBeCloseTo(expected, 12);
    });

    it("takes one class in two halves for what it is", () => {
      const halves = [columnOf(0.5, 1, 0.3), columnOf(0.5, 1, 0.3)];
      expect(overlapAmongRows({ ...spike, classes: halves })).toBeCloseTo(overlapAmongRows(spike), 12);
    });

    it("changes nothing for what the rows off the support cannot say, and never exceeds 1", () => {
      const silent = { ...spike, classes: [columnOf(1, 0, 0.3)], offOverlap: 0 };
      expect(overlapAmongRows(silent)).toBeCloseTo(classical(1, 0.3, 55, 60), 12);
      const sure = { ...alike(1, 1e-6, 40, 15, 1e6), classes: [columnOf(1, 1e-4, 1e-3)], offOverlap: 1 };
      expect(overlapAmongRows(sure)).toBe(1);
    });
  });
});
