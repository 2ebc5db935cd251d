import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VERSION } from "../study/version.js";

/** Where and from what a run was made. */
export interface RunProvenance {
  readonly version: string;
  /** The commit of the checkout that runs, with "-dirty" where files differ from it; null outside of one. */
  readonly commit: string | null;
  readonly node: string;
  readonly machine: string;
  /** ISO 8601, when the run began. */
  readonly begun: string;
}

export function runProvenance(begun: Date = new Date()): RunProvenance {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return {
    version: VERSION,
    commit: commitOf(join(dirname(fileURLToPath(import.meta.url)), "..", "..")),
    node: process.version,
    machine: `${cpus().length} x ${model}, ${platform()} ${arch()}`,
    begun: begun.toISOString(),
  };
}

/** Asked only where the package itself is a checkout: as a dependency it lies inside someone else's. */
function commitOf(root: string): string | null {
  if (!existsSync(join(root, ".git"))) return null;
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", root, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const dirty = git("status", "--porcelain", "--untracked-files=no") !== "";
    return `${git("rev-parse", "--short=12", "HEAD")}${dirty ? "-dirty" : ""}`;
  } catch {
    return null;
  }
}
