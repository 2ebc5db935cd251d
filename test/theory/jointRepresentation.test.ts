import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/model/problem.js";
import { normalCdf } from "../../src/numerics/special/normal.js";
import { jointRepresentation } from "../../src/theory/jointRepresentation.js";
import { predict } from "../../src/theory/predict.js";
import { spikeRepresentation } from "../../src/theory/representation.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

const JOINT = methodOf({ aggregation: "joint" });
const isotropic = (r: number): number[] => new Array<number>(r).fill(1);
const joint = (problem: Problem, eps: number = 0): number =>
  jointRepresentation(problem, JOINT, eps).sinTheta2;

/**
 * p, T, r, n, sd, groups, eps, then the mean of ||sin Theta||_F^2 over 40 replications and its standard error, by a program of its own in another language:
 * the generalised power method, tasks active while ||W^T muhat|| > eps, from the top singular vectors of the normalised means longer than eps.
 */
const SIMULATED: readonly [
  number,
  number,
  number,
  number,
  number,
  [number, number][],
  number,
  number,
  number,
][] = [
  [
    300,
    600,
    3,
    60,
    1,
    [
      [0.3, 4],
      [0.7, 1],
    ],
    0,
    0.02081,
    0.00015,
  ],
  [100, 100, 2, 20, 1, [[1, 1]], 0, 0.19494, 0.00241],
  [200, 100, 2, 20, 1, [[1, 1.5]], 0, 0.1637, 0.0016],
  [
    400,
    100,
    2,
    40,
    1,
    [
      [0.5, 2],
      [0.5, 1],
    ],
    0,
    0.16467,
    0.00129,
  ],
  [100, 400, 1, 10, 1, [[1, 1]], 0, 0.02418, 0.00054],
  [
    400,
    100,
    2,
    40,
    1,
    [
      [0.5, 2],
      [0.5, 1],
    ],
    1.2,
    0.18285,
    0.00151,
  ],
  [100, 800, 2, 20, 1.5, [[1, 1]], 0.8, 0.07464, 0.00139],
];

describe("jointRepresentation", () => {
  it.each(SIMULATED)(
    "predicts simulated joint training, p = %d, T = %d, r = %d",
    (p, tasks, r, n, sd, groups, eps, mean, error) => {
      const problem = problemOf({
        dimension: p,
        tasks,
        rank: r,
        diversity: isotropic(r),
        labeled: n,
        noise: { sd },
        signal: groups.map(([share, norm]) => ({ share, norm })),
      });
      // 1.5 % for what is of order 1/T and five standard errors of the simulation: false alarm below 1e-6.
      expect(Math.abs(joint(problem, eps) - mean)).toBeLessThan(0.015 * mean + 5 * error);
    },
  );

  it("is per-task training when noise is small: both are 1 / (1 + odds) with the same odds", () => {
    const problem = problemOf({ dimension: 200, tasks: 100, labeled: 1e6 });
    const perTask = spikeRepresentation(problem, methodOf(), 0).sinTheta2;
    expect(Math.abs(joint(problem) / perTask - 1)).toBeLessThan(1e-3);
  });

  it("stays in [0, r] with finite metrics, and falls with tasks and labels", () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, fc.integer({ min: 1, max: 6 }), (a, b, c, d, r) => {
        const problem = problemOf({
          dimension: Math.round(20 * 100 ** a),
          tasks: Math.round(60 * 50 ** b),
          labeled: Math.round(2 * 1000 ** c),
          rank: r,
          diversity: isotropic(r),
          signal: [
            { share: 0.5, norm: 0.3 + 3 * d },
            { share: 0.5, norm: 1 },
          ],
        });
        const here = joint(problem);
        expect(here >= 0 && here <= r).toBe(true);
        const slack = 1e-6 * r;
        expect(joint({ ...problem, tasks: 2 * problem.tasks })).toBeLessThanOrEqual(here + slack);
        expect(joint({ ...problem, labeled: 2 * problem.labeled })).toBeLessThanOrEqual(here + slack);
        for (const value of Object.values(predict(problem, JOINT).metrics)) {
          if (value !== null) expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("filters a group of heads that an attack lies beyond: the other group alone is left", () => {
    const groups = [
      { share: 0.25, norm: 4 },
      { share: 0.75, norm: 0.5 },
    ];
    const problem = problemOf({ dimension: 200, tasks: 400, labeled: 100, signal: groups });
    const strong = { ...problem, tasks: 100, signal: [{ share: 1, norm: 4 }] };
    const { sinTheta2, survivingTasks, cut } = jointRepresentation(problem, JOINT, 2);
    expect(sinTheta2 / joint(strong)).toBeCloseTo(1, 6);
    expect(survivingTasks).toBeCloseTo(100, 6);
    expect(cut).toBeLessThan(1e-6);
    const beyond = jointRepresentation(problem, JOINT, 8);
    expect([beyond.sinTheta2, beyond.converged]).toEqual([2, true]);
    expect(beyond.survivingTasks).toBeLessThan(1e-6);
    const few = problemOf({ dimension: 200, tasks: 100, labeled: 20 });
    const { sinTheta2: left, survivingTasks: rare } = jointRepresentation(few, JOINT, 1.9);
    expect([left, rare > 0, rare < 1]).toEqual([2, true, true]);
  });

  it("keeps a task while its own pull carries its head over the radius: C ||a|| + V (p - r) / s", () => {
    // So little noise in so many coordinates that every head has the same length.
    const [p, tasks, labeled] = [4e6, 400, 1e5];
    const problem = problemOf({ dimension: p, tasks, labeled, signal: [{ share: 1, norm: 1 }] });
    const signal = tasks / 2;
    const s = Math.sqrt(signal ** 2 + ((p - 2) * tasks) / (2 * labeled));
    const edge = signal / s + (p - 2) / labeled / s;
    expect(jointRepresentation(problem, JOINT, 0.98 * edge).survivingTasks).toBeCloseTo(tasks, 6);
    expect(jointRepresentation(problem, JOINT, 1.02 * edge).survivingTasks).toBeLessThan(1);
  });

  it.each([0, 0.3, 0.5, 0.7])(
    "solves C = M/S, M = T |a| E<a/|a|, f>, S^2 = M^2 + (p - 1) T V P(f != 0) in closed form for r = 1, eps = %d",
    (eps) => {
      const [p, tasks, labeled, norm] = [50, 100, 10, 1];
      const sd = Math.sqrt(1 / labeled);
      let [cosine, pull, alive, before] = [1, 0, 1, 2];
      for (let step = 0; Math.abs(cosine - before) > 1e-15 && step < 1000; step++) {
        const radius = Math.max(0, eps - pull);
        const right = normalCdf((cosine * norm - radius) / sd);
        const left = normalCdf((-cosine * norm - radius) / sd);
        alive = right + left;
        const m = tasks * norm * (right - left);
        const s = Math.sqrt(m * m + (p - 1) * tasks * sd * sd * alive);
        [cosine, pull, before] = [m / s, (sd * sd * (p - 1)) / s, cosine];
      }
      const problem = problemOf({ dimension: p, tasks, labeled, rank: 1, signal: [{ share: 1, norm }] });
      const { sinTheta2, survivingTasks, cut, converged } = jointRepresentation(problem, JOINT, eps);
      expect(sinTheta2).toBeCloseTo(1 - cosine ** 2, 8);
      expect(survivingTasks / tasks).toBeCloseTo(alive, 7);
      expect(cut).toBeCloseTo(4 * (1 - alive), 6);
      expect(converged).toBe(true);
    },
  );

  it("learns from T = (pi/2) (p - 1) V^2 / |a|^4 tasks on for r = 1, and its fixed point is found just above", () => {
    // T = 1570.8.
    const [p, labeled] = [100_001, 10];
    const at = (tasks: number): Problem => problemOf({ dimension: p, tasks, labeled, rank: 1 });
    expect(joint(at(1570))).toBeCloseTo(1, 12);
    for (const tasks of [1571, 1573, 1600]) {
      const { sinTheta2, converged } = jointRepresentation(at(tasks), JOINT, 0);
      const cosine = Math.sqrt(1 - sinTheta2);
      const m = tasks * (2 * normalCdf(cosine * Math.sqrt(labeled)) - 1);
      expect(m / Math.hypot(m, Math.sqrt(((p - 1) * tasks) / labeled)) / cosine).toBeCloseTo(1, 7);
      expect([converged, sinTheta2 < 1]).toEqual([true, true]);
    }
  });

  it("says so where an attack leaves no fixed point that the iteration settles on", () => {
    const problem = problemOf({ dimension: 200, tasks: 100, labeled: 20, rank: 3 });
    expect(jointRepresentation(problem, JOINT, 1.4).converged).toBe(false);
  });

  it.each([2, 3])(
    "spreads its directions' odds by 1 +- d, d^2 = 2 (r - 1) kappa / T, kappa = 4 E|a|^2 / (E|a|)^2 - 3 without noise, r = %d",
    (r) => {
      const tasks = 80;
      const signal = [
        { share: 0.25, norm: 3 },
        { share: 0.75, norm: 1 },
      ];
      const problem = problemOf({ dimension: 20, tasks, labeled: 1e6, rank: r, signal });
      const [low, typical, high] = jointRepresentation(problem, JOINT, 0).overlaps.map(
        ({ cos2 }) => cos2 / (1 - cos2),
      );
      const kappa = (4 * (0.25 * 9 + 0.75)) / (0.25 * 3 + 0.75) ** 2 - 3;
      const d = Math.sqrt((2 * (r - 1) * kappa) / tasks);
      expect(high! / typical!).toBeCloseTo(1 + d, 3);
      expect(low! / typical!).toBeCloseTo(1 - d, 3);
    },
  );

  it("has the largest angle of its mean plus a Gaussian matrix: odds / (1 + odds)^2 sqrt(r kappa / ((r + 2) T)) and noise / sqrt(p - r)", () => {
    const [p, tasks, r] = [20, 60, 2];
    const problem = problemOf({ dimension: p, tasks, labeled: 10, rank: r });
    const { overlaps, sinTheta2, sinThetaMax } = jointRepresentation(problem, JOINT, 0);
    const [, odds, high] = overlaps.map(({ cos2 }) => cos2 / (1 - cos2));
    const kappa = ((high! / odds! - 1) ** 2 * tasks) / (2 * (r - 1));
    const spread = (odds! / (1 + odds!) ** 2) * Math.sqrt((r * kappa) / ((r + 2) * tasks));
    const scale = Math.hypot(spread, sinTheta2 / r / Math.sqrt(p - r));
    // sqrt(pi/2) is the mean largest eigenvalue at r = 2; it is tabulated to four digits.
    expect(sinThetaMax).toBeCloseTo(Math.sqrt(sinTheta2 / r + Math.sqrt(Math.PI / 2) * scale), 4);
  });

  it("learns from as many tasks as directions, and nothing, with a right angle, where an attack leaves fewer", () => {
    expect(joint(problemOf({ dimension: 20, tasks: 2, labeled: 1e6 }))).toBeLessThan(1e-3);
    for (const eps of [1.9, 1e4]) {
      const few = jointRepresentation(problemOf({ dimension: 200, tasks: 100, labeled: 20 }), JOINT, eps);
      expect([few.sinTheta2, few.sinThetaMax]).toEqual([2, 1]);
      if (eps > 10) expect([few.survivingTasks, few.cut]).toEqual([0, 0]);
    }
    const whole = jointRepresentation(problemOf({ dimension: 2 }), JOINT, 0);
    expect([whole.sinTheta2, whole.sinThetaMax, whole.converged]).toEqual([0, 0, true]);
  });

  it("is left out of predict where it does not reach, with the reason", () => {
    const problem = problemOf({ dimension: 400, tasks: 100, labeled: 40, signal: [{ share: 1, norm: 1 }] });
    const under = (radius: number, norm: number = 2): ReturnType<typeof predict> =>
      predict(problem, { ...JOINT, attack: { norm, radius } });
    expect(under(1).metrics.sinTheta2).toBeNull();
    expect(under(1).reasons.join()).toMatch(/depends on the start/);
    expect(under(0.3).metrics.sinTheta2).not.toBeNull();
    expect(under(0.3, Infinity).reasons.join()).toMatch(/l_inf/);
    expect(predict({ ...problem, diversity: [1, 2] }, JOINT).reasons.join()).toMatch(/diversity/);
    expect(
      predict({ ...problem, unlabeled: 100 }, { ...JOINT, pseudoLabels: labelsOf() }).warnings.join(),
    ).toMatch(/joint/);
    expect(predict({ ...problem, dimension: 2 }, JOINT).metrics.sinTheta2).toBe(0);
  });
});
