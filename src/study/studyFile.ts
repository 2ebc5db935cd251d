import type { Sampling } from "../model/problem.js";
import type { MethodFile } from "./schema/methodFile.js";
import type { ProblemFile } from "./schema/problemFile.js";

/**
 * A study as a file has it, with every field present: plain JSON data (`"inf"` for Infinity). What is varied has the value of
 * the first cell outside `vary`.
 */
export interface StudyFile {
  readonly name: string;
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly sampling: Sampling;
  readonly problem: ProblemFile;
  readonly methods: readonly MethodFile[];
  readonly contrasts: readonly (readonly [string, string])[];
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
}
