import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frames, framesAtAngles, shape } from "../../proofs-checks/arbitraries/frames.js";
import { lowRank, singularValues, taskMatrix } from "../../proofs-checks/arbitraries/matrices.js";
import { exponent, scale } from "../../proofs-checks/arbitraries/numbers.js";
import { smallProblem } from "../../proofs-checks/arbitraries/problems.js";
import { attacked } from "../../proofs-checks/arbitraries/vectors.js";
import { orthonormalityError, smallSvd } from "../../src/numerics/small.js";
import { lqNorm } from "../../src/training/lqNorm.js";

/** As many as a lemma draws by default: an edge that is hit here is hit by a run of the checks. */
const SAMPLES = { numRuns: 300, seed: 1 };

function share<T>(arbitrary: fc.Arbitrary<T>, edge: (value: T) => boolean): number {
  return fc.sample(arbitrary, SAMPLES).filter(edge).length / SAMPLES.numRuns;
}

/** What shrinking leaves of examples that anything refutes, from several beginnings. */
function smallest<T>(arbitrary: fc.Arbitrary<T>): T[] {
  const property = fc.property(arbitrary, () => false);
  return [1, 2, 3, 4, 5, 6].map((seed) => (fc.check(property, { seed }).counterexample as [T])[0]);
}

/** |cos| of the angle between the columns i and j of a matrix with two rows or more. */
function cosine(m: { rows: number; cols: number; data: Float64Array }, i: number, j: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let row = 0; row < m.rows; row++) {
    const [a, b] = [m.data[row * m.cols + i]!, m.data[row * m.cols + j]!];
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return Math.abs(ab) / Math.sqrt(aa * bb);
}

describe("arbitraries are biased to the edges", () => {
  it.each<[string, number]>([
    ["r = 1", share(shape(6), ({ r, p }) => r === 1 && p > 1)],
    ["r = p", share(shape(6), ({ r, p }) => r === p && p > 1)],
    ["T = r", share(smallProblem, ({ tasks, rank }) => tasks === rank)],
    ["r = p in problems", share(smallProblem, ({ dimension, rank }) => dimension === rank)],
    ["eps at the kink", share(attacked, ({ muhat, q, eps }) => eps > 0 && eps === lqNorm(muhat, q))],
    [
      "eps beside the kink",
      share(attacked, ({ muhat, q, eps }) => {
        const gap = Math.abs(eps / lqNorm(muhat, q) - 1);
        return gap > 0 && gap < 1e-8;
      }),
    ],
    [
      "equal singular values",
      share(singularValues(3), (sigma) => sigma[0] === sigma[1] || sigma[1] === sigma[2]),
    ],
    ["tiny units", share(scale, (unit) => unit === 1e-100)],
    ["huge units", share(scale, (unit) => unit === 1e100)],
    ["q near 1", share(exponent, (q) => q > 1 && q <= 1.01)],
    ["q near infinity", share(exponent, (q) => q >= 100 && q < Infinity)],
    ["q = infinity", share(exponent, (q) => q === Infinity)],
    ["nearly collinear tasks", share(taskMatrix(2, 2), (a) => 1 - cosine(a, 0, 1) < 1e-3)],
    ["an angle 0", share(framesAtAngles, ({ angles }) => angles.includes(0))],
    ["an angle pi/2", share(framesAtAngles, ({ angles }) => angles.includes(Math.PI / 2))],
  ])("%s", (_, hit) => {
    expect(hit).toBeGreaterThan(0.015);
  });
});

describe("arbitraries are valid by construction", () => {
  it("frames are orthonormal and exact ranks are exact", () => {
    for (const pair of fc.sample(frames(6, 2), SAMPLES)) {
      for (const frame of pair) expect(orthonormalityError(frame)).toBeLessThan(1e-14);
    }
    for (const { signal, sigma } of fc.sample(lowRank(5, 4, 2), SAMPLES)) {
      const values = smallSvd(signal).values;
      expect(values[1]! / sigma[1]! - 1).toBeCloseTo(0, 10);
      expect(values[2]!).toBeLessThan(1e-14 * sigma[0]!);
    }
  });

  it("every counterexample shrinks to something small: zeros, axes, ones, no angle", () => {
    for (const { muhat } of smallest(attacked)) expect([...muhat]).toEqual([0]);
    for (const q of smallest(exponent)) expect(q).toBe(1);
    for (const unit of smallest(scale)) expect(unit).toBe(1);
    for (const sigma of smallest(singularValues(3))) expect(sigma).toEqual([1, 1, 1]);
    for (const { angles, b } of smallest(framesAtAngles)) {
      expect(angles).toEqual([0]);
      expect([...b.data]).toEqual([1, 0]);
    }
    for (const problem of smallest(smallProblem)) {
      expect(problem).toMatchObject({ rank: 1, dimension: 1, tasks: 1, labeled: 1 });
    }
  });
});
