import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { VerdictsFile } from "../src/claims/verdictsFile.js";

/**
 * Runs the command line with several seeds and prints what each decided, as the table of docs/claims.md, and every claim whose verdict is not the same with all. CPU seconds
 * are those of the process and its threads. Results that `--out` has already are not computed again.
 * Usage: npx tsx scripts/claimsSeeds.ts [--preset quick --preset full] [--seeds 5] [--out DIR]
 */
const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const { values } = parseArgs({
  options: {
    preset: { type: "string", multiple: true },
    seeds: { type: "string" },
    out: { type: "string" },
  },
});
const presets = values.preset ?? ["quick", "full"];
const seeds = Array.from({ length: Number(values.seeds ?? 5) }, (_, i) => i + 1);
const folder = values.out ?? mkdtempSync(join(tmpdir(), "advtransfer-seeds-"));

interface Run {
  readonly preset: string;
  readonly seed: number;
  readonly file: VerdictsFile;
  readonly cpu: string;
}

function run(preset: string, seed: number): Run {
  const out = join(folder, `${preset}-${seed}`);
  const verdicts = join(out, "verdicts.json");
  let cpu = "";
  if (!existsSync(verdicts)) {
    const argv = ["--import", "tsx", MAIN, "verify", "--quiet", "--seconds", "36000"];
    argv.push("--preset", preset, "--seed", String(seed), "--out", out);
    // The times of children are in those of the shell: no other part of Node tells them.
    const script = '"$@"; code=$?; times >&2; exit $code';
    const child = spawnSync("sh", ["-c", script, "sh", process.execPath, ...argv], { encoding: "utf8" });
    if (!existsSync(verdicts)) throw new Error(child.stderr);
    cpu = cpuSeconds(child.stderr);
  }
  return { preset, seed, file: JSON.parse(readFileSync(verdicts, "utf8")) as VerdictsFile, cpu };
}

/** From the last line of `times`, "1m2.5s 0m3.1s": the user and system time of children. */
function cpuSeconds(text: string): string {
  const found = [
    ...text
      .trimEnd()
      .split("\n")
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return found
    .reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0)
    .toFixed(0);
}

const commit = execFileSync("git", ["rev-parse", "--short=12", "HEAD"], { encoding: "utf8" }).trim();
process.stdout.write(
  `commit ${commit}\n| preset | seed | hold | violated | open | replications | CPU seconds |\n`,
);
process.stdout.write(`|---|---|---|---|---|---|---|\n`);
for (const preset of presets) {
  const words = new Map<string, Set<string>>();
  for (const seed of seeds) {
    const { file, cpu } = run(preset, seed);
    const { holds, violated, inconclusive } = file.counts;
    const cells = [preset, seed, holds, violated, inconclusive, file.replications, cpu];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
    for (const { id, verdict } of file.claims) words.set(id, (words.get(id) ?? new Set()).add(verdict));
  }
  for (const [id, found] of words)
    if (found.size > 1) process.stdout.write(`${preset}: ${id} ${[...found].join(", ")}\n`);
}
