import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ioError } from "./ioError.js";

/**
 * Writes a file all or nothing: into a temporary neighbour, flushed to the disk, then renamed over the target. A full disk or a
 * crash leaves the old file, or none, and never half of the new one.
 *
 * Throws an AdvTransferError (`io`).
 */
export function writeAtomically(path: string, content: string | Iterable<Uint8Array>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      const chunks = typeof content === "string" ? [Buffer.from(content)] : content;
      for (const chunk of chunks) writeAll(file, chunk);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    flushFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw ioError("write", path, error);
  }
}

/** The system may take fewer bytes than offered, when the disk is nearly full for one: go on until all are written. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

/** A rename lives in the folder: flush it too. Not every system lets a folder be opened; then there is nothing to do. */
function flushFolder(folder: string): void {
  let handle: number | null = null;
  try {
    handle = openSync(folder, "r");
    fsyncSync(handle);
  } catch {
    return;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
