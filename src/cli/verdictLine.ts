import { type ClaimVerdict, failsRun, type VerdictWord } from "../claims/verdict.js";
import type { Style } from "./terminal.js";

type Paint = (style: Style, text: string) => string;

const WORDS: Readonly<Record<VerdictWord, string>> = {
  holds: "holds",
  violated: "VIOLATED",
  inconclusive: "open",
};

/** One row of the table that `verify` prints: verdict, id, statement; below it what was measured and what theory says. */
export function verdictLines(verdict: ClaimVerdict, paint: Paint): string {
  const word = `${WORDS[verdict.verdict]}${verdict.informative ? "*" : ""}`.padEnd(10);
  const shown = failsRun(verdict)
    ? paint("red", word)
    : verdict.verdict === "inconclusive"
      ? paint("yellow", word)
      : word;
  const more =
    verdict.moreReplications === null
      ? ""
      : `; about ${verdict.moreReplications} more replications a cell would decide`;
  const notes = verdict.notes.length === 0 ? "" : ` [${verdict.notes.join("; ")}]`;
  const theory = verdict.predicted === "" ? "" : `; theory: ${verdict.predicted}`;
  const seen = `${verdict.measured.text}${theory} (${verdict.replications} replications)${more}${notes}`;
  return `${shown}${paint("bold", verdict.id.padEnd(25))}${verdict.title}\n${" ".repeat(10)}${paint("dim", seen)}\n`;
}
