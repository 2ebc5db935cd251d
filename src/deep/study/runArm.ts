import { AdvTransferError } from "../../core/errors.js";
import type { StreamKey } from "../../random/keyedStream.js";
import type { TransferData } from "../data/transferData.js";
import type { Tf } from "../tensors/tf.js";
import { type TrainedArm, type TrainOptions, trainArm } from "../training/trainArm.js";
import { armMetrics } from "./armMetrics.js";
import type { DeepMetric } from "./deepMetrics.js";
import type { DeepProblem } from "./deepStudy.js";

/**
 * One arm of one replication on its data (`dataFor`): training, and what the representation is worth. A function of the problem, the data, the replication's key
 * (`replicationKey`) and the backend; all arms of a replication have the same data, initial weights and batches. `checkpoint` as in `trainArm`; one that cannot be used
 * costs time and nothing else.
 */
export function runArm(
  tf: Tf,
  problem: DeepProblem,
  data: TransferData,
  key: StreamKey,
  checkpoint?: TrainOptions["checkpoint"],
): { readonly trained: TrainedArm; readonly metrics: Readonly<Record<DeepMetric, number | null>> } {
  const train = (options: TrainOptions): TrainedArm =>
    trainArm(tf, data, problem.arm, problem.training, [...key, "training"], options);
  const trained = checkpoint === undefined ? train({}) : resumed(train, checkpoint);
  return { trained, metrics: armMetrics(tf, data, trained, problem, [...key, "evaluation"]) };
}

/** Trains from the checkpoint, or from the start where it is damaged or of another training. */
function resumed(
  train: (options: TrainOptions) => TrainedArm,
  checkpoint: NonNullable<TrainOptions["checkpoint"]>,
): TrainedArm {
  try {
    return train({ checkpoint });
  } catch (error) {
    // A training that fails would fail again.
    const failed = error instanceof AdvTransferError && error.code === "numerical";
    if (failed || (checkpoint.resume ?? null) === null) throw error;
    return train({ checkpoint: { ...checkpoint, resume: null } });
  }
}
