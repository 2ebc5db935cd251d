import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runReplication } from "../../src/study/replication.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";
import type { Bench, BenchRow } from "./harness.js";

const LIMIT_MB = 300;
const SELF = fileURLToPath(import.meta.url);

/** Peak resident memory of a process that runs two replications with pseudo-labels, u = 10,000, T = 200, p = 500. */
export const memoryBench: Bench = { name: "memory", run: measure };

function measure(): BenchRow[] {
  const child = spawnSync(process.execPath, ["--import", "tsx", SELF, "child"], { encoding: "utf8" });
  const peak = Number(child.stdout);
  const samples = (200 * 10_000 * 500 * 8) / 1e6;
  return [
    {
      name: "peak memory, u = 10,000, T = 200, p = 500",
      baseline: `${LIMIT_MB} MB allowed`,
      candidate: `${peak.toFixed(0)} MB`,
      ratio: LIMIT_MB / peak,
      target: 1,
      note: `the samples themselves would take ${samples} MB; the runtime and its loader are included`,
      holds: child.status === 0 && peak < LIMIT_MB,
    },
  ];
}

if (process.argv[1] === SELF && process.argv[2] === "child") {
  const problem = problemOf({ dimension: 500, tasks: 200, labeled: 20, unlabeled: 10_000 });
  const methods = [
    methodOf({ name: "hard", pseudoLabels: labelsOf() }),
    methodOf({ name: "soft", pseudoLabels: labelsOf({ soft: true, weight: "optimal", rounds: 3 }) }),
  ];
  for (let k = 0; k < 2; k++) {
    const row = runReplication({ seed: 1 }, { cell: 0, varied: {}, problem, methods, sampling: "auto" }, k);
    if ("error" in row) throw new Error(row.error);
  }
  // maxRSS is in kilobytes.
  process.stdout.write(String(process.resourceUsage().maxRSS / 1000));
}
