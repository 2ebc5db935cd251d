import { HOLDS_LEVEL, VIOLATED_LEVEL } from "./presets.js";
import type { RunProvenance } from "./provenance.js";
import { type ClaimVerdict, failsRun, type VerdictWord } from "./verdict.js";

/** `verdicts.json`: what a run found, for programs. */
export interface VerdictsFile {
  readonly provenance: RunProvenance;
  readonly preset: string;
  readonly seed: number;
  readonly command: string;
  readonly seconds: number;
  readonly replications: number;
  readonly ended: string;
  /** Probabilities over the whole run of any wrong "violated" and of any wrong "holds". */
  readonly levels: { readonly violated: number; readonly holds: number };
  readonly counts: Readonly<Record<VerdictWord, number>>;
  readonly failed: boolean;
  readonly claims: readonly ClaimVerdict[];
}

/** The content of `verdicts.json` from a run's verdicts. */
export function verdictsFile(run: Omit<VerdictsFile, "levels" | "counts" | "failed">): VerdictsFile {
  const count = (word: VerdictWord): number =>
    run.claims.filter(({ verdict, informative }) => verdict === word && !informative).length;
  return {
    ...run,
    levels: { violated: VIOLATED_LEVEL, holds: HOLDS_LEVEL },
    counts: {
      holds: count("holds"),
      violated: count("violated"),
      inconclusive: count("inconclusive"),
      skipped: count("skipped"),
    },
    failed: run.claims.some(failsRun),
  };
}

export function verdictsJson(file: VerdictsFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
