import { drawReplication } from "../../src/model/drawReplication.js";
import { topRightSubspace } from "../../src/numerics/topSubspace.js";
import { jointSubspace } from "../../src/training/joint/jointSubspace.js";
import { unitRows } from "../../src/training/joint/rowLengths.js";
import { problemOf } from "../helpers/problems.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

/** Joint training to a relative gradient of 1e-10 against the closed form's subspace of the same means: it may cost 30 of them. */
export const jointBench: Bench = { name: "joint training", run: measure };

const BUDGET = 30;

function measure(): BenchRow[] {
  return [
    { name: "p = 500, T = 200, r = 5, standard", labeled: 100, radius: 0 },
    { name: "p = 500, T = 200, r = 5, l2 attack", labeled: 100, radius: 1 },
    { name: "p = 500, T = 200, r = 5, at the transition", labeled: 9, radius: 0 },
  ].map(({ name, labeled, radius }): BenchRow => {
    const problem = problemOf({ dimension: 500, tasks: 200, rank: 5, labeled });
    const { labeledMeans } = drawReplication(problem, 1, 0, "auto");
    const units = unitRows(labeledMeans);
    const tasks = [() => topRightSubspace(units, 5), (): unknown => jointSubspace(labeledMeans, 5, radius)];
    for (const task of tasks) for (let i = 0; i < 5; i++) task();
    const [subspace, joint] = interleavedTimes(tasks, 6, [4, 4]);
    const { converged, iterations } = jointSubspace(labeledMeans, 5, radius);
    const ratio = (BUDGET * subspace!) / joint!;
    return {
      name,
      baseline: `${BUDGET} x ${milliseconds(subspace!)}`,
      candidate: milliseconds(joint!),
      ratio,
      target: 1,
      note: `${iterations} iterations`,
      holds: converged && ratio >= 1,
    };
  });
}
