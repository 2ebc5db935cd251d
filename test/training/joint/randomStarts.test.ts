import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { transpose } from "../../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { agreeingStarts, randomStarts } from "../../../src/training/joint/randomStarts.js";
import { problemOf } from "../../helpers/problems.js";

describe("randomStarts", () => {
  test("are frames, all different, a function of the stream", () => {
    const frames = randomStarts(keyedStream(["s"]), 3)(8, 2);
    expect(frames).toHaveLength(3);
    for (const frame of frames) {
      expect([frame.rows, frame.cols]).toEqual([2, 8]);
      expect(orthonormalityError(transpose(frame))).toBeLessThan(1e-14);
    }
    expect(frames[0]).not.toEqual(frames[1]);
    expect(randomStarts(keyedStream(["s"]), 3)(8, 2)).toEqual(frames);
    expect(() => randomStarts(keyedStream(["s"]), 0)).toThrow("count must be");
  });

  test("well above the phase transition 20 of them end in one value, that of the spectral start, on every problem", () => {
    for (let k = 0; k < 6; k++) {
      // Wide and tall, at 75 to 280 times the (n/r)^2 T/p of the transition.
      const problem = problemOf({
        dimension: k % 2 === 0 ? 24 : 40,
        tasks: 30,
        rank: 2 + (k % 2),
        labeled: 30,
      });
      const { labeledMeans } = drawReplication(problem, 5, k, "auto");
      const starts = randomStarts(keyedStream(["starts", k]), 20);
      const found = jointSubspace(labeledMeans, problem.rank, 0, { starts });
      expect(found.converged).toBe(true);
      expect(found.startValues).toHaveLength(20);
      expect(Math.max(...found.startValues)).toBe(1);
      expect(agreeingStarts(found.startValues)).toBe(20);
      const spectral = jointSubspace(labeledMeans, problem.rank, 0);
      expect(Math.abs(found.value / spectral.value - 1)).toBeLessThan(1e-12);
      expect(sinThetaSquared(spectral.basis, found.basis)).toBeLessThan(1e-14);
    }
  });

  test("where they do not agree the values say so, and the best is what is returned", () => {
    // Rank one is the combinatorial problem of the L1 principal component: half of the signs of a random start are wrong.
    const problem = problemOf({ dimension: 30, tasks: 25, rank: 1, labeled: 3 });
    const { labeledMeans } = drawReplication(problem, 5, 0, "auto");
    const starts = randomStarts(keyedStream(["noise"]), 20);
    const found = jointSubspace(labeledMeans, 1, 0, { starts });
    expect(found.converged).toBe(true);
    expect(agreeingStarts(found.startValues)).toBeLessThan(15);
    expect(Math.max(...found.startValues)).toBe(1);
    const alone = found.startValues.indexOf(1);
    const frames = randomStarts(keyedStream(["noise"]), 20);
    const one = jointSubspace(labeledMeans, 1, 0, { starts: (d, r) => [frames(d, r)[alone]!] });
    expect(one.value).toBe(found.value);
    expect(agreeingStarts(Float64Array.of(1, 1 - 1e-9, 1 - 1e-7))).toBe(2);
  });
});
