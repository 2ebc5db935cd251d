import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { AdvTransferError } from "../core/errors.js";
import { ioError } from "../study/disk/ioError.js";
import { parseJson } from "../study/parseJson.js";
import { resolveStudy } from "../study/resolveStudy.js";
import type { Study } from "../study/study.js";

/** What the command line may say instead of the file. */
export interface StudyOverrides {
  readonly seed?: number | undefined;
  readonly replications?: number | undefined;
}

/**
 * Reads a study from a file ("-": standard input). A study without a name has that of its file; the `study.json` of a results
 * folder is a study file too.
 *
 * Throws an AdvTransferError that begins with the name of the file.
 */
export function readStudyFile(file: string, overrides: StudyOverrides = {}): Study {
  const source = file === "-" ? "standard input" : file;
  const parsed = parseJson(readText(file), source);
  const input = isObject(parsed) && "fingerprint" in parsed && isObject(parsed.study) ? parsed.study : parsed;
  if (!isObject(input)) return inFile(source, () => resolveStudy(input));
  const name = file === "-" ? "study" : basename(file, extname(file));
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return inFile(source, () => resolveStudy({ name, ...input, ...Object.fromEntries(given) }));
}

function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw ioError("read", file, error);
  }
}

function inFile(source: string, resolve: () => Study): Study {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof AdvTransferError)) throw error;
    const { code, message, hint } = error;
    throw new AdvTransferError(code, `${source}: ${message}`, hint === null ? {} : { hint });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
