import type { ReplicationRow } from "../../study/results.js";
import type { Cell } from "../../study/study.js";
import { type Metrics, NO_METRICS } from "../../transfer/metricNames.js";
import { builtInStudy } from "../study/builtIn.js";
import type { DeepStudy } from "../study/deepStudy.js";
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
  const metricsOf = (arm: string): Metrics => {
    const unit = study.cells[study.points[0]!.cells[arm]!]!;
    const { metrics } = runArm(backend.tf, unit, { seed, replication, folder });
    const [first] = unit.problem.target.labels;
    return { ...NO_METRICS, errorRate: metrics[`errorRate@${first!}`], sinTheta2: metrics.sinTheta2 };
  };
  const arms = cell.methods.map(({ name }) => [name, metricsOf(name)] as const);
  const methods = { ...Object.fromEntries(arms), "no-transfer": metricsOf("raw"), oracle: NO_METRICS };
  return { cell: cell.cell, replication, methods };
}
