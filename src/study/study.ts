import type { Problem, Sampling } from "../model/problem.js";
import type { Method } from "../training/method.js";
import type { StudyFile } from "./studyFile.js";

/** What the engine needs of a study, of whatever kind: cells, and how often each is replicated. */
export interface AnyStudy<C extends AnyCell = AnyCell> {
  readonly name: string;
  /** The question that the study answers, in prose; shown in reports. */
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly cells: readonly C[];
  /** The varied paths in the order in which they were written, e.g. `problem.dimension`. */
  readonly varied: readonly string[];
  readonly methodNames: readonly string[];
  /** Pairs [a, b] of methods whose paired difference a - b is reported. */
  readonly contrasts: readonly (readonly [string, string])[];
  /** The same study in file form, complete; resolving it gives this study again. */
  readonly file: object;
}

/** A study of the linear model with every default filled in and every value checked: what `resolveStudy` returns. */
export interface Study extends AnyStudy<Cell> {
  readonly sampling: Sampling;
  readonly file: StudyFile;
}

/** What the engine needs of a cell. */
export interface AnyCell {
  /** Its number, from 0, in the order of the crossed grid (the last varied path moves fastest). */
  readonly cell: number;
  /** The values of the varied paths here, e.g. `{ "problem.dimension": 200 }`. */
  readonly varied: Readonly<Record<string, unknown>>;
  /** What is replicated here: reported with the results. */
  readonly problem: object;
  /** What a replication returns; without it, the metrics of the linear model for every method of the study and the baselines. */
  readonly shape?: RowShape;
  /** Relative cost of a replication, in rough multiplications; without it, that of the linear model. */
  readonly cost?: number;
}

/** The names (methods, baselines) that a row has, and the metrics of each. */
export interface RowShape {
  readonly names: readonly string[];
  readonly metrics: readonly string[];
}

/** One point of the design grid of the linear model. */
export interface Cell extends AnyCell {
  readonly problem: Problem;
  readonly methods: readonly Method[];
  readonly sampling: Sampling;
}
