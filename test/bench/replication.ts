import { drawReplication } from "../../src/model/drawReplication.js";
import type { Sampling } from "../../src/model/problem.js";
import { runReplication } from "../../src/study/replication.js";
import { methodOf, problemOf } from "../helpers/problems.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

const PROBLEM = problemOf({ dimension: 500, rank: 3, tasks: 200, labeled: 500 });
const CELL = { cell: 0, varied: {}, problem: PROBLEM, methods: [methodOf()] };

/** A replication drawn by sufficient statistics against raw draws: p = 500, T = 200, n = 500; the draw alone and all of it. */
export const replicationBench: Bench = { name: "replication", run: measure };

function measure(): BenchRow[] {
  const draw = (sampling: Sampling) => () => drawReplication(PROBLEM, 1, 0, sampling);
  const whole = (sampling: Sampling) => () => runReplication({ seed: 1 }, { ...CELL, sampling }, 0);
  for (let i = 0; i < 5; i++) whole("auto")();
  const tasks = [draw("direct"), draw("auto"), whole("direct"), whole("auto")];
  const [rawDraw, ownDraw, rawWhole, ownWhole] = interleavedTimes(tasks, 3, [1, 20, 1, 10]);
  const row = (name: string, baseline: number, candidate: number): BenchRow => ({
    name,
    baseline: milliseconds(baseline),
    candidate: milliseconds(candidate),
    ratio: baseline / candidate,
    target: 50,
    note: "equal in law: test/model/drawReplication.test.ts, test/study/equalInLaw.test.ts",
    holds: baseline / candidate >= 50,
  });
  return [
    row("draw, p = 500, T = 200, n = 500", rawDraw!, ownDraw!),
    row("whole replication, standard training", rawWhole!, ownWhole!),
  ];
}
