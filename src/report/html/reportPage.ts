import type { FigureSpec, ReportTable } from "../figureSpec.js";

/** How a check came out; anything else is shown as plain text. */
export type VerdictTone = "good" | "bad" | "open";

/** One row of the summary at the top of a page. */
export interface Headline {
  /** What theory says. */
  readonly theory?: string;
  /** What is seen: the headline numbers. */
  readonly seen: string;
  readonly verdict?: { readonly text: string; readonly tone: VerdictTone };
}

/** A statement of theory with its formula and what came of its test. All strings but `formula` are plain text. */
export interface Statement {
  readonly id: string;
  readonly title: string;
  /** MathML (`mathml`): trusted markup, made from a TeX formula; null where there is none. */
  readonly formula: string | null;
  readonly verdict: { readonly text: string; readonly tone: VerdictTone };
  readonly facts: readonly (readonly [name: string, text: string])[];
  /** The command that tests this statement alone. */
  readonly command: string;
}

/** One study or question of a page. All strings are plain text. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly question: string | null;
  readonly headline?: Headline;
  /** Shown after the figures. */
  readonly statements?: readonly Statement[];
  readonly figures: readonly FigureSpec[];
  readonly tables?: readonly ReportTable[];
  /** Paragraphs below the figures. */
  readonly notes?: readonly string[];
  /** Replications or checks that failed, one line each. */
  readonly failures?: readonly string[];
}

/** Where the numbers come from: enough to compute them again. No time of day: the same results give the same bytes. */
export interface Provenance {
  readonly version: string;
  readonly commit?: string;
  readonly seed: number | string;
  readonly command: string;
}

export interface ReportPage {
  readonly title: string;
  /** Paragraphs. */
  readonly intro?: string | readonly string[];
  readonly sections: readonly ReportSection[];
  /** What a row of the summary is. @defaultValue "Study" */
  readonly rowName?: string;
  readonly provenance: Provenance;
}
