import type { Settings } from "./settings.js";

/** One law of a lemma: a name that says what always or never happens, and a check that throws with all that is needed to replay. */
export interface Law {
  readonly name: string;
  /** `lemma`: the statement itself; `weakened`: it is refuted when a hypothesis goes; `tight`: equality is reached. */
  readonly kind: "lemma" | "weakened" | "tight";
  /** Its part of the lemma's runs, relative to the other laws. */
  readonly weight: number;
  /** The probability that it fails although everything is right; 0 for laws without statistics. */
  readonly falseAlarm: number;
  /** Runs the check; a string that comes back is a measurement worth showing (a ratio reached, a counterexample found). */
  readonly check: (context: LawContext) => string | null;
}

export interface LawContext extends Settings {
  readonly lemma: string;
}

/** Thrown when a law fails: lemma, law, what was found, seed, path, and the one line that shows it again. */
export class Refuted extends Error {
  constructor(context: LawContext, law: string, found: string, path: string | null) {
    const again = [
      `npm run checks -- --lemma ${context.lemma} --law ${JSON.stringify(law)} --seed ${context.seed}`,
      path === null ? `--runs ${context.runs}` : `--path ${path}`,
    ].join(" ");
    super(
      [
        `REFUTED ${context.lemma}: ${law}`,
        found,
        `seed ${context.seed}${path === null ? "" : `, path ${path}`}`,
        `replay: ${again}`,
      ].join("\n"),
    );
    this.name = "Refuted";
  }
}
