import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/** A page of a browser, and everything on it that must not happen: console messages, errors, requests. */
export interface WatchedPage {
  readonly page: Page;
  readonly wrong: string[];
}

/** Opens a file in a browser and writes down what must not happen. */
export async function watchedPage(
  browser: Browser,
  file: string,
  colorScheme: "light" | "dark",
): Promise<WatchedPage> {
  const wrong: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1280, height: 600 }, colorScheme });
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && request.url() !== pathToFileURL(file).href)
      wrong.push(request.url());
  });
  // Plotly is megabytes, and a loaded machine takes long to read it.
  await page.goto(pathToFileURL(file).href, { timeout: 100_000 });
  return { page, wrong };
}
