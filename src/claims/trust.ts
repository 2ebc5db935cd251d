import type { Group } from "./claim.js";
import { type ClaimVerdict, violatedGroups } from "./verdict.js";

/**
 * Marks what cannot be trusted: when a control is violated (what must fail did not fail, what must be unchanged changed), every verdict of
 * the groups that name it as their control says nothing, whichever way it fell.
 */
export function withTrust(verdicts: readonly ClaimVerdict[], groups: readonly Group[]): ClaimVerdict[] {
  const violated = violatedGroups(verdicts);
  const doubtful = new Set(
    groups.filter(({ controls }) => controls.some((id) => violated.has(id))).map(({ id }) => id),
  );
  return verdicts.map((verdict) =>
    doubtful.has(verdict.group) ? { ...verdict, trustworthy: false } : verdict,
  );
}

/** How the controls of a group came out, in words: "N1 holds, N4 violated, N6 not run". */
export function controlText(group: Group, verdicts: readonly ClaimVerdict[]): string {
  if (group.controls.length === 0) return "";
  const word = (id: string): string => {
    const own = verdicts.filter((verdict) => verdict.group === id && !verdict.informative);
    if (own.length === 0) return "not run";
    if (own.every(({ verdict }) => verdict === "skipped")) return "skipped";
    if (own.some(({ verdict }) => verdict === "violated")) return "violated";
    return own.some(({ verdict }) => verdict === "inconclusive") ? "open" : "holds";
  };
  return group.controls.map((id) => `${id} ${word(id)}`).join(", ");
}
