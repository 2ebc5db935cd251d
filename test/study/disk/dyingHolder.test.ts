import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockFolder } from "../../../src/study/disk/folderLock.js";

test("a lock whose process is on its way out is taken over, without asking the user to try again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "advtransfer-lock-"));
  // Started through a shell that reaps it, so that it does not stay behind as this process's zombie.
  const shell = spawn("sh", ["-c", "sleep 0.4 & echo $!; wait"], { stdio: ["ignore", "pipe", "ignore"] });
  const pid = Number(
    await new Promise<string>((resolve) => shell.stdout.once("data", (d) => resolve(String(d)))),
  );
  writeFileSync(join(folder, ".lock"), JSON.stringify({ pid, host: hostname() }));
  const release = lockFolder(folder);
  release();
  rmSync(folder, { recursive: true });
  expect(pid).toBeGreaterThan(0);
});
