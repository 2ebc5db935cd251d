import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { AdvTransferError } from "../core/errors.js";
import { ioError } from "../study/disk/ioError.js";
import { parseJson } from "../study/parseJson.js";
import { resolveStudy } from "../study/resolveStudy.js";
import type { AnyStudy, Study } from "../study/study.js";

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
  return readStudyFileAs(file, overrides, (input) => {
    if (!isObject(input) || input.kind !== "deep") return resolveStudy(input);
    throw new AdvTransferError("bad-input", 'a study of kind "deep" is run by another command', {
      hint: `Run it with: advtransfer deep ${file}`,
    });
  });
}

/** {@link readStudyFile} for studies of any kind. */
export function readStudyFileAs<S extends AnyStudy>(
  file: string,
  overrides: StudyOverrides,
  resolve: (input: unknown) => S,
): S {
  const source = file === "-" ? "standard input" : file;
  const parsed = parseJson(readText(file), source);
  const input = isObject(parsed) && "fingerprint" in parsed && isObject(parsed.study) ? parsed.study : parsed;
  if (!isObject(input)) return inFile(source, () => resolve(input));
  const name = file === "-" ? "study" : basename(file, extname(file));
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return inFile(source, () => resolve({ name, ...input, ...Object.fromEntries(given) }));
}

function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw ioError("read", file, error);
  }
}

function inFile<S>(source: string, resolve: () => S): S {
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
