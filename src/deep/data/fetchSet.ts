import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { AdvTransferError } from "../../core/errors.js";
import { writeAtomically } from "../../study/disk/atomicFile.js";
import { ioError } from "../../study/disk/ioError.js";
import { damagedFile } from "./dataFile.js";
import { type DownloadOptions, download, sha256Of } from "./download.js";
import { fetchByHand } from "./fetchByHand.js";
import { tarMembers } from "./tarFile.js";
import { type WellKnownFile, type WellKnownSet, wellKnownSet } from "./wellKnownSets.js";

export interface FetchedFile {
  readonly path: string;
  /** The address that it came from; null when it was there before. */
  readonly url: string | null;
}

/**
 * Puts a well-known image set into `folder/NAME`, where `loadImageSet(folder, NAME)` finds it. Files that are there and whole are left as
 * they are, so a second call goes on where the first one stopped. Of every file the mirrors are tried in order; its SHA-256 is checked before
 * anything is written, and it appears under its name all at once.
 *
 * Throws an AdvTransferError: `bad-input` for an unknown set, or a file of the name with other content; `io` when the folder cannot be
 * written or no mirror gives a file, with what was tried and the commands to do it by hand; `interrupted` when the signal stops it.
 * Memory: the largest download, 27 MB (cifar10: 360 MB).
 *
 * @example await fetchSet("mnist", "data") // 4 files in data/mnist
 */
export async function fetchSet(
  name: string,
  folder: string,
  options: DownloadOptions = {},
): Promise<FetchedFile[]> {
  return fetchKnown(wellKnownSet(name), folder, options);
}

/** `fetchSet` of a set that is given whole. */
export async function fetchKnown(
  set: WellKnownSet,
  folder: string,
  options: DownloadOptions = {},
): Promise<FetchedFile[]> {
  const place = join(folder, set.name);
  const missing = set.files.filter((file) => !isThere(join(place, file.name), file));
  const urls = new Map<string, string>();
  if (missing.length > 0) requireWritable(place);
  if (missing.length > 0 && set.archive !== null) {
    const { bytes, url } = await fromMirrors(set, set.archive, folder, missing, options);
    for (const [file, content] of unpacked(bytes, set.archive, missing)) {
      save(join(place, file.name), content);
      urls.set(file.name, url);
    }
  } else {
    for (const [i, file] of missing.entries()) {
      const { bytes, url } = await fromMirrors(set, file, folder, missing.slice(i), options);
      save(join(place, file.name), bytes);
      urls.set(file.name, url);
    }
  }
  return set.files.map((file) => ({ path: join(place, file.name), url: urls.get(file.name) ?? null }));
}

async function fromMirrors(
  set: WellKnownSet,
  file: WellKnownFile,
  folder: string,
  missing: readonly WellKnownFile[],
  options: DownloadOptions,
): Promise<{ bytes: Uint8Array; url: string }> {
  const failures: string[] = [];
  for (const mirror of set.mirrors) {
    const url = mirror + file.name;
    const result = await download(url, file, options);
    if ("bytes" in result) return { bytes: result.bytes, url };
    failures.push(`  ${url}: ${result.failure}`);
  }
  const message = `no mirror of ${set.name} gives ${file.name}:\n${failures.join("\n")}`;
  throw new AdvTransferError("io", message, {
    hint: `Try again later, or where there is a network (behind a proxy curl may get through), in a shell:\n${fetchByHand(set, folder, missing)}`,
  });
}

/** Whether a file is there and whole. */
function isThere(path: string, file: WellKnownFile): boolean {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return false;
    throw withHint(ioError("read", path, error), "Choose another folder, or change the permissions.");
  }
  const sum = sha256Of(bytes);
  if (sum === file.sha256) return true;
  throw damagedFile(
    path,
    `have the SHA-256 ${file.sha256}`,
    sum,
    "It is not overwritten. Move or delete it, then fetch again.",
  );
}

function* unpacked(
  archive: Uint8Array,
  { name }: WellKnownFile,
  wanted: readonly WellKnownFile[],
): Generator<[WellKnownFile, Uint8Array]> {
  const members = new Map<string, Uint8Array>();
  for (const member of tarMembers(gunzipSync(archive), name)) {
    members.set(member.name.split("/").at(-1)!, member.bytes);
  }
  for (const file of wanted) {
    const bytes = members.get(file.name);
    const sum = bytes === undefined ? "no such file in it" : sha256Of(bytes);
    if (bytes === undefined || sum !== file.sha256) {
      throw damagedFile(name, `have ${file.name} with the SHA-256 ${file.sha256}`, sum);
    }
    yield [file, bytes];
  }
}

/** Better before a long download than after it. */
function requireWritable(place: string): void {
  let folder = resolve(place);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw withHint(ioError("write", folder, error), "Choose another folder, or change the permissions.");
  }
}

function save(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeAtomically(path, [bytes]);
  } catch (error) {
    throw withHint(
      ioError("write", path, error),
      "Free some space or choose another folder; what is whole is kept.",
    );
  }
}

function withHint({ message, cause }: AdvTransferError, hint: string): AdvTransferError {
  return new AdvTransferError("io", message, { hint, cause });
}
