import { canonicalJson } from "../../src/core/canonicalJson.js";
import { digestWords } from "../../src/core/digest.js";
import type { ReplicationRow } from "../../src/study/results.js";
import type { Cell } from "../../src/study/study.js";
import type { Metrics } from "../../src/transfer/metricNames.js";

/**
 * A cheap replication for tests of the engine: every metric is a number in [0, 1) hashed from the key. It misbehaves on purpose
 * where the target norm says so: 13 throws on every third replication, 17 gives NaN, 19 takes 2 ms.
 */
export function runReplication(study: { seed: number }, cell: Cell, replication: number): ReplicationRow {
  const { norm } = cell.problem.target;
  if (norm === 13 && replication % 3 === 0) throw new Error(`replication ${replication} is unlucky`);
  if (norm === 19) for (const end = performance.now() + 2; performance.now() < end; );
  const names = [...cell.methods.map(({ name }) => name), "no-transfer", "oracle"];
  const methods = names.map((name) => {
    const words = digestWords(canonicalJson({ seed: study.seed, problem: cell.problem, replication, name }));
    const metrics: Metrics = {
      sinTheta2: norm === 17 ? Number.NaN : words[0]! / 2 ** 32,
      sinThetaMax: words[1]! / 2 ** 32,
      excessRisk: words[2]! / 2 ** 32,
      errorRate: words[3]! / 2 ** 32,
      robustErrorRate: name === "standard" ? null : words[4]! / 2 ** 32,
      survivingTasks: words[5]! % (cell.problem.tasks + 1),
    };
    return [name, metrics] as const;
  });
  return { cell: cell.cell, replication, methods: Object.fromEntries(methods) };
}
