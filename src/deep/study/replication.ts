import type { StreamKey } from "../../random/keyedStream.js";
import type { ReplicationRow } from "../../study/results.js";
import type { TransferData } from "../data/transferData.js";
import { encodeNetwork } from "../network/networkFile.js";
import { loadBackend } from "../tensors/loadBackend.js";
import { type TrainedArm, trainArm } from "../training/trainArm.js";
import { armMetrics } from "./armMetrics.js";
import { dataFor } from "./dataFor.js";
import type { DeepCell } from "./deepStudy.js";
import { environmentOf } from "./environment.js";
import { type WorkerFile, workerFile } from "./workerFiles.js";

/** Steps between two checkpoints: a few seconds of work. */
const CHECKPOINT_STEPS = 100;

const { backend, data: folder, out } = environmentOf(import.meta.url);
const { tf } = await loadBackend(backend);

/**
 * One replication of one arm: data, training, and what the representation is worth. A function of (seed, the cell's problem, replication number) and of the
 * backend; all arms of a replication have the same data, initial weights and batches. In a results folder the first replication leaves its network for the
 * report, and a training that was stopped goes on from its last checkpoint, to the same bytes.
 */
export function runReplication(
  { seed }: { readonly seed: number },
  cell: DeepCell,
  replication: number,
): ReplicationRow {
  const { problem } = cell;
  const key: StreamKey = replicationKey(seed, cell, replication);
  const data = dataFor(problem.data, folder, [...key, "data"]);
  const checkpoint = workerFile(out, "checkpoints", cell.cell, replication);
  const trained = trainedArm(data, cell, [...key, "training"], checkpoint);
  const metrics = armMetrics(tf, data, trained, problem, [...key, "evaluation"]);
  if (replication === 0 && trained.network !== null) {
    workerFile(out, "networks", cell.cell, replication).write(encodeNetwork(trained.network));
  }
  checkpoint.remove();
  return { cell: cell.cell, replication, methods: { [problem.arm.name]: metrics } };
}

/** What the randomness of a replication depends on: not the arm, and not how it is trained. */
export function replicationKey(seed: number, { problem }: DeepCell, replication: number): StreamKey {
  return ["deep", seed, problem.data, replication];
}

function trainedArm(
  data: TransferData,
  { problem: { arm, training } }: DeepCell,
  key: StreamKey,
  checkpoint: WorkerFile,
): TrainedArm {
  const save = (bytes: Uint8Array): void => checkpoint.write(bytes);
  const train = (resume: Uint8Array | null): TrainedArm =>
    trainArm(tf, data, arm, training, key, { checkpoint: { every: CHECKPOINT_STEPS, save, resume } });
  const resume = checkpoint.read();
  if (resume === null) return train(null);
  try {
    return train(resume);
  } catch {
    // A checkpoint that is damaged or of another training is no loss but of time.
    return train(null);
  }
}
