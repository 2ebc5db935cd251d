import { expect, test } from "vitest";
import { deepCost } from "../../../src/deep/study/deepCost.js";
import { resolveDeepStudy } from "../../../src/deep/study/resolveDeepStudy.js";

const { cells } = resolveDeepStudy(
  {
    kind: "deep",
    data: { from: "teacher", dimension: 10, tasks: 4 },
    training: { network: { kind: "mlp", hidden: [5] }, batch: 8, steps: 300, fewSteps: 100 },
    methods: [
      { name: "few" },
      { name: "all", labels: "all" },
      { name: "longer", labels: "all", stepsFactor: 4 },
      { name: "attacked", attack: { norm: 2, radius: 1, steps: 3 } },
      { name: "semi", pseudoLabels: true },
      { name: "twice", pseudoLabels: { rounds: 2 } },
    ],
  },
  "wasm",
);
const costOf = (name: string): number =>
  deepCost(cells.find(({ problem }) => problem.arm.name === name)!.problem);

test("the cost of an arm is that of its forward and backward passes, and of an evaluation that untrained arms have too", () => {
  // A pass is 10 x 5 and 5 more products for each of 4 x 8 samples; a step is three passes, or three more for each step of the attack.
  const pass = 4 * 8 * (10 * 5 + 5);
  const evaluation = 20 * pass;
  expect(costOf("random")).toBe(evaluation);
  expect(costOf("raw")).toBe(evaluation);
  const steps = (name: string): number => (costOf(name) - evaluation) / (3 * pass);
  expect(steps("few")).toBe(100);
  expect(steps("all")).toBe(300);
  expect(steps("longer")).toBe(1200);
  expect(steps("attacked")).toBe(400);
  expect(steps("semi")).toBe(300 + 100);
  expect(steps("twice")).toBe(300 + 100 + 300);
});
