import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../../../src/report/chromium.js";
import { deepReport } from "../../../src/report/deep/deepReport.js";
import { THEMES } from "../../../src/report/theme.js";
import { watchedPage } from "../../helpers/watchedPage.js";
import { fakeDeepResult } from "./fakeDeepResult.js";
import { fakeGallery } from "./fakeGallery.js";

const chromium = findChromium();
if (chromium === null) {
  console.warn(
    "SKIPPED test/report/deep/browser.test.ts: no Chromium (install chromium or set CHROMIUM_PATH)",
  );
}

describe.skipIf(chromium === null)("the deep report in Chromium", () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  /** Everything that must not happen: console messages, errors, requests. */
  let wrong: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "advtransfer-deep-report-"));
    const file = join(folder, "report.html");
    const varied = { vary: { "methods.adversarial.attack.radius": [0, 0.5] }, replications: 2 };
    const html = deepReport([
      { result: fakeDeepResult(), gallery: fakeGallery([40]) },
      { result: fakeDeepResult({ file: { name: "grey", ...varied } }), gallery: fakeGallery([8, 7, 1]) },
      {
        result: fakeDeepResult({ file: { name: "color", replications: 1 } }),
        gallery: fakeGallery([5, 5, 3]),
      },
    ]);
    expect(html.length).toBeLessThan(8e6);
    writeFileSync(file, html);
    browser = await launchChromium(chromium!);
    ({ page, wrong } = await watchedPage(browser, file, "light"));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = (condition: string): Promise<number> =>
    page.evaluate(`[...document.querySelectorAll(".plot")].filter((p) => ${condition}).length`);
  const patient = { timeout: 60_000, interval: 200 };

  for (const [name, width, scheme] of [
    ["wide and light", 1280, "light"],
    ["a phone in the dark", 390, "dark"],
  ] as const) {
    it(`draws every figure, silently and inside the page: ${name}`, { timeout: 180_000 }, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate("window.report.drawAll()");
      const all = await count("true");
      expect(all).toBeGreaterThan(20);
      const background = `p._fullLayout && p._fullLayout.paper_bgcolor === "${THEMES[scheme].background}"`;
      await expect.poll(() => count(background), patient).toBe(all);
      await expect
        .poll(() => count(`p.querySelector("svg .trace, svg .hm, svg .im") !== null`), patient)
        .toBe(all);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await count(`p.querySelector("svg").getBoundingClientRect().right > innerWidth`)).toBe(0);
      expect(wrong).toEqual([]);
    });
  }

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
});
