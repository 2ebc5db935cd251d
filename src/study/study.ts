import type { Problem, Sampling } from "../model/problem.js";
import type { Method } from "../training/method.js";
import type { StudyFile } from "./studyFile.js";

/** A study with every default filled in and every value checked: what `resolveStudy` returns. */
export interface Study {
  readonly name: string;
  /** The question that the study answers, in prose; shown in reports. */
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly sampling: Sampling;
  readonly cells: readonly Cell[];
  /** The varied paths in the order in which they were written, e.g. `problem.dimension`. */
  readonly varied: readonly string[];
  readonly methodNames: readonly string[];
  /** Pairs [a, b] of methods whose paired difference a - b is reported. */
  readonly contrasts: readonly (readonly [string, string])[];
  /** The same study in file form, complete; resolving it gives this study again. */
  readonly file: StudyFile;
}

/** One point of the design grid. */
export interface Cell {
  /** Its number, from 0, in the order of the crossed grid (the last varied path moves fastest). */
  readonly cell: number;
  /** The values of the varied paths here, e.g. `{ "problem.dimension": 200 }`. */
  readonly varied: Readonly<Record<string, unknown>>;
  readonly problem: Problem;
  readonly methods: readonly Method[];
  readonly sampling: Sampling;
}
