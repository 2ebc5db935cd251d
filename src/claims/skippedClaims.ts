import { badInput } from "../core/guards.js";
import { type Claim, type ClaimStudy, studiesOf } from "./claim.js";
import type { ClaimVerdict } from "./verdict.js";

/**
 * The claims that cannot be tested here, each with a verdict that says why: those of a study whose `missing` gives a reason. Every study is asked once. Throws
 * `bad-input` on a reason that says nothing, and whatever `missing` throws.
 */
export async function skippedClaims(claims: readonly Claim[]): Promise<ReadonlyMap<Claim, ClaimVerdict>> {
  const reasons = new Map<ClaimStudy, string | null>();
  for (const study of new Set(claims.flatMap(studiesOf))) reasons.set(study, await reasonOf(study));
  const skipped = new Map<Claim, ClaimVerdict>();
  for (const claim of claims) {
    const own = new Set(studiesOf(claim).flatMap((study) => reasons.get(study) ?? []));
    if (own.size > 0) skipped.set(claim, skippedVerdict(claim, [...own]));
  }
  return skipped;
}

async function reasonOf({ name, missing }: ClaimStudy): Promise<string | null> {
  const reason = (await missing?.()) ?? null;
  if (reason === null || (typeof reason === "string" && reason.trim() !== "")) return reason;
  throw badInput(`study ${name}: missing`, "a reason in words, or null", reason);
}

function skippedVerdict(claim: Claim, reasons: readonly string[]): ClaimVerdict {
  return {
    id: claim.id,
    group: claim.group,
    title: claim.title,
    kind: claim.test.kind,
    verdict: "skipped",
    trustworthy: true,
    informative: claim.informative ?? false,
    predicted: "",
    measured: { text: "not run", value: null, interval: null },
    pValues: { holds: 1, violated: 1 },
    looks: 0,
    replications: 0,
    moreReplications: null,
    failures: 0,
    notes: reasons,
  };
}
