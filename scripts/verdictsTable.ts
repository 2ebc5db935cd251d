import type { Claim, Group } from "../src/claims/claim.js";
import { countText, seenText } from "../src/claims/groupSummary.js";
import type { ClaimVerdict } from "../src/claims/verdict.js";

/** The README's table: a row a group of claims, from the verdicts of a run. */
export function groupsTable(groups: readonly Group[], verdicts: readonly ClaimVerdict[]): string {
  const rows = tested(groups, verdicts).map((group) => {
    const own = verdicts.filter((verdict) => verdict.group === group.id);
    const remark = own.every(({ informative }) => informative) ? " (information)" : "";
    const doubt = own.some(({ trustworthy }) => !trustworthy) ? ", untrustworthy" : "";
    return [
      `**${group.id}** ${group.title}`,
      group.summary?.theory ?? "",
      seenText(group, own),
      `${countText(own)}${doubt}${remark}`,
    ];
  });
  return table(
    ["claim or control", "theory says", "measured (± 95 %; a ÷ b: ratio of ‖sin Θ‖²)", "verdicts"],
    rows,
  );
}

/** docs/verdicts.md: a row a claim, under the heading of its group. */
export function verdictsPage(
  groups: readonly Group[],
  claims: readonly Claim[],
  verdicts: readonly ClaimVerdict[],
): string {
  const sections = tested(groups, verdicts).map((group) => {
    const own = claims.filter((claim) => claim.group === group.id);
    const rows = own.map(({ id, title, varied }) => {
      const verdict = verdicts.find((one) => one.id === id)!;
      const { predicted, measured, replications } = verdict;
      return [
        `\`${id}\``,
        `${title} (${varied})`,
        predicted,
        measured.text,
        String(replications),
        word(verdict),
      ];
    });
    const columns = ["claim", "statement", "theory", "measured (± 95 %)", "replications", "verdict"];
    return `## ${group.id}. ${group.title}\n\n${table(columns, rows)}\n`;
  });
  return [
    "# Every verdict",
    "",
    "What `npx advtransfer verify` finds with its defaults (preset quick, seed 2021), written by `npm run docs`; a test runs it again and compares. " +
      "What the columns mean: [claims.md](claims.md); what computes and proves each: [map.md](map.md).",
    "",
    ...sections,
  ].join("\n");
}

/** A group whose claims are of the full preset alone is not in the table of another one. */
function tested(groups: readonly Group[], verdicts: readonly ClaimVerdict[]): readonly Group[] {
  return groups.filter(({ id }) => verdicts.some(({ group }) => group === id));
}

function word({ verdict, trustworthy, informative }: ClaimVerdict): string {
  const shown = verdict === "inconclusive" ? "open" : verdict;
  return `${shown}${trustworthy ? "" : ", untrustworthy"}${informative ? " (information)" : ""}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
