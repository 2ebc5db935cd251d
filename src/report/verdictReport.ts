import type { RunningStudy } from "../claims/campaign.js";
import type { Claim, ClaimStudy, Group } from "../claims/claim.js";
import { countText, seenText } from "../claims/groupSummary.js";
import { controlText } from "../claims/trust.js";
import type { ClaimVerdict, VerdictWord } from "../claims/verdict.js";
import type { VerdictsFile } from "../claims/verdictsFile.js";
import { numberText } from "../core/numberText.js";
import type { StudyResult } from "../study/results.js";
import { allMethods } from "./allMethods.js";
import type { Headline, ReportPage, ReportSection, Statement, VerdictTone } from "./html/reportPage.js";
import { mathml } from "./mathml.js";
import { methodStyles } from "./palette.js";
import { failureLines } from "./studyHeadline.js";
import { studyResult, verdictFigures } from "./verdictFigures.js";

/** What a report of verdicts is made from. */
export interface VerdictReportInput {
  readonly file: VerdictsFile;
  readonly claims: readonly Claim[];
  readonly groups: readonly Group[];
  readonly studies: readonly RunningStudy[];
}

/** The report of a run of `verify` as a page: a summary of all claims on top, then a section a group with each statement, its figures and its numbers. */
export function verdictReportPage(input: VerdictReportInput): ReportPage {
  const { file, claims, groups } = input;
  const results = new Map<ClaimStudy, StudyResult>();
  for (const running of input.studies) {
    const result = studyResult(running);
    if (result !== null) results.set(running.claimStudy, result);
  }
  const styles = methodStyles([...results.values()].flatMap(allMethods));
  const ids = [...new Set(claims.map(({ group }) => group))];
  const sections = ids.map((id): ReportSection => {
    const group = groups.find((one) => one.id === id) ?? { id, title: id, question: "", controls: [] };
    const own = claims.filter((claim) => claim.group === id);
    const verdicts = file.claims.filter((verdict) => verdict.group === id);
    const studies = new Set(own.flatMap(({ test }) => studyNames(test)));
    return {
      id: `group-${id.toLowerCase()}`,
      title: `${id}. ${group.title}`,
      question: group.question === "" ? null : group.question,
      headline: groupHeadline(group, verdicts, file.claims),
      statements: own.map((claim) => statement(claim, verdicts.find((v) => v.id === claim.id)!, file)),
      figures: verdictFigures(own, results, styles),
      failures: [...results].flatMap(([study, result]) =>
        studies.has(study.name) ? failureLines(result) : [],
      ),
    };
  });
  const { provenance, seed, command } = file;
  return {
    title: "Claims of adversarial transfer learning, tested",
    intro: intro(file),
    sections: [summarySection(input), ...sections],
    rowName: "Claim or control",
    provenance: {
      version: provenance.version,
      ...(provenance.commit === null ? {} : { commit: provenance.commit }),
      seed,
      command,
    },
  };
}

function studyNames(test: Claim["test"]): string[] {
  const series = JSON.stringify(test, (key, value) => (key === "study" ? { name: value.name } : value));
  return [...new Set([...series.matchAll(/"study":\{"name":"([^"]+)"/g)].map((match) => match[1]!))];
}

function intro(file: VerdictsFile): string[] {
  const { counts, provenance, seconds, replications, preset, levels } = file;
  const informative = file.claims.filter((claim) => claim.informative).length;
  const total = counts.holds + counts.violated + counts.inconclusive;
  const extra =
    informative === 0 ? "" : ` ${informative} more are for information: the theory does not make them.`;
  const open = counts.inconclusive === 1 ? "1 is open" : `${counts.inconclusive} are open`;
  const violated =
    ["none is violated", "1 is violated"][counts.violated] ?? `${counts.violated} are violated`;
  return [
    `${counts.holds} of ${total} claims hold, ${violated}, ${open}.${skippedText(counts.skipped)}${extra}`,
    "C1 to C6 are claims of Deng, Zhang, Vodrahalli, Kawaguchi and Zou (NeurIPS 2021) and exact values derived beside them, N1 to N6 negative controls (where the theory " +
      "says that the effect must be absent or reversed), R1 and R2 other noise. Subspace error is ‖sin Θ‖ between the learnt and the true representation; a ÷ b is a ratio " +
      "of two methods' mean ‖sin Θ‖².",
    `The probability that any claim of this run is called violated although it is true is at most ${100 * levels.violated} %, and that any is said to hold although it is ` +
      `false (beyond its margin) at most ${100 * levels.holds} %: Holm over all claims, and at the k-th look at the data 2⁻ᵏ of the level. Intervals are 95 % for one ` +
      "quantity at one look, as usual. The command of a claim tests it with its controls alone, on the same draws; it may then be decided at an earlier look.",
    `Preset ${preset}: ${replications} replications in ${numberText(seconds, 2)} s (${ENDED[file.ended] ?? file.ended}), begun ${begunText(provenance.begun)} on ` +
      `${provenance.machine}, node ${provenance.node}.`,
  ].map(unbroken);
}

function skippedText(count: number): string {
  if (count === 0) return "";
  const them =
    count === 1
      ? "1 more was skipped, since what it needs"
      : `${count} more were skipped, since what they need`;
  return ` ${them} is not on the machine of this run.`;
}

const ENDED: Readonly<Record<string, string>> = {
  decided: "all decided",
  looks: "all looks made",
  time: "the time was up",
  interrupted: "interrupted",
};

/** "2026-01-31 at 12:30 UTC" from ISO 8601. */
function begunText(iso: string): string {
  return iso.replace(/^(\S+)T(\d+:\d+).*Z$/, "$1 at $2 UTC");
}

/** A number is not parted from its percent sign by the end of a line. */
function unbroken(text: string): string {
  return text.replaceAll(/(\d) %/g, "$1\u00a0%");
}

function summarySection({ file, claims, groups }: VerdictReportInput): ReportSection {
  const rows = claims.map((claim) => {
    const verdict = file.claims.find(({ id }) => id === claim.id)!;
    const group = groups.find(({ id }) => id === claim.group);
    const control = group === undefined ? "" : controlText(group, file.claims);
    return [
      claim.id,
      verdictText(verdict),
      claim.title,
      claim.varied,
      verdict.predicted,
      verdict.verdict === "skipped" ? verdict.notes.join("; ") : verdict.measured.text,
      control,
    ];
  });
  return {
    id: "all-claims",
    title: "All claims",
    question: null,
    figures: [],
    tables: [
      {
        caption:
          "Every claim: verdict, what was varied, what theory says, what was measured, and its controls",
        columns: ["Claim", "Verdict", "Statement", "Varied", "Predicted", "Measured (95 %)", "Controls"],
        rows,
        links: claims.map(({ id }) => statementId(id)),
      },
    ],
  };
}

function groupHeadline(group: Group, own: readonly ClaimVerdict[], all: readonly ClaimVerdict[]): Headline {
  const controls = controlText(group, all);
  const parts = [seenText(group, own), controls === "" ? "" : `controls: ${controls}`];
  const some = (word: VerdictWord): ClaimVerdict | undefined => own.find(({ verdict }) => verdict === word);
  const worst = some("violated") ?? some("inconclusive") ?? some("skipped") ?? own[0]!;
  const remark = own.every(({ informative }) => informative) ? " (information)" : "";
  const doubt = own.some(({ trustworthy }) => !trustworthy) ? ", untrustworthy" : "";
  return {
    theory: group.summary?.theory ?? group.question,
    seen: parts.filter((text) => text !== "").join("; "),
    verdict: { text: `${countText(own)}${doubt}${remark}`, tone: toneOf(worst) },
  };
}

function statement(claim: Claim, verdict: ClaimVerdict, file: VerdictsFile): Statement {
  return {
    id: statementId(claim.id),
    title: `${claim.id}: ${claim.title}`,
    formula: claim.formula === "" ? null : mathml(claim.formula),
    verdict: { text: verdictText(verdict), tone: toneOf(verdict) },
    facts: facts(claim, verdict).filter(([, text]) => text !== ""),
    command: `${file.command.replaceAll(/ --claim \S+/g, "")} --claim ${claim.id}`,
  };
}

function statementId(id: string): string {
  return `claim-${id.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`;
}

function facts(claim: Claim, verdict: ClaimVerdict): (readonly [string, string])[] {
  const { looks, replications, moreReplications: more, failures, pValues, notes } = verdict;
  const many = `${replications} replications a cell at most, ${looks} ${looks === 1 ? "look" : "looks"}`;
  const skipped = verdict.verdict === "skipped";
  return [
    ["Measured", verdict.measured.text],
    ["Predicted", verdict.predicted],
    ["Varied", claim.varied],
    ["Study", studyNames(claim.test).join(", ")],
    ["Test", skipped ? claim.test.kind : `${claim.test.kind}, ${many}`],
    [
      "P-values",
      skipped ? "" : `${pValue(pValues.holds)} if it were false, ${pValue(pValues.violated)} if it were true`,
    ],
    ["Would decide", more === null ? "" : `about ${more} more replications a cell`],
    ["Failed replications", failures === 0 ? "" : String(failures)],
    ["Assumptions", claim.assumptions.join(" ")],
    ["Would refute it", claim.refutedBy],
    ["Source", claim.source],
    [skipped ? "Skipped" : "Note", notes.join("; ")],
  ];
}

function pValue(p: number): string {
  return numberText(Math.min(1, p), 2);
}

function verdictText(verdict: ClaimVerdict): string {
  const word = verdict.verdict === "inconclusive" ? "open" : verdict.verdict;
  if (!verdict.trustworthy) return `${word}, untrustworthy`;
  return verdict.informative ? `${word} (information)` : word;
}

function toneOf({ verdict, trustworthy, informative }: ClaimVerdict): VerdictTone {
  if (informative || verdict === "inconclusive" || verdict === "skipped") return "open";
  return verdict === "holds" && trustworthy ? "good" : "bad";
}
