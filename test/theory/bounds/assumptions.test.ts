import { describe, expect, it } from "vitest";
import type { Problem, SignalGroup } from "../../../src/model/problem.js";
import {
  equalNorms,
  manySamples,
  mixedNorms,
  radiusAtNoiseLevel,
  sparseSupport,
  strongEnoughSignal,
  subGaussianNoise,
  taskDiversity,
} from "../../../src/theory/bounds/assumptions.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

type Pairs = (readonly [share: number, norm: number])[];
const groups = (...pairs: Pairs): SignalGroup[] => pairs.map(([share, norm]) => ({ share, norm }));
const withSignal = (...pairs: Pairs): Problem => problemOf({ signal: groups(...pairs) });

describe("sub-Gaussian noise", () => {
  it("is every family but heavy tails and unequal coordinates", () => {
    const holds = (family: Problem["noise"]["family"]): boolean | null =>
      subGaussianNoise(problemOf({ noise: { family } })).holds;
    expect(holds("gaussian")).toBe(true);
    expect(holds("student-t")).toBe(false);
    expect(holds("anisotropic")).toBe(false);
    expect(subGaussianNoise(problemOf()).found).toMatch(/^gaussian/);
  });
});

describe("task diversity", () => {
  it("wants a tenth of the fair share in every direction, by the mean share of the smaller of two weights", () => {
    // E[d g^2 / (d g^2 + h^2)] = sqrt(d) / (1 + sqrt(d)): a tenth of the fair half, 0.05, is at d = 1/361.
    const at = (weight: number): ReturnType<typeof taskDiversity> =>
      taskDiversity(problemOf({ diversity: [1, weight] }));
    expect(at(1.02 / 361).holds).toBe(true);
    expect(at(0.98 / 361).holds).toBe(false);
    expect(at(1 / 36).found).toContain("0.143");
    expect(at(1).found).toMatch(/0\.500 .*0\.500/);
    expect(taskDiversity(problemOf({ rank: 4 })).found).toMatch(/0\.250 .*0\.250/);
  });

  it("wants as many tasks as directions, and no more", () => {
    expect(taskDiversity(problemOf({ rank: 5, tasks: 5 })).holds).toBe(true);
    expect(taskDiversity(problemOf({ rank: 5, tasks: 4 })).holds).toBe(false);
  });
});

describe("equal norms", () => {
  it("agree to a factor of two, the two included, at any scale", () => {
    for (const scale of [0.25, 1, 8]) {
      const holds = (ratio: number): boolean | null =>
        equalNorms(withSignal([0.5, scale * ratio], [0.5, scale])).holds;
      expect(holds(2)).toBe(true);
      expect(holds(2.001)).toBe(false);
    }
  });

  it("are those of groups that have tasks", () => {
    const assumption = equalNorms(withSignal([0.5, 3], [0, 9], [0.5, 2]));
    expect(assumption.holds).toBe(true);
    expect(assumption.found).toContain("3, 2");
  });
});

describe("mixed norms", () => {
  it("want twice r tasks at the largest norm", () => {
    const holds = (tasks: number): boolean | null =>
      mixedNorms({ ...withSignal([0.25, 5], [0.75, 1]), tasks, rank: 3, diversity: [1, 1, 1] }).holds;
    expect(holds(24)).toBe(true);
    expect(holds(23)).toBe(false);
  });

  it("want a weaker group with tasks in it, and count every group of the largest norm", () => {
    expect(mixedNorms(withSignal([1, 5])).holds).toBe(false);
    expect(mixedNorms(withSignal([0.5, 5], [0.5, 5])).holds).toBe(false);
    expect(mixedNorms(withSignal([1, 5], [0, 1])).holds).toBe(false);
    expect(mixedNorms(withSignal([0, 9], [1, 1])).holds).toBe(false);
    const { holds, found } = mixedNorms({
      ...withSignal([0.125, 5], [0.125, 5], [0.5, 2], [0.25, 1], [0, 3]),
      tasks: 16,
    });
    expect(holds).toBe(true);
    expect(found).toMatch(/^25 % \D*5, \D*2, 1$/);
  });
});

describe("sparse support", () => {
  it("is below the root of p; a dense B is not sparse", () => {
    const at = (support: number | null): ReturnType<typeof sparseSupport> =>
      sparseSupport(problemOf({ dimension: 36, support }));
    expect(at(5).holds).toBe(true);
    expect(at(6).holds).toBe(false);
    expect(at(null).holds).toBe(false);
    expect(at(5).found).toBe("s = 5, p = 36");
    expect(at(null).found).toBe("s = 36, p = 36");
  });
});

describe("an l_inf radius at the noise level", () => {
  const problem = problemOf({ dimension: 50, labeled: 8, unlabeled: 24, noise: { sd: 3 } });
  const at = (radius: number, pseudoLabels = false): ReturnType<typeof radiusAtNoiseLevel> =>
    radiusAtNoiseLevel(
      problem,
      methodOf({
        attack: { norm: Infinity, radius },
        ...(pseudoLabels ? { pseudoLabels: labelsOf() } : {}),
      }),
    );

  it("is within a factor of three of sigma sqrt(2 ln p / n), n + u with pseudo-labels", () => {
    for (const [samples, labels] of [
      [8, false],
      [32, true],
    ] as const) {
      const level = 3 * Math.sqrt((2 * Math.log(50)) / samples);
      expect(at(3.001 * level, labels).holds).toBe(false);
      expect(at(3 * level, labels).holds).toBe(true);
      expect(at(level / 3, labels).holds).toBe(true);
      expect(at(level / 3.001, labels).holds).toBe(false);
      expect(at(level, labels).found).toBe(`radius ${level.toPrecision(3)}, level ${level.toPrecision(3)}`);
    }
  });

  it("fails without an l_inf attack", () => {
    for (const method of [methodOf(), methodOf({ attack: { norm: 2, radius: 3 } })]) {
      const { holds, found } = radiusAtNoiseLevel(problem, method);
      expect(holds).toBe(false);
      // Also in one dimension, where the level is 0.
      expect(radiusAtNoiseLevel({ ...problem, dimension: 1 }, method).holds).toBe(false);
      expect(found).toMatch(/^no /);
    }
  });
});

describe("a signal strong enough for pseudo-labels", () => {
  // e = Phi(-k/sigma), k = a^2 / sqrt(a^2 + sigma^2 p/n): one quarter at k = 0.6745 sigma.
  const quarter = 0.6744897501960817;
  /** The norm with margin k, from k^2 (a^2 + sigma^2 p/n) = a^4. */
  const normAt = (k: number, noise: number): number =>
    Math.sqrt((k * k + Math.sqrt(k ** 4 + 4 * k * k * noise)) / 2);

  it("has an error below one quarter in its weakest group", () => {
    const problem = problemOf({ dimension: 90, labeled: 10, noise: { sd: 2 } });
    const at = (k: number): ReturnType<typeof strongEnoughSignal> =>
      strongEnoughSignal({ ...problem, signal: groups([0.5, 50], [0.5, normAt(2 * k, 36)], [0, 0.01]) });
    expect(at(1.0001 * quarter).holds).toBe(true);
    expect(at(0.9999 * quarter).holds).toBe(false);
    expect(at(quarter).found).toContain("0.250");
    expect(at(1).found).toContain("0.159");
    expect(at(2).found).toContain("0.0228");
  });
});

describe("many samples", () => {
  it("is undecided: the paper's constant is unknown", () => {
    const { holds, found } = manySamples(problemOf({ labeled: 17, unlabeled: 4 }));
    expect(holds).toBeNull();
    expect(found).toBe("n = 17");
  });
});
