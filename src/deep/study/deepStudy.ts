import type { AnyCell, AnyStudy } from "../../study/study.js";
import type { ImageSpec } from "../data/imageSpec.js";
import type { TeacherSpec } from "../data/teacherSpec.js";
import type { BackendName } from "../tensors/loadBackend.js";
import type { Arm, Attack } from "../training/arm.js";
import type { Settings } from "../training/settings.js";
import type { DeepStudyFile } from "./deepStudyFile.js";

/** Where samples come from: made by code with a known shared subspace, rendered strokes, or image sets in a folder. */
export type DataSpec =
  | ({ readonly from: "teacher" } & TeacherSpec)
  | ({
      readonly from: "strokes" /** Rendered images of each class. */;
      readonly perClass: number;
    } & ImageSpec)
  | ({ readonly from: "folder" } & ImageSpec);

/** What is measured on the target task. */
export interface TargetSpec {
  /** Label budgets: labelled target samples a class, in ascending order; the first is the main one. */
  readonly labels: readonly number[];
  /** Whether the whole network is fine-tuned too. */
  readonly fineTune: boolean;
  /** The attack under which the error is measured too; null: none. */
  readonly attack: Attack | null;
}

/** What a replication of one arm does, but for its number and the seed. */
export interface DeepProblem {
  readonly data: DataSpec;
  readonly training: Settings;
  readonly target: TargetSpec;
  readonly arm: Arm;
  readonly backend: BackendName;
}

/** One arm at one point of the grid: what a worker computes at a time. */
export interface DeepCell extends AnyCell {
  readonly problem: DeepProblem;
}

/** A point of the grid: the values of the varied paths, and the cell of each arm. Arms that nothing varied touches share a cell. */
export interface DeepPoint {
  readonly varied: Readonly<Record<string, unknown>>;
  /** Arm name to cell number, in the order of the study, the references `random` and `raw` last. */
  readonly cells: Readonly<Record<string, number>>;
}

/** A deep study with every default filled in and every value checked: what `resolveDeepStudy` returns. */
export interface DeepStudy extends AnyStudy<DeepCell> {
  readonly points: readonly DeepPoint[];
  /** Pairs [a, b] of arms whose paired difference b - a in error, the gain of a over b, is tested. */
  readonly comparisons: readonly (readonly [string, string])[];
  /** SHA-256 of the image sets that the study was made with, by name. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly file: DeepStudyFile;
}
