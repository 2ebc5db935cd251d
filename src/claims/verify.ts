import { availableParallelism } from "node:os";
import { badInput, requireInteger } from "../core/guards.js";
import { keyedStream } from "../random/keyedStream.js";
import { Campaign, type RunningStudy } from "./campaign.js";
import { type Claim, type ClaimStudy, studiesOf } from "./claim.js";
import { evaluate } from "./evaluate.js";
import type { Outcome } from "./kinds/outcome.js";
import { HOLDS_LEVEL, type Preset, VIOLATED_LEVEL } from "./presets.js";
import { pValues, replicationsToDecide } from "./statistics/conditions.js";
import { holm, nextHolmLevel } from "./statistics/holm.js";
import { Looks, lookShare } from "./statistics/looks.js";
import type { ClaimVerdict, VerdictWord } from "./verdict.js";

export interface VerifyOptions {
  readonly preset: Preset;
  readonly seed: number;
  /** @defaultValue the cores of this machine */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives each verdict when it falls, and the open ones at the end. */
  readonly onVerdict?: ((verdict: ClaimVerdict) => void) | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** URL of a module that exports `runReplication`, for another model than the built-in one. */
  readonly replicationModule?: string | undefined;
}

export interface VerifyProgress {
  readonly look: number;
  /** The study that is being computed. */
  readonly study: string;
  readonly decided: number;
  readonly claims: number;
  readonly replications: number;
  /** Share of the time or of the first look that is done, in [0, 1]: whichever is further. */
  readonly share: number;
}

export interface VerifyResult {
  readonly verdicts: readonly ClaimVerdict[];
  readonly studies: readonly RunningStudy[];
  /** Rows computed, over all studies. */
  readonly replications: number;
  /** `decided`: nothing was left to decide; else what stopped the run. */
  readonly ended: "decided" | "looks" | "time" | "interrupted";
}

/**
 * Decides claims by Monte Carlo, with controlled errors over the whole run.
 *
 * Look k = 1, 2, ... gives every cell of the studies of every open claim first * effort * 2^(k-1) replications (preset.replications is `first`) and tests each open
 * claim. A claim is *holds* or *violated* as soon as Holm's test over all claims of the run rejects its opposite: at level 0.04 the hypotheses "claim i is
 * false", and, separately, at level 0.01 the hypotheses "claim i is true". So the probability of any wrong *holds* is at most 4 %, that of any wrong *violated* at
 * most 1 %, whatever the number of looks and claims (see `pValues`, `Looks`, `holm` for the three steps of the proof).
 *
 * Deterministic: verdicts are a function of the seed, the claims and the looks that were made, not of workers or of their order. The clock decides one thing alone:
 * once `preset.seconds` are over, or would be, no further study is begun, and what is open then is *inconclusive*.
 */
export async function verify(claims: readonly Claim[], options: VerifyOptions): Promise<VerifyResult> {
  if (claims.length === 0) throw badInput("claims", "at least one", claims);
  const { preset, seed, signal } = options;
  const workers = requireInteger("workers", options.workers ?? availableParallelism(), 1, 256);
  const campaign = new Campaign(claims.flatMap(studiesOf), {
    seed,
    workers,
    replications: preset.replications,
    signal,
    replicationModule: options.replicationModule,
  });
  const run = new Run(claims, campaign, options);
  try {
    const ended = await run.looks();
    return { ...run.finish(), ended };
  } finally {
    await campaign.close();
  }
}

/** What is known of a claim so far. */
interface Entry {
  readonly claim: Claim;
  readonly looks: Looks;
  outcome: Outcome | null;
  verdict: VerdictWord | null;
  notes: string[];
}

class Run {
  private readonly entries: Entry[];
  private readonly begun = performance.now();
  private rows = 0;

  constructor(
    claims: readonly Claim[],
    private readonly campaign: Campaign,
    private readonly options: VerifyOptions,
  ) {
    this.entries = claims.map((claim) => ({
      claim,
      looks: new Looks(),
      outcome: null,
      verdict: null,
      notes: [],
    }));
  }

  async looks(): Promise<VerifyResult["ended"]> {
    const { preset } = this.options;
    for (let look = 1; look <= preset.looks; look++) {
      for (const entry of this.entries) {
        if (entry.verdict !== null) continue;
        const stopped = await this.compute(entry.claim, look);
        if (stopped !== null) return stopped;
        this.test(entry, look);
        this.decide();
      }
      if (this.entries.every(({ verdict }) => verdict !== null)) return "decided";
    }
    return "looks";
  }

  /** Brings the studies of a claim to a look; says what stopped it, or null. */
  private async compute(claim: Claim, look: number): Promise<"time" | "interrupted" | null> {
    for (const claimStudy of studiesOf(claim)) {
      const running = this.campaign.get(claimStudy);
      const target = this.campaign.wanted(claimStudy, look);
      if (running.done >= target) continue;
      if (look > 1 && this.timeIsUp(running, target)) return "time";
      const complete = await this.campaign.advance(running, target, (count) => {
        this.rows += count;
        this.report(look, claimStudy);
      });
      if (!complete) return "interrupted";
    }
    return null;
  }

  /** The first look is always made: without it there is nothing to say. */
  private timeIsUp(running: RunningStudy, target: number): boolean {
    const needed = (running.secondsEach ?? 0) * (target - running.done);
    return this.elapsed() + needed > this.options.preset.seconds;
  }

  private test(entry: Entry, look: number): void {
    const { claim } = entry;
    const rng = keyedStream([this.options.seed, "bootstrap", claim.id, look]);
    const outcome = evaluate(claim.test, this.campaign, rng);
    entry.outcome = outcome;
    entry.notes =
      outcome.conditions.length === 0 && outcome.certain === undefined ? [outcome.measured.text] : [];
    const p = pValues(outcome.conditions);
    entry.looks.add(
      outcome.certain === "holds"
        ? { holds: 0, violated: 1 }
        : outcome.certain === "violated"
          ? { holds: 1, violated: 0 }
          : p,
    );
  }

  /** Holm over all claims of the run, those not looked at yet with p = 1; announces what is new. */
  private decide(): void {
    const holds = holm(
      this.entries.map(({ looks }) => looks.pValues.holds),
      HOLDS_LEVEL,
    );
    const violated = holm(
      this.entries.map(({ looks }) => looks.pValues.violated),
      VIOLATED_LEVEL,
    );
    for (const [i, entry] of this.entries.entries()) {
      if (entry.verdict !== null || !(holds[i] || violated[i])) continue;
      entry.verdict = violated[i] ? "violated" : "holds";
      this.options.onVerdict?.(this.describe(entry));
    }
  }

  finish(): Omit<VerifyResult, "ended"> {
    for (const entry of this.entries)
      if (entry.verdict === null) this.options.onVerdict?.(this.describe(entry));
    const verdicts = this.entries.map((entry) => this.describe(entry));
    return { verdicts, studies: this.campaign.all(), replications: this.rows };
  }

  private describe({ claim, looks, outcome, verdict, notes }: Entry): ClaimVerdict {
    const studies = studiesOf(claim).map((study) => this.campaign.get(study));
    const failed = studies.flatMap(({ rows }) => rows.flat().filter((row) => "error" in row));
    const replications = Math.max(
      ...studies.map(({ claimStudy }) => this.campaign.wanted(claimStudy, Math.max(1, looks.looks))),
    );
    const word = verdict ?? "inconclusive";
    const reason =
      failed.length > 0 && "error" in failed[0]! ? [`the first failure: ${failed[0].error}`] : [];
    return {
      id: claim.id,
      group: claim.group,
      title: claim.title,
      kind: claim.test.kind,
      verdict: word,
      trustworthy: true,
      informative: claim.informative ?? false,
      predicted: outcome?.predicted ?? "",
      measured: outcome?.measured ?? { text: "not looked at", value: null, interval: null },
      pValues: looks.pValues,
      looks: looks.looks,
      replications: looks.looks === 0 ? 0 : replications,
      moreReplications: word === "inconclusive" ? this.more(outcome, looks) : null,
      failures: failed.length,
      notes: [...notes, ...reason],
    };
  }

  private more(outcome: Outcome | null, looks: Looks): number | null {
    if (outcome === null || outcome.conditions.length === 0) return null;
    const share = lookShare(looks.looks + 1);
    const open = this.entries.map(({ verdict }) => verdict !== null);
    const needed = replicationsToDecide(outcome.conditions, {
      holds: nextHolmLevel(open, HOLDS_LEVEL) * share,
      violated: (VIOLATED_LEVEL / this.entries.length) * share,
    });
    const have = Math.min(...outcome.conditions.map(({ theta }) => theta.n));
    return needed === null ? null : Math.max(1, needed - have);
  }

  private elapsed(): number {
    return (performance.now() - this.begun) / 1000;
  }

  private report(look: number, study: ClaimStudy): void {
    const decided = this.entries.filter(({ verdict }) => verdict !== null).length;
    const looked = this.entries.filter(({ looks }) => looks.looks >= look).length;
    const share = Math.max(
      this.elapsed() / this.options.preset.seconds,
      look === 1 ? looked / this.entries.length / 2 : 0.5,
    );
    this.options.onProgress?.({
      look,
      study: study.name,
      decided,
      claims: this.entries.length,
      replications: this.rows,
      share: Math.min(1, share),
    });
  }
}
