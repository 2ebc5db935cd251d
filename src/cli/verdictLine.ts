import { type ClaimVerdict, failsRun, type VerdictWord } from "../claims/verdict.js";
import type { Style } from "./terminal.js";

type Paint = (style: Style, text: string) => string;

const WORDS: Readonly<Record<VerdictWord, string>> = {
  holds: "holds",
  violated: "VIOLATED",
  inconclusive: "open",
  skipped: "skipped",
};

/** One row of the table that `verify` prints: verdict, id, statement; below it what was measured and what theory says. */
export function verdictLines(verdict: ClaimVerdict, paint: Paint): string {
  const word = `${WORDS[verdict.verdict]}${verdict.informative ? "*" : ""}`.padEnd(10);
  const shown = failsRun(verdict)
    ? paint("red", word)
    : verdict.verdict === "inconclusive" || verdict.verdict === "skipped"
      ? paint("yellow", word)
      : word;
  const head = `${shown}${paint("bold", verdict.id.padEnd(25))}${verdict.title}\n${" ".repeat(10)}`;
  if (verdict.verdict === "skipped")
    return `${head}${paint("dim", `not run: ${verdict.notes.join("; ")}`)}\n`;
  const more =
    verdict.moreReplications === null
      ? ""
      : `; about ${verdict.moreReplications} more replications a cell would decide`;
  const notes = verdict.notes.length === 0 ? "" : ` [${verdict.notes.join("; ")}]`;
  const theory = verdict.predicted === "" ? "" : `; theory: ${verdict.predicted}`;
  const seen = `${verdict.measured.text}${theory} (${verdict.replications} replications)${more}${notes}`;
  return `${head}${paint("dim", seen)}\n`;
}
