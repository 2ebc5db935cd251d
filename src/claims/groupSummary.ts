import { intervalText } from "../core/numberText.js";
import type { Group } from "./claim.js";
import type { ClaimVerdict, VerdictWord } from "./verdict.js";

/** The numbers that a group shows in one line: "slope in n: −0.507 ± 0.015; in p: 0.501 ± 0.017". What was not run is left out. */
export function seenText(group: Group, verdicts: readonly ClaimVerdict[]): string {
  const shown = (group.summary?.seen ?? []).flatMap(([label, id]) => {
    const verdict = verdicts.find((one) => one.id === id);
    return verdict === undefined || verdict.verdict === "skipped"
      ? []
      : [`${label === "" ? "" : `${label}: `}${numbersOf(verdict)}`];
  });
  return shown.join("; ");
}

/** The measured value with its 95 % interval; the text where the claim is not about a number. */
function numbersOf({ kind, measured: { text, value, interval } }: ClaimVerdict): string {
  if (kind === "identity" || value === null || interval === null) return text;
  return intervalText(value, (interval[1] - interval[0]) / 2);
}

/** How the claims of a group came out: "all 10 hold", "8 of 10 hold, 2 open", "1 of 10 violated, 1 open, 1 skipped"; "holds" of a single one. */
export function countText(verdicts: readonly ClaimVerdict[]): string {
  const total = verdicts.length;
  const count = (word: VerdictWord): number => verdicts.filter(({ verdict }) => verdict === word).length;
  const [holds, violated, open] = [count("holds"), count("violated"), count("inconclusive")];
  const skipped = count("skipped");
  if (total === 1) return open === 1 ? "open" : verdicts[0]!.verdict;
  const every = total === 2 ? "both" : `all ${total}`;
  if (holds === total) return `${every} hold`;
  if (violated === total) return `${every} violated`;
  if (skipped === total) return `${every} skipped`;
  const first = violated > 0 ? `${violated} of ${total} violated` : `${holds} of ${total} hold`;
  return `${first}${open === 0 ? "" : `, ${open} open`}${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
