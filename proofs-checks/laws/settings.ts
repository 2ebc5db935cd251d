/**
 * How the checks run: read once from the environment, which `npm run checks` fills (scripts/checks.ts). Everything has a default, so that
 * `vitest run` alone gives the same checks as CI.
 */
export interface Settings {
  /** Random inputs a lemma, shared by its laws; random draws a statistical law, where that is more than its own number. */
  readonly runs: number;
  readonly seed: number;
  /** Replays one counterexample: the path that the failure printed; null runs everything. */
  readonly path: string | null;
  /** Only laws whose name contains this; null runs all. */
  readonly law: string | null;
}

/** The runs a lemma by default: the whole folder in well under a minute. */
export const DEFAULT_RUNS = 300;
export const DEFAULT_SEED = 20_211_206;

function numberFrom(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new Error(`${name} must be an integer >= 1, received ${text}`);
}

export const SETTINGS: Settings = {
  runs: numberFrom("CHECKS_RUNS", DEFAULT_RUNS),
  seed: numberFrom("CHECKS_SEED", DEFAULT_SEED),
  path: process.env.CHECKS_PATH || null,
  law: process.env.CHECKS_LAW || null,
};
