import { describe, expect, test } from "vitest";
import { fromRows, zeros } from "../../../src/numerics/matrix.js";
import { ascend } from "../../../src/training/joint/ascend.js";
import type { FrameObjective } from "../../../src/training/joint/frameObjective.js";
import type { SplitFrame } from "../../../src/training/joint/splitFrame.js";

const E1 = fromRows([[1, 0, 0]]);
const E12 = fromRows([[1, 0, 0], [0, 1, 0]]); // biome-ignore format: two rows
/** The sum of the squares of the frame's first entries. */
const first: FrameObjective = (frame) => {
  const gradient = zeros(frame.rows, frame.cols);
  let value = 0;
  for (let i = 0; i < frame.rows; i++) {
    const x = frame.data[i * frame.cols]!;
    value += x * x;
    gradient.data[i * frame.cols] = 2 * x;
  }
  return { value, gradient };
};
const flat: FrameObjective = (frame) => ({ value: 3, gradient: zeros(frame.rows, frame.cols) });

describe("ascend", () => {
  test("goes on from the filled frame while there is one, and counts the iterations of every round", () => {
    const filled = fromRows([[0.6, 0, 0.8], [0, 1, 0]]); // biome-ignore format: two rows
    const seen: unknown[] = [];
    const split = (frame: typeof E1): SplitFrame => {
      seen.push(frame);
      return { used: frame, filled: seen.length === 1 ? filled : frame, activeTasks: 10 + seen.length };
    };
    // A step of the power method ends on the first axis at once: one iteration a round.
    const found = ascend(first, split, fromRows([[0.6, 0.8, 0]]), {});
    expect(seen).toHaveLength(2);
    expect(found).toMatchObject({ iterations: 2, activeTasks: 12, converged: true, frame: seen[1] });
    expect(found.value).toBeCloseTo(1, 14);
    expect(found.frame.rows).toBe(2);
  });

  test("what is returned is the used part, with the value of the last round", () => {
    const split = (): SplitFrame => ({ used: E1, filled: E1, activeTasks: 4 });
    expect(ascend(flat, split, E12, {})).toEqual({
      frame: E1,
      value: 3,
      activeTasks: 4,
      relativeGradient: 0,
      converged: true,
      iterations: 0,
    });
  });

  test("rounds that never end are given up after two hundred, and said not to have converged", () => {
    let rounds = 0;
    const split = (): SplitFrame => {
      rounds++;
      return { used: E1, filled: E12, activeTasks: 1 };
    };
    expect(ascend(flat, split, E12, {})).toMatchObject({ converged: false, frame: E1 });
    expect(rounds).toBe(201);
  });
});
