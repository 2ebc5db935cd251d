import { describe, expect, it } from "vitest";
import { budgetMetrics } from "../../../src/report/deep/armValues.js";
import { verdictCounts } from "../../../src/report/deep/deepHeadline.js";
import { deepReportPage } from "../../../src/report/deep/deepReport.js";
import { findings } from "../../../src/report/deep/findings.js";
import { pageHtml } from "../../../src/report/html/pageHtml.js";
import { type DeepTruth, fakeDeepResult, fakeDeepTruth } from "./fakeDeepResult.js";
import { fakeGallery } from "./fakeGallery.js";

const teacher = fakeDeepResult({
  file: { target: { labels: [5, 20], fineTune: true, attack: { norm: 2, radius: 0.5 } } },
});
const evil = `<img src=x onerror="hacked()">`;
const images = fakeDeepResult({ file: { name: evil, question: evil, data: { from: "strokes" }, seed: 9 } });
const page = deepReportPage([
  { result: teacher, gallery: fakeGallery([40]) },
  { result: images, gallery: fakeGallery([6, 5, 1]) },
]);

/** Every arm has errors that differ by chance alone. */
const nothing: DeepTruth = (cell, metric, r) =>
  metric.startsWith("errorRate")
    ? 0.3 + 0.02 * Math.sin(17 * r + 5 * cell.cell)
    : fakeDeepTruth(cell, metric, r);

describe("a report of deep studies", () => {
  it("has sections for each study: what came out, what was learnt, pictures, all numbers", () => {
    expect(page.sections.map(({ title }) => title.replace(evil, "x"))).toEqual([
      "teacher",
      "teacher: what was learnt",
      "teacher: pictures",
      "teacher: all numbers",
      "x",
      "x: what was learnt",
      "x: pictures",
      "x: all numbers",
    ]);
    const bare = deepReportPage([{ result: images, gallery: null }]);
    expect(bare.sections).toHaveLength(2);
    expect(bare.title).toBe(evil);
    expect(page.provenance).toMatchObject({ seed: "7, 9", command: "npx advtransfer deep" });
  });

  it("counts the verdicts of the main family at the top, with errors, backend, replications and seed", () => {
    const { seen, verdict } = page.sections[0]!.headline!;
    const better = teacher.probe.filter((one) => one.verdict === "better").length;
    const open = teacher.probe.filter((one) => one.verdict === "no difference seen").length;
    expect(better).toBeGreaterThan(0);
    expect(seen).toContain(`${better} of 6 comparisons better, 0 worse, ${open} no difference seen`);
    const raw = teacher.cells[teacher.points[0]!.cells.raw!]!.methods.raw!["errorRate@5"].mean!;
    expect(seen).toContain(`raw ${(100 * raw).toFixed(1)} %`);
    expect(seen).toContain("backend wasm, 6 replications, seed 7");
    expect(verdict).toEqual({ text: `${better} of 6 better`, tone: "good" });
  });

  it("has a table for every figure, unique ids, and nothing that is no number", () => {
    const figures = page.sections.flatMap((section) => section.figures);
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
    for (const figure of figures) {
      expect(figure.table.rows.length, figure.id).toBeGreaterThan(0);
      for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
    }
    const tables = page.sections.flatMap((section) => section.tables ?? []);
    for (const { rows, columns } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(JSON.stringify(page)).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it("escapes what users wrote, loads nothing, and is the same bytes each time", () => {
    const html = pageHtml(page, "");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/(?:src|href)="(?!#|data:)/);
    const again = deepReportPage([
      { result: teacher, gallery: fakeGallery([40]) },
      { result: images, gallery: fakeGallery([6, 5, 1]) },
    ]);
    expect(pageHtml(again, "")).toBe(html);
  });

  it("has two studies of one name without a clash of ids", () => {
    const twice = deepReportPage([
      { result: teacher, gallery: null },
      { result: teacher, gallery: null },
    ]);
    expect(() => pageHtml(twice, "")).not.toThrow();
  });

  it("has fine-tuning, robust, source and pseudo-label errors in its tables, and says what each arm is", () => {
    const [measures, secondary, arms] = page.sections[3]!.tables!;
    expect(measures!.columns).toEqual([
      "measure",
      "standard",
      "adversarial",
      "semi-supervised",
      "both",
      "random",
      "raw",
    ]);
    for (const name of [
      "target error, fine-tuned, 5",
      "target error under attack, 20",
      "source error (",
      "source error under",
      "wrong pseudo-labels",
    ]) {
      expect(
        measures!.rows.some(([measure]) => measure!.startsWith(name)),
        name,
      ).toBe(true);
    }
    expect(secondary!.rows).toHaveLength(teacher.secondary.length);
    expect(arms!.rows[3]).toEqual([
      "both",
      "trained network",
      "few, and pseudo-labels on the others (1 round)",
      "\u2113\u221e, \u03b5 = 0.3, 3 steps",
      "\u2014",
    ]);
    expect(arms!.rows.slice(4).map((row) => row[1])).toEqual(["untrained network", "the inputs themselves"]);
  });

  it("has as many tables of measures as points of the grid", () => {
    const varied = fakeDeepResult({ file: { vary: { "methods.both.attack.radius": [0.1, 0.5] } } });
    const sections = deepReportPage([{ result: varied, gallery: null }]).sections;
    const captions = sections.at(-1)!.tables!.map(({ caption }) => caption);
    expect(captions.filter((caption) => caption.startsWith("All measures"))).toHaveLength(2);
    expect(captions[1]).toContain("\u03b5 of both\u00a0=\u00a00.5");
  });

  it("lists failed replications by arm, and counts the rest", () => {
    const failed = fakeDeepResult({
      truth: (cell, metric, r) =>
        cell.problem.arm.name === "both" && r < 2
          ? new Error("the loss is not finite")
          : fakeDeepTruth(cell, metric, r),
    });
    const section = deepReportPage([{ result: failed, gallery: null }]).sections[0]!;
    expect(section.failures).toEqual(["both, cell 3, replications 0, 1: the loss is not finite"]);
    expect(section.headline!.seen).toContain("4 to 6 replications");
  });

  it("is there when nothing was measured", () => {
    const none = fakeDeepResult({ truth: () => new Error("no data") });
    const empty = deepReportPage([{ result: none, gallery: null }]);
    expect(() => pageHtml(empty, "")).not.toThrow();
    expect(empty.sections[0]!.figures).toEqual([]);
    expect(empty.sections[0]!.headline!.seen).toContain(
      "0 of 9 comparisons better, 0 worse, 0 no difference seen, 9 not measured",
    );
    expect(JSON.stringify(empty)).not.toMatch(/NaN|Infinity/);
  });
});

describe("findings", () => {
  it("name what came out with its gain, and what was not seen", () => {
    const texts = findings(teacher, budgetMetrics(teacher, "errorRate"));
    const gain = teacher.probe.find(({ a, metric }) => a === "both" && metric === "errorRate@5")!.gain!;
    expect(texts[0]).toContain("With 5 labels a class: better, in points: ");
    expect(texts[0]).toContain(`both over standard (+${(100 * gain).toFixed(2)})`);
  });

  it("say for settings without an effect that none was seen, and how large one could still be", () => {
    const result = fakeDeepResult({ truth: nothing, file: { replications: 10 } });
    expect(verdictCounts(result.probe)).toBe("0 of 9 comparisons better, 0 worse, 9 no difference seen");
    const texts = findings(result, budgetMetrics(result, "errorRate"));
    const most = Math.max(...result.probe.map((one) => Math.abs(one.gain!) + one.simultaneousHalfWidth!));
    expect(texts[0]).toBe(
      `No difference seen in any of 9 comparisons with 5 labels a class; 20 labels a class; 80 labels a class. That is not "no difference": effects of up to ${(
        100 * most
      ).toFixed(2)} points are within the simultaneous intervals.`,
    );
    const headline = deepReportPage([{ result, gallery: null }]).sections[0]!.headline!;
    expect(headline.verdict).toEqual({ text: "0 of 9 better", tone: "open" });
  });

  it("promise nothing where the intervals hold every effect", () => {
    const result = fakeDeepResult({
      file: { replications: 2 },
      truth: (cell, _, r) => 0.5 + 0.2 * Math.sin(9 * r + cell.cell),
    });
    const texts = findings(result, budgetMetrics(result, "errorRate"));
    expect(texts[0]).toMatch(
      /That is not "no difference": the simultaneous intervals leave any effect possible\.$/,
    );
  });

  it("promise nothing either where all differences are equal: they have no interval", () => {
    const result = fakeDeepResult({
      file: { replications: 2 },
      truth: (cell) => (cell.problem.arm.name === "both" ? 0.2 : 0.3),
    });
    const texts = findings(result, budgetMetrics(result, "errorRate"));
    expect(texts[0]).toMatch(/^No difference seen in any of 9 .* leave any effect possible\.$/);
  });

  it("say when an arm is worse, and which arms beat the raw inputs", () => {
    const result = fakeDeepResult({
      file: { contrasts: [["random", "standard"]] },
      truth: (cell, metric, r) => {
        const level = { raw: 0.3, random: 0.5, both: metric === "errorRate@80" ? 0.1 : 0.4 }[
          cell.problem.arm.name
        ];
        return metric.startsWith("errorRate") ? (level ?? 0.35) + 0.001 * Math.sin(r + cell.cell) : null;
      },
    });
    const texts = findings(result, budgetMetrics(result, "errorRate"));
    expect(texts[0]).toMatch(
      /^With 5 labels a class: worse, in points: random over standard \(\u221215\.\d\d\)\.$/,
    );
    expect(texts[3]).toBe(
      "Lower mean error than the raw inputs: no trained arm (5 labels a class; 20 labels a class), both (80 labels a class).",
    );
    const headline = deepReportPage([{ result, gallery: null }]).sections[0]!.headline!;
    expect(headline.verdict).toEqual({ text: "0 of 3 better, 3 worse", tone: "bad" });
  });
});
