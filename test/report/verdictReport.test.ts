import { describe, expect, it } from "vitest";
import { CLAIMS, GROUPS } from "../../src/claims/catalogue/catalogue.js";
import { PRESETS } from "../../src/claims/presets.js";
import { selectClaims } from "../../src/claims/selectClaims.js";
import { withTrust } from "../../src/claims/trust.js";
import { verdictsFile } from "../../src/claims/verdictsFile.js";
import { verify } from "../../src/claims/verify.js";
import { pageHtml } from "../../src/report/html/pageHtml.js";
import { mathml } from "../../src/report/mathml.js";
import { verdictReportPage } from "../../src/report/verdictReport.js";

const claims = selectClaims(CLAIMS, ["C2", "N1", "N4"]);
const preset = { ...PRESETS.smoke, looks: 1 };
const { verdicts, studies, replications, ended } = await verify(claims, { preset, seed: 1, workers: 1 });

const file = (changed = verdicts) =>
  verdictsFile({
    provenance: {
      version: "0",
      commit: "abc",
      node: "v20",
      machine: "2 x chip",
      begun: "2026-01-01T00:00:00.000Z",
    },
    preset: "smoke",
    seed: 1,
    command: "npx advtransfer verify --preset smoke --seed 1 --claim C2",
    seconds: 1,
    replications,
    ended,
    claims: withTrust(changed, GROUPS),
  });
const pageOf = (of = file()) => verdictReportPage({ file: of, claims, groups: GROUPS, studies });

describe("formulas", () => {
  it.each(CLAIMS.map(({ id, formula }) => [id, formula]))(
    "of %s are MathML that needs nothing else",
    (_, formula) => {
      const markup = mathml(formula);
      expect(markup).toMatch(/<math [\s\S]*<\/math>/);
      expect(markup).not.toMatch(/<(?:img|link|style|script)|\sstyle=/);
    },
  );

  it("have the thin space of a function's name, but not before a bracket", () => {
    const space = '<mspace width="0.1667em"></mspace>';
    expect(mathml("\\sin\\Theta")).toContain(`\u2061</mo>${space}<mi`);
    expect(mathml("\\log(T+p)")).not.toContain(space);
  });

  it("that are no TeX are an error, not red text on the page", () => {
    expect(() => mathml("\\frac{1")).toThrow(/TeX/);
    expect(() => mathml("\\undefinedCommand")).toThrow(/TeX/);
  });
});

describe("the report of verdicts", () => {
  it("has a summary row for every claim and a section for every group that was run", () => {
    const page = pageOf();
    expect(page.sections.map(({ id }) => id)).toEqual(["all-claims", "group-c2", "group-n1", "group-n4"]);
    expect(page.sections[0]!.tables![0]!.rows.map(([id]) => id)).toEqual(claims.map(({ id }) => id));
  });

  it("says of every claim what was measured, its assumptions, what would refute it and how to test it again", () => {
    const html = pageHtml(pageOf(), "");
    for (const { id, refutedBy } of claims) {
      expect(html).toContain(`npx advtransfer verify --preset smoke --seed 1 --claim ${id}`);
      expect(html).toContain(refutedBy.replaceAll("'", "&#39;"));
    }
    expect(html).toContain("2 x chip");
    expect(html.match(/<math /g)!.length).toBe(claims.length);
  });

  it("draws a figure for every study, once", () => {
    const figures = pageOf().sections.flatMap(({ figures: own }) => own.map(({ id }) => id));
    expect(new Set(figures).size).toBe(figures.length);
    expect(figures.some((id) => id.includes("c2-alpha"))).toBe(true);
  });

  it("shows a violated control as bad, and what it controls as untrustworthy", () => {
    const changed = verdicts.map((v) => (v.id === "N4.risk" ? { ...v, verdict: "violated" as const } : v));
    const page = pageOf(file(changed));
    const headline = (id: string) => page.sections.find((section) => section.id === id)!.headline!;
    expect(headline("group-n4").verdict).toEqual({ text: "1 of 2 violated", tone: "bad" });
    expect(headline("group-c2").verdict!.text).toContain("untrustworthy");
    expect(headline("group-c2").seen).toContain("N4 violated, N6 not run");
    expect(file(changed).failed).toBe(true);
  });
});
