import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { AdvTransferError } from "../../core/errors.js";
import { ioError } from "../../study/disk/ioError.js";

export interface FolderListing {
  readonly path: string;
  /** Names of what is no folder, sorted. */
  readonly files: readonly string[];
  /** Names of everything that is not hidden, sorted. */
  readonly names: readonly string[];
}

/**
 * A folder and its sub-folders down to `depth` levels, each before what is in it; hidden ones and node_modules are left out, links
 * are followed to that depth. A sub-folder that cannot be read counts as empty.
 *
 * Throws an AdvTransferError (`io`) when the folder itself cannot be read.
 */
export function listFolders(folder: string, depth: number): FolderListing[] {
  let entries: Dirent[];
  try {
    entries = entriesOf(folder);
  } catch (error) {
    throw new AdvTransferError("io", ioError("read", folder, error).message, {
      hint: "Give the folder with the image files, e.g. --data data.",
      cause: error,
    });
  }
  return below(folder, entries, depth);
}

function below(path: string, entries: readonly Dirent[], depth: number): FolderListing[] {
  const listings: FolderListing[] = [
    {
      path,
      files: entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name),
      names: entries.map((entry) => entry.name),
    },
  ];
  if (depth === 0) return listings;
  for (const entry of entries) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue;
    const inside = join(path, entry.name);
    try {
      listings.push(...below(inside, entriesOf(inside), depth - 1));
    } catch {
      // A link to a file, or a folder that may not be read: there is nothing to list.
    }
  }
  return listings;
}

function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
