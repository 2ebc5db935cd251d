import { describe, expect, it } from "vitest";
import { type LInfPrediction, lInfRepresentation } from "../../src/theory/lInfRepresentation.js";
import { spikeRepresentation } from "../../src/theory/representation.js";
import { methodOf, problemOf } from "../helpers/problems.js";

const sparse = problemOf({ dimension: 500, tasks: 200, labeled: 50, support: 8 });
const tau = 1 / Math.sqrt(50);

describe("lInfRepresentation", () => {
  it("leaves its bias when tasks are unlimited, on frames and in the limit of a large support", () => {
    for (const support of [8, 30, 200]) {
      for (const eps of [0.5 * tau, 1.2 * tau]) {
        const problem = { ...sparse, support, tasks: 1e9 };
        const { sinTheta2, bias } = lInfRepresentation(problem, methodOf({ aggregation: "raw" }), eps);
        expect(bias).toBeGreaterThan(1e-4);
        expect(Math.abs(sinTheta2 / bias - 1)).toBeLessThan(1e-3);
      }
    }
  });

  it("has a bias that grows with the radius and an error that falls with T", () => {
    let before = 0;
    for (const eps of [0.2, 0.6, 1, 1.6, 2.4]) {
      const { bias, sinTheta2 } = lInfRepresentation(sparse, methodOf(), eps * tau);
      expect(bias).toBeGreaterThan(before);
      expect(sinTheta2).toBeGreaterThan(bias);
      const more = lInfRepresentation({ ...sparse, tasks: 800 }, methodOf(), eps * tau);
      expect(more.sinTheta2).toBeLessThan(sinTheta2);
      before = bias;
    }
  });

  it("tends to standard training as the radius vanishes, by a formula of its own", () => {
    for (const support of [8, 60, 500]) {
      const problem = { ...sparse, support: support === 500 ? null : support };
      const limit = lInfRepresentation(problem, methodOf(), 1e-6 * tau);
      const standard = spikeRepresentation(problem, methodOf(), 0);
      expect(Math.abs(limit.sinTheta2 / standard.sinTheta2 - 1)).toBeLessThan(0.03);
      expect(limit.bias).toBeLessThan(2e-4);
    }
  });

  it("goes over smoothly from frames to the limit of a large support", () => {
    for (const aggregation of ["normalized", "raw"] as const) {
      for (const eps of [0.5, 1.2]) {
        const at = (support: number): number =>
          lInfRepresentation({ ...sparse, support }, methodOf({ aggregation }), eps * tau).sinTheta2;
        expect(Math.abs(at(65) / at(64) - 1)).toBeLessThan(0.08);
      }
    }
  });

  it("takes frames up to 64 rows, with the lengths' spread of the limit beyond", () => {
    const at = (support: number): LInfPrediction =>
      lInfRepresentation({ ...sparse, support }, methodOf(), 1.2 * tau);
    const [frames, limit] = [at(64), at(65)];
    expect([frames.limit, limit.limit]).toEqual([false, true]);
    expect(Math.abs(frames.lengthSpread / limit.lengthSpread - 1)).toBeLessThan(0.05);
  });

  it("has no largest angle for more than ten directions, and a right one where nobody survives", () => {
    const wide = problemOf({ dimension: 40, tasks: 60, labeled: 20, rank: 11, support: 11 });
    expect(lInfRepresentation(wide, methodOf(), 0.1).sinThetaMax).toBeNull();
    expect(lInfRepresentation(sparse, methodOf(), 50).sinThetaMax).toBe(1);
  });

  it("filters every task at a radius that no coordinate reaches", () => {
    for (const support of [8, 200]) {
      const { sinTheta2, survivingTasks } = lInfRepresentation({ ...sparse, support }, methodOf(), 50);
      expect(sinTheta2).toBe(2);
      expect(survivingTasks).toBeLessThan(1e-3);
    }
  });

  it("has the l_1 norm of evenly spread unit vectors at a vanishing radius", () => {
    const { meanL1 } = lInfRepresentation({ ...sparse, support: 60, tasks: 5000 }, methodOf(), 1e-6 * tau);
    const off =
      1 -
      1 /
        (1 +
          lInfRepresentation({ ...sparse, support: 60, tasks: 5000 }, methodOf(), 1e-6 * tau).sinTheta2 / 2);
    const even = Math.sqrt(2 / Math.PI) * (Math.sqrt(60 * (1 - off)) + Math.sqrt(440 * off));
    expect(Math.abs(meanL1 / even - 1)).toBeLessThan(0.03);
  });
});
