import { type Browser, chromium } from "playwright-core";
import { AdvTransferError } from "../core/errors.js";
import { isProgram, programOnPath } from "./programOnPath.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** No sandbox (containers have none), and nothing that talks to the outside on its own. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The path of a Chromium on this machine: the environment variable CHROMIUM_PATH, else the first of chromium, chromium-browser, google-chrome
 * on PATH; null when there is none. A CHROMIUM_PATH that cannot be run is an error, not a reason to look elsewhere.
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isProgram(named)) return named;
    throw new AdvTransferError("io", `CHROMIUM_PATH is not a program that can be run: ${named}`, {
      hint: "Set it to a Chromium or Chrome, or unset it to search PATH.",
    });
  }
  return programOnPath(NAMES, env);
}

/** A headless browser with a fresh profile of its own (deleted when it closes). The caller closes it. */
export async function launchChromium(path: string): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: path, headless: true, args: FLAGS });
  } catch (cause) {
    throw new AdvTransferError("io", `Chromium did not start: ${path}`, {
      hint: "Try it by hand with --headless, or set CHROMIUM_PATH to another one.",
      cause,
    });
  }
}
