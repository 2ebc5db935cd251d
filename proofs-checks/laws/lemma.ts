import { describe, it } from "vitest";
import type { Law } from "./law.js";
import { SETTINGS } from "./settings.js";

/**
 * Registers the laws of one lemma. `name` is the file's name without number and ending; runs are shared among the laws by weight. What a
 * law measures is printed when CHECKS_VERBOSE is set, and kept in the report of the test either way.
 */
export function lemma(name: string, laws: readonly Law[]): void {
  const total = laws.reduce((sum, law) => sum + law.weight, 0);
  const chosen = laws.filter((law) => SETTINGS.law === null || law.name.includes(SETTINGS.law));
  describe(name, () => {
    for (const law of chosen) {
      const runs = Math.max(1, Math.ceil((SETTINGS.runs * law.weight) / total));
      // A minute and 50 ms a run: no check may hang for ever, and none may fail for a slow machine.
      it(`${law.kind === "lemma" ? "" : `[${law.kind}] `}${law.name}`, {
        timeout: 60_000 + 50 * SETTINGS.runs,
      }, ({ annotate }) => {
        const measured = law.check({ ...SETTINGS, lemma: name, runs });
        if (measured === null) return;
        if (process.env.CHECKS_VERBOSE) console.log(`${name}: ${law.name}: ${measured}`);
        return annotate(measured, "measured");
      });
    }
  });
}
