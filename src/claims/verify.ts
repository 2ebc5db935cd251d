import { availableParallelism } from "node:os";
import { badInput, requireInteger } from "../core/guards.js";
import { Campaign } from "./campaign.js";
import { type Claim, studiesOf } from "./claim.js";
import { skippedClaims } from "./skippedClaims.js";
import type { VerifyOptions, VerifyResult } from "./verifyOptions.js";
import { VerifyRun } from "./verifyRun.js";

/**
 * Decides claims by Monte Carlo, with controlled errors over the whole run.
 *
 * Look k = 1, 2, ... gives every cell of the studies of every open claim first * effort * 2^(k-1) replications (preset.replications is `first`) and tests each open
 * claim. A claim is *holds* or *violated* as soon as Holm's test over all claims of the run rejects its opposite: at level 0.04 the hypotheses "claim i is
 * false", and, separately, at level 0.01 the hypotheses "claim i is true". So the probability of any wrong *holds* is at most 4 %, that of any wrong *violated* at
 * most 1 %, whatever the number of looks and claims (see `pValues`, `Looks`, `holm` for the three steps of the proof).
 *
 * Deterministic: verdicts are a function of the seed, the claims and the looks that were made, not of workers or of their order. The clock decides one thing alone:
 * a study that would end after `preset.seconds` is not begun, and what is open for that reason is *inconclusive*.
 *
 * A claim whose study misses something here (`ClaimStudy.missing`) is *skipped*, with the reason, before any data are drawn: Holm counts those that are tested.
 */
export async function verify(claims: readonly Claim[], options: VerifyOptions): Promise<VerifyResult> {
  if (claims.length === 0) throw badInput("claims", "at least one", claims);
  const { preset, seed, signal } = options;
  const workers = requireInteger("workers", options.workers ?? availableParallelism(), 1, 256);
  const skipped = await skippedClaims(claims);
  for (const verdict of skipped.values()) options.onVerdict?.(verdict);
  const tested = claims.filter((claim) => !skipped.has(claim));
  const campaign = new Campaign(tested.flatMap(studiesOf), {
    seed,
    workers,
    replications: preset.replications,
    signal,
    replicationModule: options.replicationModule,
  });
  const run = new VerifyRun(tested, campaign, options);
  try {
    const ended = await run.looks();
    const { verdicts, ...found } = run.finish();
    const all = claims.map((claim) => skipped.get(claim) ?? verdicts[tested.indexOf(claim)]!);
    return { ...found, verdicts: all, ended };
  } finally {
    await campaign.close();
  }
}
