import { describe, expect, it } from "vitest";
import { radiusBetweenGroups } from "../../../src/theory/bounds/assumptions.js";
import { trainingMeanLaw } from "../../../src/training/problemLaw.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({
  dimension: 80,
  labeled: 5,
  noise: { sd: 0.5 },
  signal: [
    { share: 0.25, norm: 1 },
    { share: 0.25, norm: 6 },
    { share: 0, norm: 50 },
    { share: 0.25, norm: 3 },
    { share: 0, norm: 5 },
    { share: 0.25, norm: 6 },
  ],
});
// sigma^2 p / n = 4.
const [weak, strong] = [Math.sqrt(9 + 4), Math.sqrt(36 + 4)];
const at = (radius: number, changed = problem): ReturnType<typeof radiusBetweenGroups> =>
  radiusBetweenGroups(changed, methodOf({ attack: { norm: 2, radius } }));

describe("an l2 radius between the groups", () => {
  it("lies between the root mean square lengths of the means of the two largest norms that have tasks", () => {
    expect(at(0.9999 * weak).holds).toBe(false);
    expect(at(1.0001 * weak).holds).toBe(true);
    expect(at(0.9999 * strong).holds).toBe(true);
    expect(at(1.0001 * strong).holds).toBe(false);
    expect(at(4).found).toBe("radius 4.00, lengths 3.61 and 6.32");
  });

  it("may be the length of the weaker group itself, not that of the stronger", () => {
    expect(at(weak).holds).toBe(true);
    expect(at(strong).holds).toBe(false);
    const filter = (filterBelow: number): boolean | null =>
      radiusBetweenGroups(problem, methodOf({ attack: { norm: 2, radius: { filterBelow } } })).holds;
    expect([1, 3, 6].map(filter)).toEqual([false, true, false]);
  });

  it("does not shorten labelled means by unlabelled samples that nobody labels", () => {
    const idle = { ...problem, unlabeled: 1000 };
    expect(at(0.9 * weak, idle).holds).toBe(false);
    expect(at(4, idle).found).toBe(at(4).found);
  });

  it("is measured on the means that pseudo-labels make", () => {
    const many = { ...problem, unlabeled: 40 };
    const pseudoLabels = labelsOf({ weight: 0.3 });
    const [low, high] = [3, 6].map((norm) => {
      const { signalFactor, noiseVariance } = trainingMeanLaw(many, pseudoLabels, norm);
      return Math.sqrt(signalFactor ** 2 * norm ** 2 + 80 * noiseVariance);
    }) as [number, number];
    const holds = (radius: number): boolean | null =>
      radiusBetweenGroups(many, methodOf({ attack: { norm: 2, radius }, pseudoLabels })).holds;
    expect(low).toBeLessThan(0.95 * weak);
    expect([0.9999 * low, 1.0001 * low, 0.9999 * high, 1.0001 * high].map(holds)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("does not exist with one norm: no radius lies between", () => {
    const one = problemOf({
      signal: [
        { share: 0.5, norm: 2 },
        { share: 0.5, norm: 2 },
      ],
    });
    for (const radius of [0.1, 1, 2.6, 5]) expect(at(radius, one).holds).toBe(false);
    expect(at(1, one).found).toContain("lengths 0.00 and 2.65");
  });

  it("fails without an l2 attack", () => {
    for (const method of [methodOf(), methodOf({ attack: { norm: Infinity, radius: 4 } })]) {
      const { holds, found } = radiusBetweenGroups(problem, method);
      expect(holds).toBe(false);
      expect(found).toMatch(/^no /);
    }
  });
});
