import type { Matrix } from "../../numerics/matrix.js";
import type { LabeledData } from "./labeledData.js";

/** One source task. All parts are disjoint samples of the same law. */
export interface SourceTask {
  /** What every arm may learn from with its labels. */
  readonly labeled: LabeledData;
  /** What an arm with all labels learns from too; an arm with few labels sees the inputs alone (labels only tell how good its pseudo-labels are). */
  readonly unlabeled: LabeledData;
  /** For early stopping only. */
  readonly validation: LabeledData;
  readonly test: LabeledData;
}

/** The target task: `training` has at least the largest label budget of every class; budgets are nested (the first k of each class). */
export interface TargetTask {
  readonly training: LabeledData;
  readonly test: LabeledData;
}

/** What a replication of a deep study works on. No sample is in two places. */
export interface TransferData {
  /** One task for image classes, T tasks with a shared representation for the teacher. */
  readonly sources: readonly SourceTask[];
  readonly target: TargetTask;
  /** The shared subspace, `p x r` with orthonormal columns, where the data was made by code; null for images. */
  readonly basis: Matrix | null;
}
