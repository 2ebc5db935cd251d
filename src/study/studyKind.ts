import { REPLICATION_MODULE } from "./loadReplication.js";
import { resolveStudy } from "./resolveStudy.js";
import type { AnyCell, AnyStudy, Cell, Study } from "./study.js";

/** What the engine has to know of a kind of study. */
export interface StudyKind<S extends AnyStudy<C>, C extends AnyCell> {
  /** From the file form, as a results folder stores it, to the study. Throws on what is not of this kind. */
  readonly resolve: (file: unknown) => S;
  /** URL of the module that exports `runReplication`. */
  readonly module: string;
  /** A replication takes so long that it must not run in the thread that watches Ctrl-C and draws the progress. */
  readonly long: boolean;
}

/** Studies of the linear model. */
export const LINEAR: StudyKind<Study, Cell> = {
  resolve: resolveStudy,
  module: REPLICATION_MODULE,
  long: false,
};
