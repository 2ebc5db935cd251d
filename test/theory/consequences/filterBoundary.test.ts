import { describe, expect, it } from "vitest";
import { filterBoundary, filterGain } from "../../../src/theory/consequences/filterBoundary.js";
import { predict } from "../../../src/theory/predict.js";
import type { Attack } from "../../../src/training/method.js";
import { resolveAttack } from "../../../src/training/resolveRadius.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const standard = methodOf();
const mixed = problemOf({
  tasks: 400,
  labeled: 20,
  signal: [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ],
});

describe("filterGain", () => {
  it("is ln(error without / error with) the filter halfway in squared length between the two strongest groups", () => {
    // 16 and 4 plus p tau^2 = 1.5.
    const strong = { ...mixed, signal: [{ share: 0.3, norm: 4 }, mixed.signal[0]!, { share: 0.2, norm: 1 }] };
    const attack = { norm: 2, radius: Math.sqrt(11.5) };
    const error = (method = standard): number => predict(strong, method).metrics.sinTheta2!;
    const gain = filterGain(strong, standard)!;
    expect(gain).toBeCloseTo(Math.log(error() / error(methodOf({ attack }))), 12);
    // An attack of the method itself is replaced.
    expect(filterGain(strong, methodOf({ attack: { norm: 2, radius: 100 } }))).toBe(gain);
  });

  it("measures lengths on the means that pseudo-labels make", () => {
    const many = { ...mixed, unlabeled: 30 };
    const pseudoLabels = labelsOf({ weight: 0.5 });
    const squares = [2, 1].map((filterBelow) => {
      const attack = { norm: 2, radius: { filterBelow } };
      return resolveAttack(many, methodOf({ pseudoLabels, attack }))!.radius ** 2;
    });
    const radius = Math.sqrt((squares[0]! + squares[1]!) / 2);
    const error = (attack: Attack | null): number =>
      predict(many, methodOf({ pseudoLabels, attack })).metrics.sinTheta2!;
    const expected = Math.log(error(null) / error({ norm: 2, radius }));
    expect(filterGain(many, methodOf({ pseudoLabels }))).toBeCloseTo(expected, 12);
  });

  it("does not depend on the order of the groups, nor on groups without tasks", () => {
    const [a, b, c] = [
      { share: 0.25, norm: 1 },
      { share: 0.25, norm: 4 },
      { share: 0.5, norm: 2 },
    ] as const;
    const gain = filterGain({ ...mixed, signal: [a, b, c] }, standard)!;
    for (const signal of [
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
      [a, b, c, { share: 0, norm: 3 }, { share: 0, norm: 9 }],
    ]) {
      expect(filterGain({ ...mixed, signal }, standard)).toBeCloseTo(gain, 12);
    }
  });

  it("is null without a second group", () => {
    const one = { share: 1, norm: 1 };
    expect(filterGain({ ...mixed, signal: [one] }, standard)).toBeNull();
    expect(filterGain({ ...mixed, signal: [one, { share: 0, norm: 2 }] }, standard)).toBeNull();
    const twice = [
      { share: 0.5, norm: 1 },
      { share: 0.5, norm: 1 },
    ];
    expect(filterGain({ ...mixed, signal: twice }, standard)).toBeNull();
  });

  it("is null where nothing is predicted, and where an error vanishes: what is left there is rounding", () => {
    expect(filterGain({ ...mixed, noise: { ...mixed.noise, family: "student-t" } }, standard)).toBeNull();
    // At 20 dimensions the error is 0 without the filter, at 30 with it.
    for (const dimension of [20, 30]) {
      expect(filterGain({ ...mixed, tasks: 12, dimension, labeled: 1e18 }, standard)).toBeNull();
    }
  });
});

describe("filterBoundary", () => {
  it("lies where filtering neither helps nor hurts, with help on the strong side", () => {
    const alpha = filterBoundary(mixed, standard, "alpha", 1.1, 20)!;
    const at = (norm: number): number =>
      filterGain({ ...mixed, signal: [{ share: 0.5, norm }, mixed.signal[1]!] }, standard)!;
    expect(Math.abs(at(alpha))).toBeLessThan(1e-4);
    expect(at(0.8 * alpha)).toBeLessThan(-0.01);
    expect(at(1.3 * alpha)).toBeGreaterThan(0.01);
  });

  it("lies between too few labelled samples and enough of them", () => {
    const labeled = filterBoundary(mixed, standard, "labeled", 10, 100)!;
    const at = (n: number): number => filterGain({ ...mixed, labeled: n }, standard)!;
    expect(Math.abs(at(labeled))).toBeLessThan(1e-4);
    expect(at(Math.round(labeled / 2))).toBeLessThan(-0.01);
    expect(at(Math.round(labeled * 2))).toBeGreaterThan(0.01);
  });

  it("is null without a second group or a change of sign", () => {
    expect(
      filterBoundary({ ...mixed, signal: [{ share: 1, norm: 1 }] }, standard, "labeled", 5, 50),
    ).toBeNull();
    expect(filterBoundary(mixed, standard, "alpha", 10, 20)).toBeNull();
    expect(filterBoundary(mixed, standard, "alpha", 1.1, 1.2)).toBeNull();
    // At alpha = 1 the groups become one.
    expect(filterBoundary(mixed, standard, "alpha", 0.5, 1)).toBeNull();
  });

  it("refuses an interval that is not 0 < low < high < Infinity", () => {
    for (const [low, high] of [
      [0, 5],
      [-1, 5],
      [5, 5],
      [6, 5],
      [1, Infinity],
      [Number.NaN, 5],
      [1, Number.NaN],
    ] as const) {
      expect(() => filterBoundary(mixed, standard, "labeled", low, high)).toThrow(
        `low, high must be 0 < low < high < Infinity, received ${JSON.stringify([low, high])}`,
      );
    }
  });
});
