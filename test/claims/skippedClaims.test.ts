import { describe, expect, it } from "vitest";
import type { Claim, ClaimStudy, ClaimTest, Series } from "../../src/claims/claim.js";
import { countText, seenText } from "../../src/claims/groupSummary.js";
import type { Preset } from "../../src/claims/presets.js";
import { controlText, withTrust } from "../../src/claims/trust.js";
import { type ClaimVerdict, failsRun } from "../../src/claims/verdict.js";
import { verdictsFile, verdictsJson } from "../../src/claims/verdictsFile.js";
import { verify } from "../../src/claims/verify.js";
import { verdictLines } from "../../src/cli/verdictLine.js";
import { pageHtml } from "../../src/report/html/pageHtml.js";
import { verdictReportPage } from "../../src/report/verdictReport.js";

const REASON = "the folder data/digits is empty";
const study: ClaimStudy = {
  name: "present",
  problem: { dimension: 20, rank: 1, tasks: 12, labeled: 20 },
  methods: [{ name: "standard" }, { name: "again" }],
  vary: { "problem.labeled": [10, 160] },
};
let asked = 0;
const absent: ClaimStudy = {
  ...study,
  name: "absent",
  missing: async () => {
    asked++;
    return REASON;
  },
};
const present: ClaimStudy = { ...study, name: "asked and present", missing: () => null };

const fewer = (of: ClaimStudy, against: ClaimStudy = of): ClaimTest => ({
  kind: "ordering",
  pairs: [
    {
      smaller: { study: of, method: "standard", where: ({ problem }) => problem.labeled === 160 },
      larger: { study: against, method: "standard", where: ({ problem }) => problem.labeled === 10 },
    },
  ],
});
const claim = (id: string, test: ClaimTest): Claim => ({
  id,
  group: id.split(".")[0]!,
  title: `title of ${id}`,
  formula: "x",
  source: "this test",
  assumptions: [],
  refutedBy: "",
  varied: "n",
  test,
});
const tested = claim("T.tested", fewer(study));
const skipped = claim("S.skipped", fewer(absent));
// Of two studies, one of which is there.
const half = claim("S.half", fewer({ ...study, name: "there" }, absent));
const asks = claim("P.present", fewer(present));
const CLAIMS = [skipped, tested, half, asks];
const GROUPS = [
  { id: "T", title: "tested", question: "", controls: ["S"] },
  {
    id: "S",
    title: "skipped",
    question: "",
    controls: [],
    summary: { theory: "less", seen: [["a ÷ b", "S.skipped"] as const] },
  },
];

const TINY: Preset = { name: "smoke", replications: 8, looks: 2, seconds: Number.POSITIVE_INFINITY };
const announced: string[] = [];
const run = await verify(CLAIMS, {
  preset: TINY,
  seed: 1,
  workers: 1,
  onVerdict: ({ id }) => announced.push(id),
});
const by = (id: string): ClaimVerdict => run.verdicts.find((verdict) => verdict.id === id)!;
const file = verdictsFile({
  provenance: { version: "0", commit: null, node: "v20", machine: "m", begun: "2026-01-01T00:00:00.000Z" },
  preset: "smoke",
  seed: 1,
  command: "verify",
  seconds: 1,
  replications: run.replications,
  ended: run.ended,
  claims: withTrust(run.verdicts, GROUPS),
});

describe("a claim whose study misses something", () => {
  it("is skipped with the reason, in its place, before anything is computed; the others are tested", () => {
    expect(run.verdicts.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["S.skipped", "skipped"],
      ["T.tested", "holds"],
      ["S.half", "skipped"],
      ["P.present", "holds"],
    ]);
    expect(by("S.skipped")).toMatchObject({ notes: [REASON], looks: 0, replications: 0, failures: 0 });
    expect(by("S.half").notes).toEqual([REASON]);
    expect([...announced].sort()).toEqual(["P.present", "S.half", "S.skipped", "T.tested"]);
    expect(announced.slice(0, 2)).toEqual(["S.skipped", "S.half"]);
    expect(run.studies.map(({ claimStudy }) => claimStudy)).toEqual([study, present]);
    expect(run.ended).toBe("decided");
  });

  it("its study is asked once a run, however many claims it has", () => {
    expect(asked).toBe(1);
  });

  it("is none of the claims that Holm's test counts: the others fall as without it", async () => {
    const without = await verify([tested, asks], { preset: TINY, seed: 1, workers: 1 });
    expect([by("T.tested"), by("P.present")]).toEqual(without.verdicts);
    // Where the family counts: an open claim says how many replications would decide it, at Holm's level.
    const close = { ...study, name: "close", vary: { "problem.labeled": [10, 40] } };
    const at = (n: number): Series => ({
      study: close,
      method: "standard",
      where: ({ problem }) => problem.labeled === n,
    });
    const open = claim("O.open", {
      kind: "ordering",
      pairs: [{ smaller: at(40), larger: at(10) }],
      factor: 0.42,
    });
    const one = { preset: { ...TINY, looks: 1 }, seed: 1, workers: 1 };
    const [alone, among] = [await verify([open], one), await verify([skipped, half, open], one)];
    expect(alone.verdicts[0]!.moreReplications).toBeGreaterThan(0);
    expect(among.verdicts[2]).toEqual(alone.verdicts[0]);
  });

  it("fails no run and makes no verdict untrustworthy; alone it ends a run at once", async () => {
    expect(failsRun(by("S.skipped"))).toBe(false);
    expect(file.failed).toBe(false);
    expect(file.claims.every(({ trustworthy }) => trustworthy)).toBe(true);
    const alone = await verify([skipped], { preset: TINY, seed: 1, workers: 1 });
    expect(alone).toMatchObject({ ended: "decided", replications: 0, studies: [] });
  });

  it("is counted and explained in verdicts.json, and is not open", () => {
    const read = JSON.parse(verdictsJson(file));
    expect(read.counts).toEqual({ holds: 2, violated: 0, inconclusive: 0, skipped: 2 });
    expect(read.claims[0]).toMatchObject({ verdict: "skipped", notes: [REASON] });
  });

  it("has a line with the reason on the terminal", () => {
    const lines = verdictLines(by("S.skipped"), (_style, text) => text);
    expect(lines).toBe(
      `skipped   ${"S.skipped".padEnd(25)}title of S.skipped\n          not run: ${REASON}\n`,
    );
  });

  it("is in the report with the reason, in neither colour of a verdict, and counted apart", () => {
    const page = verdictReportPage({ file, claims: CLAIMS, groups: GROUPS, studies: run.studies });
    expect(page.intro![0]).toBe(
      "2 of 2 claims hold, none is violated, 0 are open. 2 more were skipped, since what they need is not on the machine of this run.",
    );
    const section = page.sections.find(({ id }) => id === "group-s")!;
    expect(section.headline!.verdict).toEqual({ text: "both skipped", tone: "open" });
    expect(section.headline!.seen).toBe("");
    expect(section.statements![0]!.verdict).toEqual({ text: "skipped", tone: "open" });
    expect(section.statements![0]!.facts).toContainEqual(["Skipped", REASON]);
    expect(section.statements![0]!.facts.map(([name]) => name)).not.toContain("P-values");
    const row = page.sections[0]!.tables![0]!.rows[0]!;
    expect(row[1]).toBe("skipped");
    expect(row[5]).toBe(REASON);
    expect(pageHtml(page, "")).toContain(REASON);
  });

  it("a reason must say something, and what `missing` throws is thrown", async () => {
    const asking = (missing: () => never | string): Promise<unknown> =>
      verify([claim("X.x", fewer({ ...study, missing }))], { preset: TINY, seed: 1, workers: 1 });
    await expect(asking(() => " ")).rejects.toThrow(
      /study present: missing must be a reason in words, or null/,
    );
    await expect(
      asking(() => {
        throw new Error("no disk");
      }),
    ).rejects.toThrow("no disk");
  });
});

describe("a group with skipped claims in words", () => {
  const verdict = (word: ClaimVerdict["verdict"], id: string = "S.a"): ClaimVerdict =>
    ({
      id,
      group: "S",
      verdict: word,
      informative: false,
      measured: { text: "not run", value: null },
    }) as ClaimVerdict;
  const count = (...words: ClaimVerdict["verdict"][]): string =>
    countText(words.map((word) => verdict(word)));

  it("is counted beside what holds, what is violated and what is open", () => {
    expect(count("skipped")).toBe("skipped");
    expect(count("skipped", "skipped", "skipped")).toBe("all 3 skipped");
    expect(count("holds", "skipped")).toBe("1 of 2 hold, 1 skipped");
    expect(count("violated", "skipped", "inconclusive")).toBe("1 of 3 violated, 1 open, 1 skipped");
  });

  it("a control that is skipped is named so; in part skipped it is what its other claims are", () => {
    const of = (...words: ClaimVerdict["verdict"][]): string =>
      controlText(
        GROUPS[0]!,
        words.map((word) => verdict(word)),
      );
    expect(of("skipped", "skipped")).toBe("S skipped");
    expect(of("skipped", "holds")).toBe("S holds");
    expect(of("skipped", "violated")).toBe("S violated");
    expect(of()).toBe("S not run");
  });

  it("shows no number of a claim that was not run", () => {
    expect(seenText(GROUPS[1]!, [verdict("skipped", "S.skipped")])).toBe("");
    expect(seenText(GROUPS[1]!, [verdict("holds", "S.skipped")])).toBe("a ÷ b: not run");
  });
});
