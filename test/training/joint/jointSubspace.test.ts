import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { fromRows, type Matrix, rowView, zeros } from "../../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { randomStarts } from "../../../src/training/joint/randomStarts.js";
import { problemOf } from "../../helpers/problems.js";
import { jointValue, perTaskStart, powerMethod, relativeSlope } from "./oracles.js";

/** Means of a problem with mixed signals, above its phase transition. */
function meansOf(p: number, tasks: number, r: number, replication = 0): Matrix {
  const signal = [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ];
  const problem = problemOf({ dimension: p, tasks, rank: r, labeled: 20, signal });
  return drawReplication(problem, 11, replication, "auto").labeledMeans;
}

function padded(means: Matrix, zerosBehind: number): Matrix {
  const result = zeros(means.rows, means.cols + zerosBehind);
  for (let t = 0; t < means.rows; t++) rowView(result, t).set(rowView(means, t));
  return result;
}

const twice = (means: Matrix): Matrix => ({
  rows: 2 * means.rows,
  cols: means.cols,
  data: Float64Array.from([...means.data, ...means.data]),
});

/** Wide (p > T, solved in the span of the means first), square and tall problems. */
const SHAPES = [
  [40, 25, 3],
  [25, 25, 2],
  [12, 60, 3],
  [200, 30, 1],
] as const;

describe("jointSubspace", () => {
  test.each(SHAPES)("p = %i, T = %i, r = %i: the power method's limit from the same start", (p, tasks, r) => {
    const means = meansOf(p, tasks, r);
    for (const radius of [0, 1.3]) {
      const found = jointSubspace(means, r, radius);
      const { w, values } = powerMethod(means, perTaskStart(means, r, radius), radius, 3000);
      expect(found.converged).toBe(true);
      expect(Math.abs(found.value / values[3000]! - 1)).toBeLessThan(1e-12);
      expect(sinThetaSquared(w, found.basis)).toBeLessThan(1e-14);
      // The oracle is the method that it is said to be: it never descends, and it did move.
      values.slice(1).forEach((value, i) => {
        expect(value).toBeGreaterThan(values[i]! * (1 - 1e-14));
      });
      expect(values[3000]!).toBeGreaterThan(values[0]! * (1 + 1e-6));
    }
  });

  test.each(SHAPES)(
    "p = %i, T = %i, r = %i: value, heads and slope are those of the basis",
    (p, tasks, r) => {
      const means = meansOf(p, tasks, r, 1);
      for (const radius of [0, 1, 1.6]) {
        const { basis, value, activeTasks, relativeGradient } = jointSubspace(means, r, radius);
        expect([basis.rows, basis.cols]).toEqual([p, r]);
        expect(orthonormalityError(basis)).toBeLessThan(1e-14);
        expect(Math.abs(value / jointValue(means, basis, radius) - 1)).toBeLessThan(1e-13);
        expect(relativeSlope(means, basis, radius)).toBeLessThan(1e-10);
        expect(relativeGradient).toBeLessThan(1e-10);
        const heads = Array.from({ length: tasks }, (_, t) =>
          jointValue({ ...means, rows: 1, data: rowView(means, t) }, basis, 0),
        );
        expect(activeTasks).toBe(heads.filter((length) => length > radius).length);
        // A task may be longer than the radius and have no head: the filter looks inside the representation.
        if (radius === 1.6) expect(activeTasks).toBeLessThan(tasks);
      }
    },
  );

  test("r = 1, p = 2: the best of a million angles", () => {
    const means = meansOf(2, 9, 1);
    for (const radius of [0, 0.8]) {
      let best = 0;
      for (let k = 0; k < 1e6; k++) {
        const angle = (Math.PI * k) / 1e6;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        let value = 0;
        for (let t = 0; t < 9; t++) {
          const inner = c * means.data[2 * t]! + s * means.data[2 * t + 1]!;
          value += Math.max(0, Math.abs(inner) - radius);
        }
        best = Math.max(best, value);
      }
      const { value } = jointSubspace(means, 1, radius);
      // The grid misses the maximum by the square of its step.
      expect(value).toBeGreaterThanOrEqual(best * (1 - 1e-14));
      expect(value / best - 1).toBeLessThan(1e-10);
    }
  });

  test("r = 2, p = 3: the best of the planes on a fine grid of normals", () => {
    const means = meansOf(3, 20, 2);
    let best = 0;
    for (let i = 0; i <= 400; i++) {
      for (let j = 0; j < 800; j++) {
        const [polar, turn] = [(Math.PI * i) / 800, (2 * Math.PI * j) / 800];
        const [x, y, z] = [
          Math.sin(polar) * Math.cos(turn),
          Math.sin(polar) * Math.sin(turn),
          Math.cos(polar),
        ];
        let value = 0;
        for (let t = 0; t < 20; t++) {
          const [a, b, c] = rowView(means, t) as unknown as [number, number, number];
          value += Math.sqrt(Math.max(0, a * a + b * b + c * c - (a * x + b * y + c * z) ** 2));
        }
        best = Math.max(best, value);
      }
    }
    const { value } = jointSubspace(means, 2, 0);
    expect(value).toBeGreaterThanOrEqual(best * (1 - 1e-14));
    expect(value / best - 1).toBeLessThan(1e-4);
  });

  test("solved in the span of the means or in all of R^p, the subspace is the same", () => {
    // 30 means in R^25 are not reduced; the same means with zeros behind are.
    const means = meansOf(25, 30, 2);
    for (const radius of [0, 1.2]) {
      const wide = jointSubspace(padded(means, 20), 2, radius);
      const tall = jointSubspace(means, 2, radius);
      expect(sinThetaSquared(wide.basis, padBasis(tall.basis, 20))).toBeLessThan(1e-17);
      expect(Math.abs(wide.value / tall.value - 1)).toBeLessThan(1e-13);
    }
  });

  test("turns with the means, and scales with them and the radius", () => {
    const means = meansOf(15, 20, 2);
    const turn = haarFrame(keyedStream(["turn"]), 15, 15);
    for (const radius of [0, 1.2]) {
      const { basis, value } = jointSubspace(means, 2, radius);
      const turned = jointSubspace(multiplyTransposeRight(means, turn), 2, radius);
      expect(sinThetaSquared(multiply(turn, basis), turned.basis)).toBeLessThan(1e-18);
      for (const c of [1e-170, 3, 1e170]) {
        const bigger = jointSubspace({ ...means, data: means.data.map((x) => c * x) }, 2, c * radius);
        expect(sinThetaSquared(basis, bigger.basis)).toBeLessThan(1e-18);
        expect(Math.abs(bigger.value / c / value - 1)).toBeLessThan(1e-13);
      }
    }
  });

  test("every task twice is the same representation at twice the value", () => {
    const means = meansOf(60, 20, 2);
    for (const radius of [0, 1.2]) {
      const once = jointSubspace(means, 2, radius);
      const both = jointSubspace(twice(means), 2, radius);
      expect(sinThetaSquared(once.basis, both.basis)).toBeLessThan(1e-18);
      expect(Math.abs(both.value / once.value - 2)).toBeLessThan(1e-12);
      expect(both.activeTasks).toBe(2 * once.activeTasks);
    }
  });

  test("tasks no longer than the radius change nothing, bit for bit", () => {
    const means = meansOf(40, 25, 2);
    const more = zeros(27, 40);
    more.data.set(means.data);
    more.data[25 * 40] = 0.9;
    rowView(more, 26)[3] = -0.9;
    expect(jointSubspace(more, 2, 0.9)).toEqual(jointSubspace(means, 2, 0.9));
    // Zero means count for nothing without an attack either.
    const withZeros = zeros(26, 40);
    withZeros.data.set(means.data, 40);
    expect(jointSubspace(withZeros, 2, 0)).toEqual(jointSubspace(means, 2, 0));
  });

  test("converges above, at and below the phase transition, from any start, where many heads are near the radius or small", () => {
    for (let k = 0; k < 36; k++) {
      const [dimension, tasks] = [[15, 40, 90][k % 3]!, [10, 30][k % 2]!];
      const problem = problemOf({ dimension, tasks, rank: 1 + (k % 4), labeled: [1, 3, 10][(k >> 2) % 3]! });
      const { labeledMeans } = drawReplication(problem, 9, k, "auto");
      for (const radius of [0, 0.8, 1.5]) {
        const starts = randomStarts(keyedStream([k]), 2);
        expect(jointSubspace(labeledMeans, problem.rank, radius).converged).toBe(true);
        expect(jointSubspace(labeledMeans, problem.rank, radius, { starts }).converged).toBe(true);
      }
    }
    // Lifted from the span of the means the gradient is a little above the tolerance, and no step is to be seen in the value.
    const problem = problemOf({ dimension: 100, tasks: 80, rank: 3, labeled: 5 });
    const { labeledMeans } = drawReplication(problem, 5, 35, "auto");
    expect(jointSubspace(labeledMeans, 3, 0, { tolerance: 1e-13 }).relativeGradient).toBeLessThan(1e-12);
  });

  test("without noise it is range(B), whatever the shape", () => {
    for (const [p, tasks, sd] of [
      [30, 12, 1e-9],
      [30, 12, 1e-4],
      [8, 30, 1e-9],
    ] as const) {
      const quiet = problemOf({ dimension: p, tasks, noise: { sd } });
      const draw = drawReplication(quiet, 1, 0, "auto");
      for (const radius of [0, 0.5]) {
        const { basis, converged } = jointSubspace(draw.labeledMeans, 2, radius);
        expect(converged).toBe(true);
        expect(sinThetaSquared(draw.subspace, basis)).toBeLessThan(20 * sd * sd);
      }
    }
  });
});

function padBasis(basis: Matrix, zerosBehind: number): Matrix {
  const result = zeros(basis.rows + zerosBehind, basis.cols);
  result.data.set(basis.data);
  return result;
}

describe("jointSubspace on degenerate input", () => {
  test("all tasks filtered: no direction, value 0", () => {
    const found = jointSubspace(meansOf(20, 10, 2), 2, 100);
    expect(found).toMatchObject({ value: 0, activeTasks: 0, converged: true, relativeGradient: 0 });
    expect([found.basis.rows, found.basis.cols]).toEqual([20, 0]);
    expect(jointSubspace(zeros(3, 4), 2, 0).basis.cols).toBe(0);
    expect(jointSubspace(zeros(0, 4), 2, 0).basis.cols).toBe(0);
  });

  test("fewer tasks, or directions, than r: their span, and no column more", () => {
    const means = normalMatrix(keyedStream(["few"]), 3, 10);
    const few = jointSubspace(means, 5, 0);
    expect([few.basis.cols, few.activeTasks, few.converged]).toEqual([3, 3, true]);
    const lengths = [0, 1, 2].map((t) => Math.hypot(...rowView(means, t)));
    expect(few.value).toBeCloseTo(
      lengths.reduce((a, b) => a + b),
      12,
    );
    const flat = fromRows([1, 2, -3].map((c) => Array.from({ length: 6 }, (_, j) => c * Math.sin(j + 1))));
    expect(jointSubspace(flat, 2, 0).basis.cols).toBe(1);
    expect(jointSubspace(twice(twice(flat)), 2, 0).basis.cols).toBe(1);
  });

  test("r = p: all of R^p, every task at full length", () => {
    const means = meansOf(4, 30, 2);
    const { basis, value, activeTasks } = jointSubspace(means, 4, 0);
    expect(basis.cols).toBe(4);
    expect(activeTasks).toBe(30);
    let sum = 0;
    for (let t = 0; t < 30; t++) sum += Math.hypot(...rowView(means, t));
    expect(value).toBeCloseTo(sum, 11);
  });

  test("a task orthogonal to the start, where the objective has a kink, is not left behind", () => {
    const means = fromRows([
      [10, 0, 0],
      [0, 1, 0],
    ]);
    const { basis, value, converged } = jointSubspace(means, 1, 0);
    expect(converged).toBe(true);
    expect(value).toBeCloseTo(Math.sqrt(101), 12);
    expect(Math.abs(basis.data[1]! / basis.data[0]!)).toBeCloseTo(0.1, 8);
    // Opposite tasks on the kink do not cancel.
    const opposite = fromRows([
      [10, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
    ]);
    expect(jointSubspace(opposite, 1, 0).value).toBeCloseTo(Math.sqrt(104), 12);
    const orthogonal = fromRows([
      [3, 0, 0, 0, 0],
      [0, 2, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
    ]);
    // r = 2 of four orthogonal directions: no better pair of directions in 2000 random ones.
    const best = jointSubspace(orthogonal, 2, 0).value;
    const rng = keyedStream(["random planes"]);
    for (let k = 0; k < 2000; k++) {
      expect(jointValue(orthogonal, haarFrame(rng, 5, 2), 0)).toBeLessThan(best);
    }
  });

  test("no start has a head: the longest tasks get the directions", () => {
    // Four equal orthogonal tasks at a radius that their shares of any common direction stay below.
    const means = fromRows(
      [0, 1, 2, 3].map((t) => Array.from({ length: 8 }, (_, j) => (j === t ? 1 : 0.01))),
    );
    const { basis, value, activeTasks } = jointSubspace(means, 2, 0.99);
    expect(basis.cols).toBe(2);
    expect(activeTasks).toBe(2);
    expect(value).toBeGreaterThan(0.019);
  });

  test("one survivor in many: a basis of one column", () => {
    const means = zeros(5, 6);
    for (let t = 0; t < 5; t++) means.data[7 * t] = t === 3 ? 5 : 1;
    const found = jointSubspace(means, 2, 2);
    expect([found.basis.cols, found.activeTasks]).toEqual([1, 1]);
    expect(found.value).toBeCloseTo(3, 13);
    expect(Math.abs(found.basis.data[3]!)).toBeCloseTo(1, 13);
  });

  test("giving up early is said", () => {
    const found = jointSubspace(meansOf(40, 25, 3), 3, 0, { maxIterations: 1 });
    expect(found.converged).toBe(false);
    expect(found.relativeGradient).toBeGreaterThan(1e-10);
  });

  test("NaN, a rank beyond p and a negative radius are errors", () => {
    const means = meansOf(4, 6, 2);
    expect(() => jointSubspace({ ...means, data: means.data.with(3, Number.NaN) }, 2, 0)).toThrow("finite");
    expect(() => jointSubspace(means, 5, 0)).toThrow("r must be");
    expect(() => jointSubspace(means, 2, -1)).toThrow("radius must be");
    expect(() => jointSubspace(means, 2, Number.NaN)).toThrow("radius must be");
  });
});
