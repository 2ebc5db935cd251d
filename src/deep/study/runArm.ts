import type { StreamKey } from "../../random/keyedStream.js";
import type { Tf } from "../tensors/tf.js";
import { type TrainedArm, type TrainOptions, trainArm } from "../training/trainArm.js";
import { armMetrics } from "./armMetrics.js";
import { dataFor } from "./dataFor.js";
import type { DeepMetric } from "./deepMetrics.js";
import type { DeepCell } from "./deepStudy.js";
import { replicationKey } from "./replicationKey.js";

/** Which replication, and where the image sets are (null: none is needed). */
export interface Occasion {
  readonly seed: number;
  readonly replication: number;
  readonly folder: string | null;
}

/**
 * One arm of one replication: data, training, and what the representation is worth. A function of (seed, the cell's problem, replication number) and of the backend;
 * all arms of a replication have the same data, initial weights and batches. `checkpoint` as in `trainArm`; one that cannot be used costs time and nothing else.
 */
export function runArm(
  tf: Tf,
  { problem }: DeepCell,
  { seed, replication, folder }: Occasion,
  checkpoint?: NonNullable<TrainOptions["checkpoint"]>,
): { readonly trained: TrainedArm; readonly metrics: Readonly<Record<DeepMetric, number | null>> } {
  const key: StreamKey = replicationKey(seed, problem, replication);
  const data = dataFor(problem.data, folder, [...key, "data"]);
  const train = (options: TrainOptions): TrainedArm =>
    trainArm(tf, data, problem.arm, problem.training, [...key, "training"], options);
  let trained: TrainedArm;
  if (checkpoint === undefined) trained = train({});
  else {
    try {
      trained = train({ checkpoint });
    } catch (error) {
      if ((checkpoint.resume ?? null) === null) throw error;
      // The checkpoint is damaged or of another training.
      trained = train({ checkpoint: { ...checkpoint, resume: null } });
    }
  }
  return { trained, metrics: armMetrics(tf, data, trained, problem, [...key, "evaluation"]) };
}
