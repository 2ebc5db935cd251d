import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, zeros } from "../../../src/numerics/matrix.js";
import { splitFrame } from "../../../src/training/joint/splitFrame.js";
import { maxDifference } from "../../helpers/matrices.js";

/** The frame of the first r axes of R^5. */
const axes = (r: number): Matrix => {
  const frame = zeros(r, 5);
  for (let i = 0; i < r; i++) frame.data[i * 5 + i] = 1;
  return frame;
};

describe("splitFrame", () => {
  test("heads along one direction of the frame use that one; the free one goes to the waiting task that wants most", () => {
    const heads = fromRows([[3, 4], [-6, -8], [0, 0], [0, 0]]); // biome-ignore format: rows
    const wanted = fromRows([
      [5, 0, 0, 0, 9],
      [5, 0, 0, 9, 0],
      [0, 0, 2, 0, 0],
      [0.6, 0.8, 0, 3, 0],
    ]);
    const { used, filled, activeTasks } = splitFrame(axes(2), heads, wanted);
    expect(activeTasks).toBe(2);
    expect([used.rows, filled.rows]).toEqual([1, 2]);
    expect(Math.abs(used.data[0]! * 0.6 + used.data[1]! * 0.8)).toBeCloseTo(1, 14);
    // Task 4 is longer than task 3; only what the used direction leaves of its wish is new.
    expect(maxDifference({ ...filled, rows: 1, data: filled.data.slice(0, 5) }, used)).toBeLessThan(1e-14);
    expect([...filled.data.slice(5)].map(Math.abs)).toEqual(
      [0, 0, 0, 1, 0].map((x) => expect.closeTo(x, 14)),
    );
  });

  test("with more room the next task follows", () => {
    const heads = fromRows([[1, 0, 0], [0, 0, 0], [0, 0, 0]]); // biome-ignore format: rows
    const wanted = fromRows([[1, 0, 0, 0, 0], [0, 0, 0, 0, 2], [0, 0, 0, 3, 0]]); // biome-ignore format: rows
    const { filled } = splitFrame(axes(3), heads, wanted);
    expect([...filled.data].map(Math.abs)).toEqual(
      [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1].map((x) => expect.closeTo(x, 14)),
    );
  });

  test("tasks with a head get nothing more, whatever they want", () => {
    const heads = fromRows([[1, 0], [2, 0]]); // biome-ignore format: rows
    const wanted = fromRows([[1, 0, 7, 0, 0], [2, 0, 0, 7, 0]]); // biome-ignore format: rows
    const { used, filled, activeTasks } = splitFrame(axes(2), heads, wanted);
    expect(activeTasks).toBe(2);
    expect(used.rows).toBe(1);
    expect(filled).toBe(used);
  });

  test("a wish of nothing, or of what is there already, adds no direction", () => {
    const heads = fromRows([[1, 0], [0, 0], [0, 0]]); // biome-ignore format: rows
    const wanted = fromRows([[1, 0, 0, 0, 0], [0, 0, 0, 0, 0], [-4, 1e-9, 0, 0, 0]]); // biome-ignore format: rows
    const { used, filled } = splitFrame(axes(2), heads, wanted);
    expect(used.rows).toBe(1);
    expect(filled).toBe(used);
  });

  test("a wish that is nearly there adds what is left of it, orthogonal to rounding", () => {
    const heads = fromRows([[1, 1], [0, 0]]); // biome-ignore format: rows
    const wanted = fromRows([[1, 1, 0, 0, 0], [1, 1, 1e-6, 0, 0]]); // biome-ignore format: rows
    const { filled } = splitFrame(axes(2), heads, wanted);
    expect(filled.rows).toBe(2);
    expect(Math.abs(filled.data[7]!)).toBeCloseTo(1, 14);
    expect(Math.abs(filled.data[0]! * filled.data[5]! + filled.data[1]! * filled.data[6]!)).toBeLessThan(
      1e-15,
    );
    // The used direction is left as it is: what is added has nothing of it.
    expect(Math.abs(filled.data[2]!)).toBeLessThan(1e-15);
  });

  test("no head at all: nothing is used, every direction is free", () => {
    const { used, filled, activeTasks } = splitFrame(axes(2), zeros(3, 2), fromRows([[0, 0, 0, 0, 1], [0, 0, 0, 2, 0], [0, 0, 3, 0, 0]])); // biome-ignore format: one line
    expect([used.rows, activeTasks]).toEqual([0, 0]);
    expect([...filled.data].map(Math.abs)).toEqual(
      [0, 0, 1, 0, 0, 0, 0, 0, 1, 0].map((x) => expect.closeTo(x, 14)),
    );
  });
});
