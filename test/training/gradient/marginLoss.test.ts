import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LossName, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { law } from "../../helpers/law.js";

const NAMES: readonly LossName[] = ["linear", "logistic", "squared-hinge"];
const margin = fc.double({ min: -30, max: 30, noNaN: true });

describe.each(NAMES)("%s loss", (name) => {
  const loss = marginLoss(name);

  test("the slope is the derivative", () => {
    law(margin, (m) => {
      // Central difference with step h: truncation h^2 |l'''| / 6 < 1e-11, rounding 1e-16 l / h < 1e-8 for l < 1000.
      const h = 1e-5;
      const difference = (loss.value(m + h) - loss.value(m - h)) / (2 * h);
      // At its kink the squared hinge has a second derivative that jumps: the difference is off by up to h / 2.
      expect(Math.abs(difference - loss.slope(m))).toBeLessThan(
        name === "squared-hinge" && Math.abs(m - 1) < h ? h : 1e-7,
      );
    });
  });

  test("it decreases, its slope increases by no more than the curvature between", () => {
    law(fc.tuple(margin, margin), ([a, b]) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(loss.slope(low)).toBeLessThanOrEqual(0);
      expect(loss.value(high)).toBeLessThanOrEqual(loss.value(low));
      const rise = loss.slope(high) - loss.slope(low);
      expect(rise).toBeGreaterThanOrEqual(0);
      expect(rise).toBeLessThanOrEqual(loss.curvature(low, high) * (high - low) + 1e-12);
      expect(loss.curvature(low, high)).toBe(loss.curvature(high, low));
    });
  });

  test("no smaller curvature would do: it is reached on short intervals", () => {
    law(margin, (m) => {
      fc.pre(Math.abs(m - 1) > 1e-3);
      const h = 1e-4;
      const rise = (loss.slope(m + h) - loss.slope(m - h)) / (2 * h);
      expect(loss.curvature(m - h, m + h)).toBeLessThanOrEqual(rise * (1 + 3 * h) + 1e-10);
    });
  });

  test("Fenchel and Young: l(m) + l*(-alpha) >= -alpha m, with equality at alpha = -l'(m)", () => {
    law(fc.tuple(margin, fc.double({ min: 0, max: 1, noNaN: true })), ([m, alpha]) => {
      expect(loss.value(m) + loss.conjugate(alpha) + alpha * m).toBeGreaterThanOrEqual(-1e-12);
      const own = -loss.slope(m);
      expect(Math.abs(loss.value(m) + loss.conjugate(own) + own * m)).toBeLessThan(1e-11);
    });
  });

  test("stays exact for margins of size 1e8 and beyond: no overflow, no NaN", () => {
    for (const m of [1e8, -1e8, 745, -745, 1e150, -1e150, 0, 37]) {
      for (const value of [loss.value(m), loss.slope(m), loss.curvature(m, m + 1), loss.curvature(-1e8, m)]) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
    const far = { linear: [-1e8, 1e8], logistic: [0, 1e8], "squared-hinge": [0, (1e8 + 1) ** 2] }[name];
    expect([loss.value(1e8), loss.value(-1e8)]).toEqual(far);
  });
});

test("by hand", () => {
  expect(marginLoss("logistic").value(0)).toBe(Math.LN2);
  expect(marginLoss("logistic").slope(0)).toBe(-0.5);
  expect(marginLoss("logistic").curvature(-1, 2)).toBe(0.25);
  expect(marginLoss("logistic").slope(50)).toBeCloseTo(-Math.exp(-50), 60);
  expect(marginLoss("squared-hinge").value(-1)).toBe(4);
  expect(marginLoss("squared-hinge").curvature(1, 3)).toBe(0);
  // The ends of the logistic conjugate, and beyond: no margin has a slope below -1.
  expect([0, 1, 1.5].map(marginLoss("logistic").conjugate)).toEqual([0, 0, Infinity]);
  expect([1, 0.5].map(marginLoss("linear").conjugate)).toEqual([0, Infinity]);
});
