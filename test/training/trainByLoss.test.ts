import { expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import { rawSamples } from "../../src/model/rawSamples.js";
import { fromRows } from "../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../src/numerics/principalAngles.js";
import { topRightSubspace } from "../../src/numerics/topSubspace.js";
import { trainedByGradient } from "../../src/training/gradient/trainedByGradient.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { methodOf, problemOf } from "../helpers/problems.js";

test("with a loss of its own W1 is the top subspace of the directions that this loss finds, by length where columns are raw", () => {
  const problem = problemOf({ dimension: 3, tasks: 3, labeled: 3, rank: 1, signal: [{ share: 1, norm: 2 }] });
  const draw = drawReplication(problem, 5, 0, "auto");
  const samples = rawSamples(problem, 5, 0, "auto", draw);
  const ridge = { regularization: { ridge: 1 } };
  for (const aggregation of ["normalized", "raw"] as const) {
    const method = methodOf({ loss: "logistic", aggregation, ...ridge });
    const { basis, survivingTasks } = trainRepresentation(
      problem,
      draw.labeledMeans,
      draw.norms,
      method,
      samples,
    );
    const columns = [...trainedByGradient(problem, draw.labeledMeans, method, null, samples)].map(
      ({ direction, value }) => direction.map((x) => (aggregation === "raw" ? value : 1) * x),
    );
    expect(survivingTasks).toBe(3);
    expect(sinThetaSquared(topRightSubspace(fromRows(columns), 1).basis, basis)).toBeLessThan(1e-20);
    const closed = trainRepresentation(problem, draw.labeledMeans, draw.norms, methodOf({ aggregation }));
    expect(sinThetaSquared(closed.basis, basis)).toBeGreaterThan(1e-8);
  }
});
