import { expect, test } from "vitest";
import { fromRows, type Matrix } from "../../../src/numerics/matrix.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { gainingHeads } from "../../../src/training/joint/gainingHeads.js";
import type { MarginObjective } from "../../../src/training/joint/marginObjective.js";

const frame = fromRows([[0.6, 0.8, 0]]);
const tasks = [[5, 0, 0], [0, 5, 0], [0, 0, 1], [1, 0, 0]].map((mean) => equalWeights(fromRows([mean]))); // biome-ignore format: one line

/** Hands out these heads for the frame that it was asked for last. */
function objectiveOf(heads: readonly number[][], solved: boolean): MarginObjective & { asked: Matrix[] } {
  const asked: Matrix[] = [];
  return {
    asked,
    evaluate: (at) => {
      asked.push(at);
      return { value: 0, gradient: at };
    },
    heads: () => heads.map((head) => Float64Array.from(head)),
    solved: () => solved,
  };
}

test("heads that gain under the exact attack are kept, others are rows of zeros, and the gains add up", () => {
  // <w, W^T mu> - (lambda/2) w^2 - eps |w|: 3 w, 4 w, 0 and 0.6 w, less 0.5 |w| and w^2/2.
  const joint = { loss: marginLoss("linear"), radius: 0.5, dual: 2, regularization: { kind: "ridge", lambda: 1 } } as const; // biome-ignore format: one line
  const objective = objectiveOf([[1], [-1], [0], [0.5]], true);
  const found = gainingHeads(tasks, { norm: 2, radius: 0.5 }, joint, objective, frame);
  expect(objective.asked).toEqual([frame]);
  expect([...found.heads.data]).toEqual([1, 0, 0, 0]);
  expect([found.heads.rows, found.heads.cols]).toEqual([4, 1]);
  // Task 2 would lose 4 + 0.5 + 0.5, task 4 would lose 0.25 + 0.125 - 0.3.
  expect(found.value).toBeCloseTo(3 - 0.5 - 0.5, 14);
  expect(found.solved).toBe(true);
});

test("a head that gains nothing is none, however long", () => {
  const joint = { loss: marginLoss("linear"), radius: 0, dual: 2, regularization: { kind: "ball" } } as const;
  const objective = objectiveOf([[0.5], [0.25], [1], [1]], false);
  const found = gainingHeads(tasks, { norm: 2, radius: 0 }, joint, objective, frame);
  expect([...found.heads.data]).toEqual([0.5, 0.25, 0, 1]);
  expect(found.value).toBeCloseTo(1.5 + 1 + 0.6, 14);
  expect(found.solved).toBe(false);
});
