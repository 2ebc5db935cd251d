import type { FigureSpec } from "../../src/report/figureSpec.js";
import type { MethodStyle } from "../../src/report/palette.js";
import type { StudyResult } from "../../src/study/results.js";

/** The styles of all methods of a page: one method, one colour. */
export type Styles = ReadonlyMap<string, MethodStyle>;

/** A question about the paper, the frozen studies that answer it, and how the answer is shown. */
export interface Simulation {
  /** The claim or control that it is about, C1-C6, N1-N6 of docs/theory.md section 4; P0-P6: a question about the predictions of section 5. */
  readonly id: string;
  readonly title: string;
  /** Two or three sentences. */
  readonly question: string;
  /** What theory says, in a line. */
  readonly theory: string;
  /** Study files as TypeScript objects; every one is run, in order. */
  readonly studies: readonly object[];
  /** URL of a module whose `runReplication` computes the replications, instead of the usual one. */
  readonly replicationModule?: string;
  readonly figures: (results: readonly StudyResult[], styles: Styles) => FigureSpec[];
  /** The headline numbers. */
  readonly seen: (results: readonly StudyResult[]) => string;
  /** Paragraphs on what to notice, also where the method hurts. */
  readonly notes?: readonly string[];
}

/** A simulation with the results of its studies. */
export interface Answered {
  readonly simulation: Simulation;
  readonly results: readonly StudyResult[];
}

/** How a set of simulations is called and where its results go. */
export interface Invocation {
  readonly title: string;
  readonly command: string;
  readonly out: string;
  /** Paragraphs at the head of the report. @defaultValue what C1-C6 and N1-N6 are */
  readonly intro?: readonly string[];
}
