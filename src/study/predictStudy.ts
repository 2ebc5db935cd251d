import type { Problem } from "../model/problem.js";
import { type Bound, violated } from "../theory/bounds/bound.js";
import { BASELINES } from "./results.js";
import type { Study } from "./study.js";
import { type CellTheory, cellTheory } from "./theoryAnnotation.js";

/** What is to be known about the numbers of one method in one cell. */
export interface TheoryNotes {
  /** Why values are null. */
  readonly reasons: readonly string[];
  /** What makes the predictions less accurate here. */
  readonly warnings: readonly string[];
  /** The paper's bound on the representation, without its constant; null where the paper claims nothing. */
  readonly bound: {
    readonly claim: Bound["claim"];
    readonly form: number;
    readonly terms: Bound["terms"];
    /** Hypotheses of the claim that the problem violates. */
    readonly violated: readonly { readonly text: string; readonly found: string }[];
  } | null;
}

export interface CellPrediction {
  readonly cell: number;
  readonly varied: Readonly<Record<string, unknown>>;
  readonly problem: Problem;
  /** Keyed by method name, baselines last, then by metric. */
  readonly methods: Readonly<Record<string, CellTheory["metrics"]>>;
  readonly notes: Readonly<Record<string, TheoryNotes>>;
}

/** What `predict --json` prints. */
export interface StudyPrediction {
  readonly study: string;
  readonly varied: readonly string[];
  readonly cells: readonly CellPrediction[];
}

/**
 * What theory says of every cell and method of a study, without simulating anything: predictions and the paper's bounds. Pure and
 * browser-safe; about a millisecond a method and cell, more under an l_inf attack.
 *
 * @example predictStudy(resolveStudy(file)).cells[0].methods.standard.sinTheta2.predicted
 */
export function predictStudy(study: Study): StudyPrediction {
  const names = [...study.methodNames, ...BASELINES];
  const cells = study.cells.map((cell): CellPrediction => {
    const theory = names.map((name) => [name, cellTheory(cell, name)] as const);
    const { varied, problem } = cell;
    return {
      cell: cell.cell,
      varied,
      problem,
      methods: Object.fromEntries(theory.map(([name, { metrics }]) => [name, metrics])),
      notes: Object.fromEntries(theory.map(([name, one]) => [name, notesOf(one)])),
    };
  });
  return { study: study.name, varied: study.varied, cells };
}

function notesOf({ prediction, bounds }: CellTheory): TheoryNotes {
  const { reasons, warnings } = prediction;
  if (bounds === null) return { reasons, warnings, bound: null };
  const { claim, form, terms } = bounds.representation;
  const broken = violated(bounds.representation).map(({ text, found }) => ({ text, found }));
  return { reasons, warnings, bound: { claim, form, terms, violated: broken } };
}
