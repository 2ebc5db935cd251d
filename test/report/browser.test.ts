import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../../src/report/chromium.js";
import { curveFigure } from "../../src/report/curveFigure.js";
import { exportImages } from "../../src/report/exportImages.js";
import { figuresForStudy } from "../../src/report/figuresForStudy.js";
import { heatmapFigure } from "../../src/report/heatmapFigure.js";
import { studyReportHtml } from "../../src/report/studyReport.js";
import { THEMES } from "../../src/report/theme.js";
import { fakeStudyResult } from "../helpers/fakeStudyResult.js";
import { watchedPage } from "../helpers/watchedPage.js";

const chromium = findChromium();
if (chromium === null) {
  console.warn("SKIPPED test/report/browser.test.ts: no Chromium (install chromium or set CHROMIUM_PATH)");
}

const evil = `<img src=x onerror="window.hacked=1"><a href="https://evil.example">`;
const contrasts = [["both", "standard"]] as const;
const crossed = fakeStudyResult({
  vary: { "problem.dimension": [50, 200, 800], "problem.labeled": [20, 80] },
  contrasts,
});
const rate = fakeStudyResult({
  vary: { "problem.tasks": [50, 100, 200] },
  methods: ["standard", evil],
  bounds: true,
});
const names = fakeStudyResult({
  vary: { "problem.noise.family": ["gaussian", "uniform"] },
  name: "families",
});
const figures = [
  curveFigure(rate, {
    id: "rate",
    title: evil,
    x: "problem.tasks",
    metric: "sinTheta2",
    transform: "sqrt",
    slopeGuide: -0.5,
  }),
  ...figuresForStudy(crossed),
  ...figuresForStudy(names),
  heatmapFigure(crossed, {
    id: "map",
    title: "A map",
    x: "problem.labeled",
    y: "problem.dimension",
    metric: "sinTheta2",
    method: "both",
    minus: "standard",
    boundaries: [
      {
        label: "edge",
        points: [
          [20, 50],
          [80, 800],
        ],
      },
    ],
    points: [{ x: 20, y: 200, value: -0.1 }],
  }),
];
const html = studyReportHtml({
  title: `A report ${evil}`,
  sections: [
    { id: "one", title: "One", question: evil, headline: { seen: evil }, figures: figures.slice(0, 2) },
    { id: "two", title: "Two", question: null, figures: figures.slice(2) },
  ],
  provenance: { version: "0.0.0", seed: 1, command: `simulate ${"x".repeat(200)}` },
});

describe.skipIf(chromium === null)("the page in Chromium", () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let file: string;
  /** Everything that must not happen: console messages, errors, requests. */
  let wrong: string[] = [];
  // One page for all views: loading plotly costs more than drawing, and a reader turns a phone or a theme too.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "advtransfer-report-"));
    file = join(folder, "report.html");
    writeFileSync(file, html);
    browser = await launchChromium(chromium!);
    ({ page, wrong } = await watchedPage(browser, file, "dark"));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = (condition: string): Promise<number> =>
    page.evaluate(`[...document.querySelectorAll(".plot")].filter((p) => ${condition}).length`);
  const drawn = (): Promise<number> => count('p.querySelector("svg .trace, svg .hm") !== null');
  const inTheme = (theme: "light" | "dark"): Promise<number> =>
    count(`p._fullLayout && p._fullLayout.paper_bgcolor === "${THEMES[theme].background}"`);
  // The page forbids eval, so that the waiting is done here and not in the page.
  const patient = { timeout: 30_000, interval: 100 };

  it("draws what is near the window first, and no more", async () => {
    await expect.poll(drawn, patient).toBeGreaterThan(0);
    expect(await drawn()).toBeLessThan(figures.length);
  });

  const views = [
    ["wide and dark", 1280, "dark"],
    ["wide and light", 1280, "light"],
    ["a phone", 390, "light"],
    ["a small phone in the dark", 320, "dark"],
  ] as const;
  for (const [name, width, scheme] of views) {
    it(`draws every figure, silently, without a request and without sideways scrolling: ${name}`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate("window.report.drawAll()");
      await page.evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`);
      await expect.poll(() => inTheme(scheme), patient).toBe(figures.length);
      await expect
        .poll(() => count("p._fullLayout.width === Math.floor(p.clientWidth)"), patient)
        .toBe(figures.length);
      expect(await drawn()).toBe(figures.length);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await count(`p.querySelector("svg").getBoundingClientRect().right > innerWidth`)).toBe(0);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(await page.locator("a[href^=http], .plot a").count()).toBe(0);
      expect(wrong).toEqual([]);
    });
  }

  it("is light and no wider than the paper in print, also for a reader in the dark", async () => {
    await page.setViewportSize({ width: 1280, height: 600 });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect.poll(() => inTheme("light"), patient).toBe(figures.length);
    expect(await count("p._fullLayout.width > 660")).toBe(0);
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await expect.poll(() => inTheme("dark"), patient).toBe(figures.length);
    expect(wrong).toEqual([]);
  });

  it("uses only attributes that plotly knows", async () => {
    // plotly 4.1's validate stumbles over layout.legend; the legend is seen in the pictures.
    const messages = await page.evaluate<string[]>(`window.report.ids.flatMap((id) => {
      const { data, layout: { legend, ...layout }, narrow } = window.report.specs[id];
      return [layout, { ...layout, ...narrow }].flatMap((l) => (Plotly.validate(data, l) || [])
        // Colour axes are known, but validate does not recognise their names.
        .filter((m) => !/coloraxis\\)$/.test(m.msg.trim()))
        .filter((m) => m.code === "schema" || m.code === "value" || m.code === "object" || m.code === "array")
        .map((m) => id + ": " + m.msg));
    })`);
    expect(messages).toEqual([]);
  });

  it("exports figures as images: the same SVG bytes twice, PNG at twice the size, dark when asked", async () => {
    const some = figures.slice(0, 1);
    const first = await exportImages(some, join(folder, "a"));
    const second = await exportImages(file, join(folder, "b"), { only: some.map((f) => f.id) });
    expect(first.notice).toBeNull();
    expect(first.files.map((f) => f.split("/").pop())).toEqual(some.map((f) => `${f.id}.svg`));
    first.files.forEach((path, i) => {
      const svg = readFileSync(path, "utf8");
      expect(svg).toMatch(/^<svg[^>]+width="\d+"/);
      expect(svg).toContain("subspace error");
      expect(readFileSync(second.files[i]!, "utf8")).toBe(svg);
    });
    const dark = await exportImages(file, join(folder, "c"), { only: ["map"], format: "png", theme: "dark" });
    const png = readFileSync(dark.files[0]!);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1440);
    await expect(exportImages(some, folder, { only: ["nope"] })).rejects.toThrow(/nope/);
  });
});

describe("without a Chromium", () => {
  it("images are left out with a notice that says what to do, and nothing is written", async () => {
    const target = join(tmpdir(), "advtransfer-no-such-folder");
    const { files, notice } = await exportImages(figures, target, { chromium: null });
    expect(files).toEqual([]);
    expect(notice).toContain("CHROMIUM_PATH");
    expect(() => readFileSync(target)).toThrow(/ENOENT/);
  });

  it("PATH is searched, and a CHROMIUM_PATH that cannot be run is an error", () => {
    expect(findChromium({ PATH: "/no/such/folder" })).toBeNull();
    expect(() => findChromium({ PATH: "", CHROMIUM_PATH: "/no/such/chromium" })).toThrow(/CHROMIUM_PATH/);
  });
});
