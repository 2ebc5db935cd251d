import type { RunningStudy } from "./campaign.js";
import type { Preset } from "./presets.js";
import type { ClaimVerdict } from "./verdict.js";

export interface VerifyOptions {
  readonly preset: Preset;
  readonly seed: number;
  /** @defaultValue the cores of this machine */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives each verdict when it falls, and the open ones at the end. */
  readonly onVerdict?: ((verdict: ClaimVerdict) => void) | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** URL of a module that exports `runReplication`, for another model than the built-in one. A study that names a module of its own keeps that. */
  readonly replicationModule?: string | undefined;
}

export interface VerifyProgress {
  readonly look: number;
  /** The study that is being computed. */
  readonly study: string;
  readonly decided: number;
  readonly claims: number;
  readonly replications: number;
  /** Share of the time or of the first look that is done, in [0, 1]: whichever is further. */
  readonly share: number;
}

export interface VerifyResult {
  readonly verdicts: readonly ClaimVerdict[];
  readonly studies: readonly RunningStudy[];
  /** Rows computed, over all studies. */
  readonly replications: number;
  /** `decided`: nothing was left to decide; else what stopped the run. */
  readonly ended: "decided" | "looks" | "time" | "interrupted";
}
