import { describe, expect, it } from "vitest";
import { curveFigure } from "../../../src/report/curveFigure.js";
import { escapeHtml, scriptJson, scriptSource } from "../../../src/report/html/escape.js";
import { pageHtml } from "../../../src/report/html/pageHtml.js";
import type { ReportPage } from "../../../src/report/html/reportPage.js";
import { studyReportPage } from "../../../src/report/studyReport.js";
import { fakeStudyResult } from "../../helpers/fakeStudyResult.js";

const EVIL = `"><script>alert('x')</script><!-- <img src=https://evil.example/x>`;
const result = fakeStudyResult({ name: EVIL, question: EVIL, methods: ["standard", EVIL] });
const page = studyReportPage([
  {
    ...result,
    cells: result.cells.map((c, i) => (i > 0 ? c : { ...c, failures: [{ replication: 3, error: EVIL }] })),
  },
]);
const STUB = "window.Plotly = {};";

describe("a report page", () => {
  const html = pageHtml(page, STUB);
  const markup = html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<style>[\s\S]*?<\/style>/, "");

  it("holds user text as text only", () => {
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(markup).not.toContain("<img");
    expect(markup).not.toContain("<!--");
    expect(markup).toContain("&lt;script&gt;alert(&#39;x&#39;)");
  });

  it("asks for nothing from anywhere", () => {
    for (const [, target] of markup.matchAll(/\s(?:src|href|srcset|action|data)="([^"]*)"/g)) {
      expect(target).toMatch(/^(#|data:)/);
    }
    expect(html).not.toMatch(/@import|url\(/);
    expect(html).toContain("default-src 'none'");
  });

  it("is the same bytes for the same results, and holds no date", () => {
    expect(pageHtml(page, STUB)).toBe(html);
    expect(html).not.toMatch(/\b20[2-9]\d-\d\d-\d\d/);
  });

  it("reads in order: one h1, no skipped level, every figure titled, captioned in text and in a table", () => {
    const levels = [...markup.matchAll(/<h([1-6])/g)].map((m) => Number(m[1]));
    expect(levels.filter((l) => l === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      if (i > 0) expect(level).toBeLessThanOrEqual(levels[i - 1]! + 1);
    });
    const figures = page.sections.flatMap((s) => s.figures).length;
    expect(markup.match(/<figure /g)).toHaveLength(figures);
    expect(markup.match(/role="img" aria-label="[^"]+"/g)).toHaveLength(figures);
    expect(markup.match(/<details>/g)).toHaveLength(figures);
    expect(markup.match(/<th(?! scope=)[\s>]/g)).toBeNull();
  });

  it("lists what failed, with its reason", () => {
    expect(markup).toContain("1 failed");
    expect(markup).toContain("cell 0, 1 replication (3)");
  });

  it("links every section from the contents and the summary", () => {
    const two = studyReportPage([fakeStudyResult({ name: "same" }), fakeStudyResult({ name: "same" })]);
    const text = pageHtml(two, STUB);
    for (const section of two.sections) {
      expect(text.split(`href="#${section.id}"`)).toHaveLength(3);
      expect(text.split(`id="${section.id}"`)).toHaveLength(2);
    }
    expect(new Set(two.sections.map((s) => s.id)).size).toBe(2);
  });

  it("shows verdicts and theory where a section has them", () => {
    const verdict = { text: "violated", tone: "bad" } as const;
    const section = { ...page.sections[0]!, headline: { theory: "slope -1/2", seen: "slope 0", verdict } };
    const text = pageHtml({ ...page, sections: [section] }, STUB);
    expect(text).toContain("What theory says");
    expect(text.match(/class="verdict bad">violated/g)).toHaveLength(2);
  });

  it("refuses two figures of one id and ids that are not safe", () => {
    const figure = curveFigure(fakeStudyResult(), {
      id: "f",
      title: "t",
      x: "problem.dimension",
      metric: "sinTheta2",
    });
    const make = (figures: ReportPage["sections"][number]["figures"], id = "s"): string =>
      pageHtml({ ...page, sections: [{ id, title: "t", question: null, figures }] }, STUB);
    expect(() => make([figure, figure])).toThrow(/unique/);
    expect(() => make([figure], '"x')).toThrow(/section id/);
    expect(() => make([{ ...figure, id: "a b" }])).toThrow(/figure id/);
  });
});

describe("escaping", () => {
  it("HTML text comes back as it was", () => {
    expect(escapeHtml(`&<>"'`)).toBe("&amp;&lt;&gt;&quot;&#39;");
  });

  it("embedded JSON means the same and cannot close its script", () => {
    const value = { text: `</script><!--<script>\u2028` };
    expect(JSON.parse(scriptJson(value))).toEqual(value);
    expect(scriptJson(value)).not.toMatch(/[<>\u2028]/);
  });

  it("embedded source means the same and cannot close its script", () => {
    const source = `["</script>", "<!-- <SCRIPT>", /<\\/script>/.test("</script>")]`;
    const safe = scriptSource(source);
    expect(safe).not.toMatch(/<\/?script|<!--/i);
    // biome-ignore lint/security/noGlobalEval: the law is about what the source evaluates to
    const run = globalThis.eval as (text: string) => unknown;
    expect(run(safe)).toEqual(run(source));
  });
});
