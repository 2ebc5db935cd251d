import { expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { requireSolved } from "../../../src/training/gradient/requireSolved.js";
import type { TaskSolution } from "../../../src/training/gradient/taskSolution.js";

const hinge = marginLoss("squared-hinge");
const solution: TaskSolution = {
  beta: Float64Array.of(1),
  value: 0.6,
  gap: 1,
  strength: 0.1,
  iterations: 2000,
  status: "iteration-limit",
};

test("what ended by itself passes, whatever its gap", () => {
  for (const status of ["converged", "filtered", "separable"] as const) {
    const ended = { ...solution, status };
    expect(requireSolved(ended, hinge, 3)).toBe(ended);
  }
});

test("what stopped early passes within a millionth of its gain, the bound included", () => {
  // From the loss 1 of beta = 0 to 0: the gain is 1.
  const near = { ...solution, value: 0, gap: 1e-6 };
  expect(requireSolved(near, hinge, 3)).toBe(near);
  expect(() => requireSolved({ ...near, value: 0.75, gap: 2.6e-7 }, hinge, 3)).toThrow("of what it gained");
  expect(() => requireSolved({ ...near, gap: 1.0001e-6 }, hinge, 3)).toThrow(
    "0.0000010001 of what it gained",
  );
});

test("beyond it is an error that names the task and the share of the gain, with a way out", () => {
  // A gap of 0.1 beside a gain of 0.4.
  let caught: unknown = null;
  try {
    requireSolved({ ...solution, gap: 0.1 }, hinge, 3);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(AdvTransferError);
  expect(caught).toMatchObject({
    code: "numerical",
    message: expect.stringMatching(
      /squared-hinge training of task 3 stopped after 2000 .* 0\.25 of what it gained/,
    ),
    hint: expect.stringMatching(/larger ridge/),
  });
});
