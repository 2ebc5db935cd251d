import type { Measured } from "./kinds/outcome.js";

/** `inconclusive`: the data do not decide it. `skipped`: there are no data, since what its study needs is not here; it fails no run. */
export type VerdictWord = "holds" | "violated" | "inconclusive" | "skipped";

/** What a run says of one claim: plain data, as in `verdicts.json`. */
export interface ClaimVerdict {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly kind: string;
  readonly verdict: VerdictWord;
  /** False when a control of its group is violated: then the check itself cannot be trusted. */
  readonly trustworthy: boolean;
  readonly informative: boolean;
  readonly predicted: string;
  readonly measured: Measured;
  /** P-values that are valid over all looks, before Holm's correction: against "false", and against "true". */
  readonly pValues: { readonly holds: number; readonly violated: number };
  /** Looks at the data, and replications of a cell at the last one. */
  readonly looks: number;
  readonly replications: number;
  /** Replications a cell that would decide it, in addition, if the estimates stay; null when decided, or beyond reach. */
  readonly moreReplications: number | null;
  /** Replications that failed, over all its cells; they are in no estimate. */
  readonly failures: number;
  /** Why there is no verdict, where the data are not what the test needs; why a claim is skipped. */
  readonly notes: readonly string[];
}

/** Whether a verdict fails the run: the claim is violated, or replications failed and left nothing to decide it with. */
export function failsRun(verdict: ClaimVerdict): boolean {
  return !verdict.informative && (verdict.verdict === "violated" || hasNoResult(verdict));
}

function hasNoResult({ verdict, failures, measured }: ClaimVerdict): boolean {
  return verdict === "inconclusive" && failures > 0 && !Number.isFinite(measured.value ?? Number.NaN);
}

/** The groups that have a violated claim. */
export function violatedGroups(verdicts: readonly ClaimVerdict[]): ReadonlySet<string> {
  return new Set(verdicts.filter(failsRun).map(({ group }) => group));
}
