import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AdvTransferError } from "../core/errors.js";

let cached: string | null = null;

/** The source of plotly.js-dist-min as installed (about 5 MB), read once. Node only. */
export function plotlySource(): string {
  if (cached !== null) return cached;
  try {
    cached = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min"), "utf8");
  } catch (cause) {
    throw new AdvTransferError("io", "plotly.js-dist-min could not be read", {
      hint: "Install the dependencies again: npm ci.",
      cause,
    });
  }
  return cached;
}
