import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, rowView, transpose, zeros } from "../../../src/numerics/matrix.js";
import { multiply } from "../../../src/numerics/products.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { jointObjective } from "../../../src/training/joint/jointObjective.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { maximizeFrame } from "../../../src/training/joint/maximizeFrame.js";
import { meanSpan } from "../../../src/training/joint/meanSpan.js";

/** T means in R^p that span k directions, the longest of length 1. */
function meansIn(p: number, tasks: number, k: number): Matrix {
  const rng = keyedStream(["span", p, tasks, k]);
  const means = multiply(normalMatrix(rng, tasks, k), transpose(haarFrame(rng, p, k)));
  const longest = Math.max(...Array.from({ length: tasks }, (_, t) => Math.hypot(...rowView(means, t))));
  return { ...means, data: means.data.map((x) => x / longest) };
}

/** The dimension of the space in which joint training asks for its starts. */
function dimensionOf(means: Matrix, r: number): number {
  const asked: number[] = [];
  jointSubspace(means, r, 0, {
    maxIterations: 1,
    starts: (dimension, rank) => {
      asked.push(dimension);
      const start = zeros(rank, dimension);
      for (let i = 0; i < rank; i++) start.data[i * dimension + i] = 1;
      return [start];
    },
  });
  expect(asked).toHaveLength(1);
  return asked[0]!;
}

describe("the space in which joint training is solved", () => {
  test("is the span of the means where they are fewer than the coordinates and span more than r directions", () => {
    expect(dimensionOf(meansIn(9, 5, 5), 2)).toBe(5);
    expect(dimensionOf(meansIn(9, 5, 3), 2)).toBe(3);
    // In their own span r dependent means have but one subspace, which training in R^p leaves to find out.
    expect(dimensionOf(meansIn(9, 5, 2), 2)).toBe(9);
  });

  test("is R^p where there are as many means as coordinates, or more, however few directions they span", () => {
    expect(dimensionOf(meansIn(5, 5, 3), 2)).toBe(5);
    expect(dimensionOf(meansIn(5, 7, 3), 2)).toBe(5);
  });

  test.each([
    [180, 2],
    [181, 182],
  ])(
    "is the span for up to 60 (r + 2) tasks, whose Gram matrix costs less than it saves: %i tasks",
    (tasks, dimension) => {
      // biome-ignore format: one line
      expect(dimensionOf(meansIn(182, tasks, 2), 1)).toBe(dimension);
    },
  );
});

describe("iterations", () => {
  const start = (dimension: number): Matrix =>
    transpose(haarFrame(keyedStream(["span start"]), dimension, 2));
  const starts = (dimension: number): Matrix[] => [start(dimension)];

  test("in R^p are those of the ascent with the tolerance that is asked for", () => {
    const means = meansIn(5, 8, 5);
    for (const tolerance of [1e-2, 1e-4, 1e-6]) {
      const found = jointSubspace(means, 2, 0, { starts, tolerance });
      const direct = maximizeFrame(jointObjective(means, 0), start(5), { tolerance });
      expect(found.iterations).toBe(direct.iterations);
      expect(found.relativeGradient).toBeCloseTo(direct.relativeGradient, 12);
    }
  });

  test("in the span go on to a quarter of the tolerance, so that none is left to do in R^p", () => {
    const means = meansIn(9, 5, 5);
    const { coordinates } = meanSpan(means);
    for (const tolerance of [0.3, 0.1, 1e-2, 1e-4]) {
      const found = jointSubspace(means, 2, 0, { starts, tolerance });
      const inside = maximizeFrame(jointObjective(coordinates, 0), start(5), { tolerance: tolerance / 4 });
      expect(found.iterations).toBe(inside.iterations);
      expect(found.relativeGradient).toBeLessThanOrEqual(tolerance / 4 + 1e-12);
    }
  });

  test("what the span leaves out of nearly dependent means is found in R^p, and these iterations count too", () => {
    const means = meansIn(9, 6, 3);
    const rng = keyedStream(["left out"]);
    // Shares of 5e-6 of the lengths are below what the span sees.
    for (let t = 0; t < 6; t++) {
      const length = Math.hypot(...rowView(means, t));
      rowView(means, t).forEach((x, j, row) => { row[j] = x + 1.5e-6 * length * rng.normal(); }); // biome-ignore format: one line
    }
    const { coordinates } = meanSpan(means);
    expect(coordinates.cols).toBe(3);
    const found = jointSubspace(means, 2, 0, { starts });
    const inside = maximizeFrame(jointObjective(coordinates, 0), start(3), { tolerance: 1e-10 / 4 });
    expect(found.converged).toBe(true);
    expect(found.iterations).toBeGreaterThan(inside.iterations);
  });
});

test("starts are compared by their values: the best end is returned, and counts as 1", () => {
  // Under an attack two frames on the axes stay there: each serves its own tasks.
  const means = fromRows([[2, 0], [0, 3], [0, -3]]); // biome-ignore format: rows
  const frames = [[1, 0], [0, 1], [1, 0]].map((row) => fromRows([row])); // biome-ignore format: one line
  const found = jointSubspace(means, 1, 1, { starts: () => frames });
  expect(found.value).toBeCloseTo(4, 13);
  expect([...found.startValues]).toEqual([0.25, 1, 0.25].map((x) => expect.closeTo(x, 13)));
});
