import { CLAIMS, GROUPS } from "../src/claims/catalogue/catalogue.js";
import type { Claim } from "../src/claims/claim.js";
import { DEFAULT_SEED, PRESETS } from "../src/claims/presets.js";
import { selectClaims } from "../src/claims/selectClaims.js";
import { withTrust } from "../src/claims/trust.js";
import type { ClaimVerdict } from "../src/claims/verdict.js";
import { verify } from "../src/claims/verify.js";

/** What the README and docs/verdicts.md show. */
export const DOCUMENTED_CLAIMS: readonly Claim[] = selectClaims(CLAIMS, [], "quick");

/** `advtransfer verify` as the README shows it: preset quick, default seed. Without the preset's clock, so that a slow machine finds the same. */
export async function documentedRun(workers: number): Promise<readonly ClaimVerdict[]> {
  const preset = { ...PRESETS.quick, seconds: Number.POSITIVE_INFINITY };
  const { verdicts } = await verify(DOCUMENTED_CLAIMS, { preset, seed: DEFAULT_SEED, workers });
  return withTrust(verdicts, GROUPS);
}
