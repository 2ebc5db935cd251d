import type { Claim } from "../src/claims/claim.js";
import type { VerdictsFile } from "../src/claims/verdictsFile.js";

/** The claims with their verdicts as a table in Markdown, from `verdicts.json` of a run: what the README shows. */
export function verdictsTable(file: VerdictsFile, claims: readonly Claim[]): string {
  const rows = claims.flatMap(({ id, title, varied }) => {
    const verdict = file.claims.find((one) => one.id === id);
    if (verdict === undefined) return [];
    const word = verdict.verdict === "inconclusive" ? "open" : verdict.verdict;
    const shown = `${word}${verdict.trustworthy ? "" : ", untrustworthy"}${verdict.informative ? " (information)" : ""}`;
    const cells = [`\`${id}\``, `${title} (${varied})`, verdict.predicted, verdict.measured.text, shown];
    return [`| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`];
  });
  return ["| claim | statement | theory | measured | verdict |", "|---|---|---|---|---|", ...rows].join("\n");
}
