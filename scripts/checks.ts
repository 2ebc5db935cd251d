import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { SETTINGS } from "../proofs-checks/laws/settings.js";

/**
 * Runs the lemmas of proofs-checks:
 *
 *   npm run checks                                  every lemma, a few hundred random inputs each
 *   npm run checks -- --runs 5000 --seed 7          more inputs, others
 *   npm run checks -- --nightly                     100,000 inputs a lemma
 *   npm run checks -- --lemma weyl                  one lemma (the name of its file without the number)
 *   npm run checks -- --lemma weyl --law "..." --seed 7 --path 12:3     one counterexample again
 *   npm run checks -- --verbose                     with what was measured: ratios, counterexamples, distances
 */
const NIGHTLY = 100_000;

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    nightly: { type: "boolean", default: false },
    seed: { type: "string" },
    lemma: { type: "string" },
    law: { type: "string" },
    path: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

function fileOf(lemma: string): string {
  const files = readdirSync("proofs-checks").filter((file) => file.endsWith(".check.ts"));
  const found = files.find((file) => file.replace(/^\d+-|\.check\.ts$/g, "") === lemma);
  if (found !== undefined) return `proofs-checks/${found}`;
  console.error(
    `there is no lemma ${lemma}; there are ${files.map((f) => f.replace(/^\d+-|\.check\.ts$/g, "")).join(", ")}`,
  );
  process.exit(2);
}

const settings = {
  CHECKS_RUNS: values.nightly ? String(NIGHTLY) : values.runs,
  CHECKS_SEED: values.seed,
  CHECKS_LAW: values.law,
  CHECKS_PATH: values.path,
  CHECKS_VERBOSE: values.verbose ? "1" : undefined,
};
const env = { ...process.env };
for (const [name, value] of Object.entries(settings)) if (value !== undefined) env[name] = value;
console.log(
  `${env.CHECKS_RUNS ?? SETTINGS.runs} random inputs a lemma, seed ${env.CHECKS_SEED ?? SETTINGS.seed}`,
);
const only = values.lemma === undefined ? [] : [fileOf(values.lemma)];
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "checks", ...only];
const { status } = spawnSync(process.execPath, vitest, { env, stdio: "inherit" });
process.exit(status ?? 1);
