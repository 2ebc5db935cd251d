import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { AdvTransferError } from "../core/errors.js";
import { badInput } from "../core/guards.js";
import { findChromium, launchChromium } from "./chromium.js";
import type { FigureSpec } from "./figureSpec.js";
import { pageHtml } from "./html/pageHtml.js";
import { plainSvg } from "./plainSvg.js";
import { plotlySource } from "./plotlySource.js";
import type { ThemeName } from "./theme.js";

export interface ImageOptions {
  /** @defaultValue "svg" */
  readonly format?: "svg" | "png";
  /** @defaultValue "light" */
  readonly theme?: ThemeName;
  /** Ids of the figures to export. @defaultValue all */
  readonly only?: readonly string[];
  /** @defaultValue `findChromium()` */
  readonly chromium?: string | null;
}

export interface ExportedImages {
  /** One file a figure, `ID.svg` or `ID.png`, in the order of the figures. */
  readonly files: readonly string[];
  /** Why there are none; null when all went well. */
  readonly notice: string | null;
}

/**
 * Writes figures as static images: SVG (text stays text) or PNG at twice the size. It takes a report that is already
 * written, or figure specifications. Without a Chromium nothing is written and `notice` says what to do: images are an extra, not a
 * reason to fail a study.
 *
 * Throws an io error when the report cannot be opened or a figure cannot be drawn.
 */
export async function exportImages(
  source: string | readonly FigureSpec[],
  directory: string,
  options: ImageOptions = {},
): Promise<ExportedImages> {
  const path = options.chromium === undefined ? findChromium() : options.chromium;
  if (path === null) {
    const notice =
      "no images: no Chromium found (install chromium, or set CHROMIUM_PATH to a Chromium or Chrome)";
    return { files: [], notice };
  }
  const { format = "svg", theme = "light" } = options;
  if (typeof source !== "string")
    requireKnown(
      options.only,
      source.map((figure) => figure.id),
    );
  const scratch = typeof source === "string" ? null : mkdtempSync(join(tmpdir(), "advtransfer-figures-"));
  try {
    const html = typeof source === "string" ? source : writePage(source, scratch!);
    const browser = await launchChromium(path);
    try {
      const page = await browser.newPage();
      await openReport(page, html);
      const known = await page.evaluate<string[]>("window.report.ids");
      requireKnown(options.only, known);
      const wanted = options.only ?? known;
      mkdirSync(directory, { recursive: true });
      const files: string[] = [];
      for (const id of wanted) {
        const file = join(directory, `${id}.${format}`);
        writeFileSync(file, await drawImage(page, id, format, theme));
        files.push(file);
      }
      return { files, notice: null };
    } finally {
      await browser.close();
    }
  } finally {
    if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
  }
}

function requireKnown(only: readonly string[] | undefined, known: readonly string[]): void {
  const unknown = only?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw badInput("only", `figures among ${known.join(", ")}`, unknown);
}

function writePage(figures: readonly FigureSpec[], directory: string): string {
  const provenance = { version: "", seed: "", command: "" };
  const section = { id: "figures", title: "Figures", question: null, figures };
  const file = join(directory, "figures.html");
  writeFileSync(file, pageHtml({ title: "Figures", sections: [section], provenance }, plotlySource()));
  return file;
}

async function openReport(page: Page, html: string): Promise<void> {
  try {
    await page.goto(pathToFileURL(resolve(html)).href);
    // The scripts of a report have run when it is loaded.
    if (await page.evaluate<boolean>("window.report === undefined"))
      throw new Error("no report in this page");
  } catch (cause) {
    throw new AdvTransferError("io", `not a report that can be opened: ${html}`, { cause });
  }
}

async function drawImage(page: Page, id: string, format: "svg" | "png", theme: ThemeName): Promise<Buffer> {
  const call = `window.report.image(${JSON.stringify(id)}, ${JSON.stringify({ format, theme })})`;
  const url = await page.evaluate<string>(call);
  const comma = url.indexOf(",");
  if (format === "png") return Buffer.from(url.slice(comma + 1), "base64");
  return Buffer.from(plainSvg(decodeURIComponent(url.slice(comma + 1)), id), "utf8");
}
