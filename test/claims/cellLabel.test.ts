import { expect, it } from "vitest";
import { cellLabel } from "../../src/claims/cellLabel.js";
import type { Cell } from "../../src/study/study.js";

const cell = (varied: Record<string, unknown>): Cell => ({ varied }) as Cell;

it("cells are named in the symbols of the field", () => {
  expect(cellLabel(cell({ "problem.labeled": 50, "problem.support": 4 }))).toBe("n = 50, s = 4");
  expect(cellLabel(cell({ "methods.adversarial.attack.radius": 1.6 }))).toBe("radius = 1.6");
  const signal = [
    { share: 0.5, norm: 8 },
    { share: 0.5, norm: 1 },
  ];
  expect(cellLabel(cell({ "problem.signal": signal }))).toBe("norms 8 and 1");
  expect(cellLabel(cell({ "problem.diversity": [0.5, 1] }))).toMatch(/^diversity = 0\.5/);
});

it("a cell that varies nothing is named by the one that it is compared with", () => {
  expect(cellLabel(cell({}), cell({ "problem.unlabeled": 10 }))).toBe("u = 10");
  expect(cellLabel(cell({}))).toBe("the study's problem");
});
