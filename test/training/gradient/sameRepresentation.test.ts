import { expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { rawSamples } from "../../../src/model/rawSamples.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { sourceMeans } from "../../../src/training/sourceMeans.js";
import { trainRepresentation } from "../../../src/training/trainRepresentation.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({
  dimension: 15,
  tasks: 12,
  labeled: 10,
  unlabeled: 20,
  signal: [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ],
});
const draw = drawReplication(problem, 4, 0, "auto");
const samples = rawSamples(problem, 4, 0, "auto", draw);

test("linear loss: gradients and the closed form span the same W1 to 1e-6, over q x eps x regime", () => {
  let counted = 0;
  for (const norm of [1, 1.5, 2, 3, Infinity]) {
    // About half of the tasks are filtered at level 1 (for q = Infinity fewer: columns of one coordinate each would leave the top subspace undecided).
    const half = { 1: 4.5, 1.5: 2.6, 2: 2, 3: 1.5, Infinity: 0.8 }[norm]!;
    for (const level of [0, 0.3, 0.7, 1]) {
      for (const pseudoLabels of [null, labelsOf(), labelsOf({ soft: true, weight: "optimal" })]) {
        const means = sourceMeans(problem, draw, pseudoLabels);
        for (const aggregation of ["normalized", "raw", "oracle-weights"] as const) {
          const method = methodOf({ attack: { norm, radius: level * half }, pseudoLabels, aggregation });
          const closed = trainRepresentation(problem, means, draw.norms, method);
          for (const ridge of [{}, { regularization: { ridge: 0.3 } }]) {
            const gradient = { ...method, solver: "gradient", ...ridge } as const;
            const found = trainRepresentation(problem, means, draw.norms, gradient, samples);
            expect(Math.sqrt(sinThetaSquared(closed.basis, found.basis))).toBeLessThan(1e-6);
            counted++;
          }
        }
      }
    }
  }
  expect(counted).toBe(5 * 4 * 3 * 3 * 2);
});
