import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { CLAIMS } from "../src/claims/catalogue/catalogue.js";
import { DEFAULT_SEED, PRESETS } from "../src/claims/presets.js";
import { selectClaims } from "../src/claims/selectClaims.js";
import { failsRun } from "../src/claims/verdict.js";
import { verify } from "../src/claims/verify.js";

/**
 * Runs the smoke preset, without its clock, on the sound toolkit and on each planted defect of test/claims/defects, and prints which claims are violated: the table of
 * docs/claims.md. Tests do the same for the claims that matter to each.
 * Usage: npx tsx scripts/claimsDefects.ts
 */
const FOLDER = new URL("../test/claims/defects/", import.meta.url);
const TITLES: Readonly<Record<string, string>> = {
  flippedLabels: "pseudo-labels flipped",
  hardThreshold: "soft threshold without its shift",
  invertedFilter: "ℓ₂ filter inverted",
  noNormalization: "normalisation dropped",
  headWithoutW1: "head trained without W₁",
  wrongNoise: "noise level 5 % wrong",
};
const claims = selectClaims(CLAIMS, [], "smoke");
const preset = { ...PRESETS.smoke, seconds: Number.POSITIVE_INFINITY };

async function row(title: string, module: string | undefined): Promise<string> {
  const { verdicts } = await verify(claims, {
    preset,
    seed: DEFAULT_SEED,
    workers: availableParallelism(),
    replicationModule: module,
  });
  const violated = verdicts.filter(failsRun).map(({ id }) => `\`${id}\``);
  return `| ${title} | ${violated.length} | ${violated.length === 0 ? "none" : violated.join(", ")} |`;
}

const known = Object.keys(TITLES).filter((name) => readdirSync(FOLDER).includes(`${name}.ts`));
if (known.length < Object.keys(TITLES).length) throw new Error("a planted defect has no file");
process.stdout.write(`| defect | violated | claims |\n|---|---|---|\n${await row("none", undefined)}\n`);
for (const name of known)
  process.stdout.write(`${await row(TITLES[name]!, new URL(`${name}.ts`, FOLDER).href)}\n`);
