import { expect, test } from "vitest";
import { labelBudget } from "../../../src/deep/target/labelBudget.js";

const data = {
  count: 7,
  features: 1,
  shape: [1],
  classes: 3,
  inputs: Float32Array.of(10, 11, 12, 13, 14, 15, 16),
  labels: Uint8Array.of(2, 0, 2, 1, 0, 2, 1),
};

test("a budget is the first samples of each class, in the order of the data, and nested", () => {
  const one = labelBudget(data, 1);
  expect([...one.inputs]).toEqual([10, 11, 13]);
  expect([...one.labels]).toEqual([2, 0, 1]);
  const two = labelBudget(data, 2);
  expect([...two.inputs]).toEqual([10, 11, 12, 13, 14, 16]);
  expect(two.count).toBe(6);
});

test("a class with fewer samples than the budget is named", () => {
  expect(() => labelBudget(data, 3)).toThrow(
    /target.labels must be at most 2, the target samples of class 0, received 3/,
  );
  expect(() => labelBudget(data, 0)).toThrow(/target.labels/);
});
