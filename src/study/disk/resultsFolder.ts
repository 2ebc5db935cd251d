import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { AdvTransferError } from "../../core/errors.js";
import { show } from "../../core/guards.js";
import { fingerprint } from "../fingerprint.js";
import { parseJson } from "../parseJson.js";
import type { AnyStudy } from "../study.js";
import { VERSION } from "../version.js";
import { writeAtomically } from "./atomicFile.js";
import { ioError } from "./ioError.js";

/** The files of a results folder. */
export const RESULT_FILES: {
  readonly study: "study.json";
  readonly ledger: "replications.jsonl";
  readonly csv: "summary.csv";
  readonly parquet: "summary.parquet";
  readonly report: "report.html";
} = {
  study: "study.json",
  ledger: "replications.jsonl",
  csv: "summary.csv",
  parquet: "summary.parquet",
  report: "report.html",
};

/** What `study.json` says: which study the folder belongs to, and what made it. */
export interface StoredStudy<S extends AnyStudy> {
  readonly study: S;
  readonly fingerprint: string;
  readonly version: string;
}

/** From the file form to a study of one kind. */
export type Resolve<S extends AnyStudy> = (file: unknown) => S;

export interface FolderMode {
  /** Go on with results of the same study. */
  readonly resume: boolean;
  /** Delete results that are there. */
  readonly overwrite: boolean;
}

/**
 * Throws when a folder may not receive the results of a study: it has results already and neither `resume` nor `overwrite` was
 * asked for, or it has those of another study, known by their fingerprint. More replications of the same study are no other
 * study. Returns the names of the result files that are there. Writes nothing.
 */
export function requireUsableFolder<S extends AnyStudy>(
  folder: string,
  study: S,
  mode: FolderMode,
  resolve: Resolve<S>,
): string[] {
  const there = Object.values(RESULT_FILES).filter((name) => existsSync(join(folder, name)));
  if (there.length === 0 || mode.overwrite) return there;
  requireSameStudy(folder, study, there, resolve);
  if (mode.resume) return there;
  throw new AdvTransferError("bad-input", `${folder} must be free, it has results of this study`, {
    hint: "Continue them with --resume, replace them with --overwrite, or choose another folder with --out.",
  });
}

/**
 * Creates a folder and those above it. Throws an AdvTransferError (`io`) where that is not possible.
 *
 * Level by level, because Node's recursive mkdir never returns where a file system answers "no such folder" to every attempt, as
 * /proc does.
 */
export function createFolder(folder: string): void {
  const above = dirname(folder);
  try {
    if (existsSync(folder)) {
      if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: "EEXIST" });
      return;
    }
    if (above !== folder) createFolder(above);
    makeFolder(folder);
  } catch (error) {
    throw ioError("create", folder, error);
  }
}

/** Another process may have created it meanwhile. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST" || !statSync(folder).isDirectory()) throw error;
  }
}

/** Makes a usable folder the study's own: deletes what is to be overwritten and writes `study.json`. */
export function claimFolder<S extends AnyStudy>(
  folder: string,
  study: S,
  mode: FolderMode,
  resolve: Resolve<S>,
): void {
  const there = requireUsableFolder(folder, study, mode, resolve);
  if (mode.overwrite) for (const name of there) removeFile(join(folder, name));
  writeStudy(folder, study);
}

/**
 * Reads the study of a results folder.
 *
 * Throws an AdvTransferError (`bad-input` or `io`) when the folder has none, or one that cannot be read.
 */
export function readStoredStudy<S extends AnyStudy>(folder: string, resolve: Resolve<S>): StoredStudy<S> {
  const { file, fingerprint, version } = readStoredFile(folder);
  return { study: resolve(file), fingerprint, version };
}

/** What `study.json` has, before it is known of what kind the study is. */
export function readStoredFile(folder: string): { file: unknown; fingerprint: string; version: string } {
  const path = join(folder, RESULT_FILES.study);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw ioError("read", path, error);
    const message = `${folder} must be a results folder, it has no ${RESULT_FILES.study}`;
    throw new AdvTransferError("bad-input", message, {
      hint: "Results are made by: advtransfer simulate FILE --out DIR",
    });
  }
  const stored = parseJson(text, path) as {
    study?: unknown;
    fingerprint?: unknown;
    versions?: { advtransfer?: unknown };
  } | null;
  const version = stored?.versions?.advtransfer;
  if (typeof stored?.fingerprint !== "string" || typeof version !== "string") {
    throw new AdvTransferError("bad-input", `${path} must have a fingerprint and versions, it was altered`);
  }
  return { file: stored.study, fingerprint: stored.fingerprint, version };
}

function requireSameStudy<S extends AnyStudy>(
  folder: string,
  study: S,
  there: readonly string[],
  resolve: Resolve<S>,
): void {
  const hint = "Choose another folder with --out, or replace the results with --overwrite.";
  if (!there.includes(RESULT_FILES.study)) {
    const message = `${folder} must be free, it has ${there.join(", ")} but no ${RESULT_FILES.study}`;
    throw new AdvTransferError("bad-input", message, { hint });
  }
  const stored = readStoredFile(folder);
  const asked = fingerprint(study);
  if (stored.fingerprint === asked) return;
  const { replications = 0, name } = (stored.file ?? {}) as { replications?: number; name?: unknown };
  const sameButForLength =
    stored.version === VERSION && fingerprintAt(stored.file, study.replications, resolve) === asked;
  if (sameButForLength && replications < study.replications) return;
  const what = sameButForLength
    ? `has ${replications} replications of this study, more than the ${study.replications} asked for`
    : stored.version === VERSION
      ? `has results of another study (${show(name)}, fingerprint ${short(stored.fingerprint)}, not ${short(asked)})`
      : `has results of version ${stored.version}, this is ${VERSION}`;
  throw new AdvTransferError("bad-input", `${folder} must be free or of the same study, it ${what}`, {
    hint,
  });
}

/** The fingerprint of a stored study at another number of replications; null when it is of another kind. */
function fingerprintAt(file: unknown, replications: number, resolve: Resolve<AnyStudy>): string | null {
  try {
    return fingerprint(resolve({ ...(file as object), replications }));
  } catch {
    return null;
  }
}

function short(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}

export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw ioError("write", path, error);
  }
}

function writeStudy(folder: string, study: AnyStudy): void {
  const content = {
    fingerprint: fingerprint(study),
    versions: { advtransfer: VERSION, node: process.versions.node },
    seed: study.seed,
    study: study.file,
  };
  writeAtomically(join(folder, RESULT_FILES.study), `${JSON.stringify(content, null, 2)}\n`);
}
