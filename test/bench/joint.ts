import { drawReplication } from "../../src/model/drawReplication.js";
import { rawSamples } from "../../src/model/rawSamples.js";
import { topRightSubspace } from "../../src/numerics/topSubspace.js";
import { marginLoss } from "../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../src/training/gradient/weightedSamples.js";
import { jointMarginSubspace } from "../../src/training/joint/jointMarginSubspace.js";
import { jointSubspace } from "../../src/training/joint/jointSubspace.js";
import { unitRows } from "../../src/training/joint/rowLengths.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { methodOf, problemOf } from "../helpers/problems.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

/**
 * Joint training to a relative gradient of 1e-10 against the closed form's subspace of the same means: it may cost 30 of them. With the logistic loss, to 1e-9, against task-by-task training on
 * the same samples: it may cost three of them.
 */
export const jointBench: Bench = { name: "joint training", run: () => [...measure(), ...logistic()] };

const BUDGET = 30;
const LOGISTIC_BUDGET = 3;

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

function logistic(): BenchRow[] {
  const problem = problemOf({
    dimension: 500,
    tasks: 200,
    rank: 5,
    labeled: 100,
    signal: [{ share: 1, norm: 1.5 }],
  });
  const draw = drawReplication(problem, 1, 0, "auto");
  const samples = rawSamples(problem, 1, 0, "auto", draw);
  const drawn = [...samples.labeled()].map(equalWeights);
  return [null, { norm: 2, radius: 1 }].map((attack): BenchRow => {
    const method = methodOf({ attack, loss: "logistic" });
    const training = { loss: marginLoss("logistic"), attack, regularization: { kind: "ball" } } as const;
    // Both draw their samples, which is a part of either cost.
    const byTask = (): unknown =>
      trainRepresentation(problem, draw.labeledMeans, draw.norms, method, samples);
    const jointly = (): unknown => jointMarginSubspace([...samples.labeled()].map(equalWeights), 5, training);
    const [apart, joint] = interleavedTimes([byTask, jointly], 2, [1, 1]) as [number, number];
    const { converged, iterations } = jointMarginSubspace(drawn, 5, training);
    return {
      name: `p = 500, T = 200, r = 5, logistic, n = 100, ${attack === null ? "standard" : "l2 attack"}`,
      baseline: `${LOGISTIC_BUDGET} x ${milliseconds(apart)}`,
      candidate: milliseconds(joint),
      ratio: (LOGISTIC_BUDGET * apart) / joint,
      target: 1,
      note: `${iterations} iterations; the baseline trains task by task`,
      holds: converged && LOGISTIC_BUDGET * apart >= joint,
    };
  });
}
