import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGeometric, logAxis, logTicks, prefersLog, signedAxis } from "../../src/report/axes.js";

const positive = fc.double({ min: -9, max: 9, noNaN: true }).map((e) => 10 ** e);

describe("axes", () => {
  it("log ticks are positive, increasing, inside the range and neither crowded nor missing", () => {
    fc.assert(
      fc.property(positive, fc.double({ min: 0.02, max: 14, noNaN: true }), (low, span) => {
        const high = low * 10 ** span;
        const ticks = logTicks(low, high);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(11);
        ticks.forEach((tick, i) => {
          expect(tick).toBeGreaterThanOrEqual(low * (1 - 1e-9));
          expect(tick).toBeLessThanOrEqual(high * (1 + 1e-9));
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
        });
      }),
    );
  });

  it("one and a half decades are ticked 1-2-5", () => {
    expect(logTicks(0.9, 60)).toEqual([1, 2, 5, 10, 20, 50]);
  });

  it("a log axis holds every positive value and no tick that is not positive", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(positive, fc.constantFrom(0, -1, Number.NaN, Infinity))), (values) => {
        const axis = logAxis("y", values);
        const [low, high] = axis.range as number[];
        expect(low! < high!).toBe(true);
        for (const v of values.filter((x) => x > 0 && x < Infinity)) {
          expect(Math.log10(v)).toBeGreaterThan(low!);
          expect(Math.log10(v)).toBeLessThan(high!);
        }
        expect((axis.tickvals as number[]).every((t) => t > 0)).toBe(true);
      }),
    );
  });

  it("design values are the ticks when they are few and apart", () => {
    expect(logAxis("p", [], [50, 200, 800, 3200]).tickvals).toEqual([50, 200, 800, 3200]);
    expect(logAxis("p", [50, 3200], [50, 51, 800, 3200]).tickvals).not.toContain(51);
  });

  it("a signed axis always shows 0 strictly inside", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true })), (values) => {
        const [low, high] = signedAxis("d", values).range as number[];
        expect(low!).toBeLessThan(0);
        expect(high!).toBeGreaterThan(0);
      }),
    );
  });

  it("log is preferred from a spread of 8 on, and never with a value that is not positive", () => {
    expect(prefersLog([1, 8])).toBe(true);
    expect(prefersLog([1, 7.9])).toBe(false);
    expect(prefersLog([0, 1, 100])).toBe(false);
    expect(isGeometric([100, 200, 400])).toBe(true);
    expect(isGeometric([100, 200, 300])).toBe(false);
  });
});
