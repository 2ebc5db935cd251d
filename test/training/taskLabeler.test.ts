import { expect, test } from "vitest";
import { taskLabeler } from "../../src/training/taskLabeler.js";
import { labelsOf } from "../helpers/problems.js";

test("soft labels are tanh(k s / sigma^2) with the margin k = norm^2 / h of the labelled mean; without a mean there is no label", () => {
  const soft = labelsOf({ soft: true });
  const known = { sigma: 2, labeled: 6, norm: 3 };
  expect(taskLabeler(soft, known, 4.5, 10).labelOf(0.8)).toBeCloseTo(Math.tanh((2 * 0.8) / 4), 14);
  expect(taskLabeler(soft, known, 0, 10).labelOf(0.8)).toBe(0);
});

test("pooled, the labelled samples weigh n beside the sizes of the labels", () => {
  const { labeledShareAt } = taskLabeler(labelsOf(), { sigma: 1, labeled: 6, norm: 3 }, 3, 10);
  expect(labeledShareAt(0)).toBe(1);
  expect(labeledShareAt(2)).toBe(0.75);
});
