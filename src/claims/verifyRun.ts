import { keyedStream } from "../random/keyedStream.js";
import type { Campaign, RunningStudy } from "./campaign.js";
import { type Claim, type ClaimStudy, studiesOf } from "./claim.js";
import { evaluate } from "./evaluate.js";
import type { Outcome } from "./kinds/outcome.js";
import { HOLDS_LEVEL, VIOLATED_LEVEL } from "./presets.js";
import { pValues, replicationsToDecide } from "./statistics/conditions.js";
import { holm, nextHolmLevel } from "./statistics/holm.js";
import { Looks, lookShare } from "./statistics/looks.js";
import type { ClaimVerdict, VerdictWord } from "./verdict.js";
import type { VerifyOptions, VerifyResult } from "./verifyOptions.js";

/** What is known of a claim so far. */
interface Entry {
  readonly claim: Claim;
  readonly looks: Looks;
  outcome: Outcome | null;
  verdict: VerdictWord | null;
  timeIsUp: boolean;
  notes: string[];
}

/** The state of a run of `verify`: each claim with its looks, and what is decided of it. */
export class VerifyRun {
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
      timeIsUp: false,
      notes: [],
    }));
  }

  async looks(): Promise<VerifyResult["ended"]> {
    const { preset } = this.options;
    for (let look = 1; look <= preset.looks; look++) {
      for (const entry of this.entries) {
        if (entry.verdict !== null || entry.timeIsUp) continue;
        const stopped = await this.compute(entry.claim, look);
        if (stopped === "interrupted") return stopped;
        // What costs more than the time that is left is not begun; a cheaper claim may still be.
        entry.timeIsUp = stopped === "time";
        if (entry.timeIsUp) continue;
        this.test(entry, look);
        this.decide();
      }
      if (this.entries.every(({ verdict }) => verdict !== null)) return "decided";
    }
    return this.entries.some(({ timeIsUp }) => timeIsUp) ? "time" : "looks";
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
