import type { ReplicationRow } from "../../study/results.js";
import type { Cell } from "../../study/study.js";
import { type Metrics, NO_METRICS } from "../../transfer/metricNames.js";
import { builtInStudy } from "../study/builtIn.js";
import { dataFor } from "../study/dataFor.js";
import type { DeepStudy } from "../study/deepStudy.js";
import { replicationKey } from "../study/replicationKey.js";
import { resolveDeepStudy } from "../study/resolveDeepStudy.js";
import { runArm } from "../study/runArm.js";
import { loadBackend } from "../tensors/loadBackend.js";

/** Which built-in study, and where its image sets are: from the query of this module's URL (`deepClaimModule`). */
const { searchParams } = new URL(import.meta.url);
const folder = searchParams.get("data");
const backend = await loadBackend("auto");
const study: DeepStudy = resolveDeepStudy(
  builtInStudy(searchParams.get("study") ?? "", "full", folder),
  backend.name,
);

/**
 * A replication of a deep study for `verify`: its methods are names of arms. `errorRate` is that of the probe at the first label budget, `sinTheta2` that of the first
 * layer; the raw inputs stand for `no-transfer`. What networks have no counterpart for is null.
 */
export function runReplication(
  { seed }: { readonly seed: number },
  cell: Cell,
  replication: number,
): ReplicationRow {
  // All arms of a study at one point of its grid have the same data.
  const key = replicationKey(seed, study.cells[0]!.problem, replication);
  const data = dataFor(study.cells[0]!.problem.data, folder, key);
  const metricsOf = (arm: string): Metrics => {
    const { problem } = study.cells[study.points[0]!.cells[arm]!]!;
    const { metrics } = runArm(backend.tf, problem, data, key);
    const [first] = problem.target.labels;
    return { ...NO_METRICS, errorRate: metrics[`errorRate@${first!}`], sinTheta2: metrics.sinTheta2 };
  };
  const arms = cell.methods.map(({ name }) => [name, metricsOf(name)] as const);
  const methods = { ...Object.fromEntries(arms), "no-transfer": metricsOf("raw"), oracle: NO_METRICS };
  return { cell: cell.cell, replication, methods };
}
