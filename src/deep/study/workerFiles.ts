import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../study/disk/atomicFile.js";

/** Folders of a results folder that only deep studies have. */
export const DEEP_FOLDERS = { checkpoints: "checkpoints", networks: "networks" } as const;

/** A file that one replication of one cell keeps in a results folder: a checkpoint while it trains, a network when it is done. */
export interface WorkerFile {
  /** null when there is none. */
  read(): Uint8Array | null;
  write(bytes: Uint8Array): void;
  remove(): void;
}

/** The file of a cell and replication below one of {@link DEEP_FOLDERS}; a file that remembers nothing where no results folder is. */
export function workerFile(
  out: string | null,
  folder: keyof typeof DEEP_FOLDERS,
  cell: number,
  replication: number,
): WorkerFile {
  if (out === null) return { read: () => null, write: () => {}, remove: () => {} };
  const path = join(out, DEEP_FOLDERS[folder], `cell-${cell}-replication-${replication}.bin`);
  return {
    read: () => (existsSync(path) ? readFileSync(path) : null),
    write: (bytes) => {
      mkdirSync(join(out, DEEP_FOLDERS[folder]), { recursive: true });
      writeAtomically(path, [bytes]);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** Removes what deep studies keep beside the ledger. */
export function removeDeepFolders(out: string): void {
  for (const folder of Object.values(DEEP_FOLDERS))
    rmSync(join(out, folder), { recursive: true, force: true });
}
