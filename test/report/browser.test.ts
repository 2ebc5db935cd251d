import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../../src/report/chromium.js";
import { curveFigure } from "../../src/report/curveFigure.js";
import { exportImages } from "../../src/report/exportImages.js";
import { figuresForStudy } from "../../src/report/figuresForStudy.js";
import { heatmapFigure } from "../../src/report/heatmapFigure.js";
import { studyReportHtml } from "../../src/report/studyReport.js";
import { THEMES } from "../../src/report/theme.js";
import { fakeStudyResult } from "../helpers/fakeStudyResult.js";

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
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "advtransfer-report-"));
    file = join(folder, "report.html");
    writeFileSync(file, html);
    browser = await launchChromium(chromium!);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the report; the list that comes back collects everything that must not happen. */
  async function open(options: BrowserContextOptions): Promise<{ page: Page; wrong: string[] }> {
    const page = await (await browser.newContext(options)).newPage();
    const wrong: string[] = [];
    page.on("console", (message) => wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && request.url() !== pathToFileURL(file).href)
        wrong.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, wrong };
  }
  const drawn = (page: Page): Promise<number> =>
    page.evaluate(
      `[...document.querySelectorAll(".plot")].filter((p) => p.querySelector("svg .trace, svg .hm") !== null).length`,
    );
  const background = (page: Page): Promise<string[]> =>
    page.evaluate(
      `[...document.querySelectorAll(".plot.js-plotly-plot")].map((p) => p._fullLayout.paper_bgcolor)`,
    );

  const views = [
    ["wide and light", 1280, "light"],
    ["wide and dark", 1280, "dark"],
    ["a phone", 390, "light"],
  ] as const;
  for (const [name, width, scheme] of views) {
    it(`draws every figure, silently, without a request and without sideways scrolling: ${name}`, async () => {
      const { page, wrong } = await open({ viewport: { width, height: 800 }, colorScheme: scheme });
      await page.evaluate("window.report.drawAll()");
      await page.evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`);
      expect(await page.locator(".plot svg.main-svg").count()).toBeGreaterThanOrEqual(figures.length);
      expect(await page.locator(".plot.js-plotly-plot").count()).toBe(figures.length);
      expect(await drawn(page)).toBe(figures.length);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const overflow = `[...document.querySelectorAll(".plot")].filter((p) => p.querySelector("svg").getBoundingClientRect().right > innerWidth).length`;
      expect(await page.evaluate(overflow)).toBe(0);
      expect(new Set(await background(page))).toEqual(new Set([THEMES[scheme].background]));
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(await page.locator("a[href^=http], .plot a").count()).toBe(0);
      expect(wrong).toEqual([]);
      await page.context().close();
    });
  }

  it("is drawn lazily, follows the colour scheme, and is drawn whole and light for paper", async () => {
    const { page, wrong } = await open({ viewport: { width: 1280, height: 600 }, colorScheme: "dark" });
    await page.waitForSelector(".plot.js-plotly-plot");
    expect(await page.locator(".plot.js-plotly-plot").count()).toBeLessThan(figures.length);
    await page.emulateMedia({ colorScheme: "light" });
    // The page forbids eval, so that the waiting is done here.
    const patient = { timeout: 30_000, interval: 200 };
    await expect
      .poll(async () => new Set(await background(page)), patient)
      .toEqual(new Set([THEMES.light.background]));
    await page.emulateMedia({ colorScheme: "dark" });
    await expect
      .poll(async () => new Set(await background(page)), patient)
      .toEqual(new Set([THEMES.dark.background]));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect.poll(() => drawn(page), patient).toBe(figures.length);
    await expect
      .poll(async () => new Set(await background(page)), patient)
      .toEqual(new Set([THEMES.light.background]));
    const widest = `Math.max(...[...document.querySelectorAll(".plot")].map((p) => p._fullLayout.width))`;
    expect(await page.evaluate(widest)).toBeLessThanOrEqual(660);
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("uses only attributes that plotly knows", async () => {
    const { page } = await open({});
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
    await page.context().close();
  });

  it("exports every figure as an image: the same SVG bytes twice, PNG at twice the size, dark when asked", async () => {
    const some = figures.slice(0, 2);
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
    await expect(exportImages(file, folder, { only: ["nope"] })).rejects.toThrow(/nope/);
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
