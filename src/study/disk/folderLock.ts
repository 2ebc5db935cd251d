import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { AdvTransferError } from "../../core/errors.js";
import { ioError } from "./ioError.js";

/**
 * Keeps two runs from writing one results folder at the same time. Returns the function that releases the lock. A lock whose
 * process is gone (killed, power cut) is taken over.
 *
 * Throws an AdvTransferError (`bad-input`) while another run holds it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, ".lock");
  const text = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, text, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw ioError("write", path, error);
    }
    requireStale(path, folder);
    rmSync(path, { force: true });
  }
  throw new AdvTransferError("io", `cannot lock ${folder}: another run keeps taking it`);
}

function requireStale(path: string, folder: string): void {
  let holder: { pid?: unknown; host?: unknown };
  try {
    holder = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Gone meanwhile, or cut off while it was written: nobody holds it.
    return;
  }
  const { pid, host } = holder;
  if (host === hostname() && !(typeof pid === "number" && staysAlive(pid))) return;
  const who = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  throw new AdvTransferError("bad-input", `${folder} must be free, ${who} is writing to it`, {
    hint: `Wait for it, or choose another folder with --out. If it has ended, delete ${path}.`,
  });
}

/** A process that was killed a moment ago may still be on its way out: it gets a second for that. */
function staysAlive(pid: number): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < 10 && isAlive(pid); waited++) Atomics.wait(pause, 0, 0, 100);
  return isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
