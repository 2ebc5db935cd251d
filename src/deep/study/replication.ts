import type { ReplicationRow } from "../../study/results.js";
import { encodeNetwork } from "../network/networkFile.js";
import { loadBackend } from "../tensors/loadBackend.js";
import { dataFor } from "./dataFor.js";
import type { DeepCell } from "./deepStudy.js";
import { environmentOf } from "./environment.js";
import { replicationKey } from "./replicationKey.js";
import { runArm } from "./runArm.js";
import { workerFile } from "./workerFiles.js";

/** Steps between two checkpoints: a few seconds of work. */
const CHECKPOINT_STEPS = 100;

const { backend, data: folder, out } = environmentOf(import.meta.url);
const { tf } = await loadBackend(backend);

/**
 * One replication of one arm, as {@link runArm}. In a results folder the first replication leaves its network for the report, and a training that was stopped
 * goes on from its last checkpoint, to the same bytes.
 */
export function runReplication(
  { seed }: { readonly seed: number },
  cell: DeepCell,
  replication: number,
): ReplicationRow {
  const file = workerFile(out, "checkpoints", cell.cell, replication);
  const save = (bytes: Uint8Array): void => file.write(bytes);
  const { problem } = cell;
  const key = replicationKey(seed, problem, replication);
  const { trained, metrics } = runArm(tf, problem, dataFor(problem.data, folder, key), key, {
    every: CHECKPOINT_STEPS,
    save,
    resume: file.read(),
  });
  if (replication === 0 && trained.network !== null) {
    workerFile(out, "networks", cell.cell, replication).write(encodeNetwork(trained.network));
  }
  file.remove();
  return { cell: cell.cell, replication, methods: { [problem.arm.name]: metrics } };
}
