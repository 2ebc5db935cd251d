/** How much work a run may do. */
export interface Preset {
  readonly name: PresetName;
  /** Replications of a cell at the first look; each further look doubles them. */
  readonly replications: number;
  /** Looks at most. */
  readonly looks: number;
  /** Seconds after which no further study is begun. */
  readonly seconds: number;
}

export type PresetName = "smoke" | "quick" | "full";

/** Sized for two idle cores; a slower machine decides fewer claims, never other ones (see `verify`). */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  smoke: { name: "smoke", replications: 6, looks: 3, seconds: 8 },
  quick: { name: "quick", replications: 12, looks: 5, seconds: 52 },
  full: { name: "full", replications: 48, looks: 8, seconds: 840 },
};

/** The probability, over a whole run, of any claim being called violated although it is true. */
export const VIOLATED_LEVEL: number = 0.01;
/** The probability, over a whole run, of any claim being said to hold although it is false. */
export const HOLDS_LEVEL: number = 0.04;

/** The seed of the published verdicts. */
export const DEFAULT_SEED: number = 2021;
