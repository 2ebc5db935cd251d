import type { TransferData } from "../data/transferData.js";
import type { Network } from "../network/network.js";
import { decodeNetwork } from "../network/networkFile.js";
import { dataFor } from "./dataFor.js";
import type { DeepStudy } from "./deepStudy.js";
import { replicationKey } from "./replicationKey.js";
import { workerFile } from "./workerFiles.js";

/** What the first replication of the first point of a study left: the networks of its arms by name, and the data that they saw. */
export interface FirstNetworks {
  readonly data: TransferData;
  readonly networks: ReadonlyMap<string, Network>;
}

/**
 * Reads the networks of the first replication from a results folder; null when an arm has none there (a run that has not come so far, or whose files were
 * deleted). `folder` has the image sets, where the study uses any.
 */
export function firstNetworks(study: DeepStudy, out: string, folder: string | null): FirstNetworks | null {
  const networks = new Map<string, Network>();
  for (const [arm, cell] of Object.entries(study.points[0]!.cells)) {
    if (study.cells[cell]!.problem.arm.features === "raw") continue;
    const bytes = workerFile(out, "networks", cell, 0).read();
    if (bytes === null) return null;
    networks.set(arm, decodeNetwork(bytes));
  }
  const cell = study.cells[0]!;
  const key = replicationKey(study.seed, cell.problem, 0);
  return { data: dataFor(cell.problem.data, folder, key), networks };
}
