import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { between, type LemmaFile, README, readLemmas } from "./checksGraph.js";
import { MUTANTS, type Mutant } from "./lemmaMutantList.js";

/**
 * Breaks a temporary copy of the code, one mutant at a time, and runs the check of the lemma that must see it:
 *
 *   npx tsx scripts/lemmaMutants.ts             all of them
 *   npx tsx scripts/lemmaMutants.ts weyl wedin  those of these lemmas
 *
 * and writes the outcomes into proofs-checks/README.md, where those of other lemmas stay.
 *
 * A mutant counts as refuted when a law of the lemma failed with a counterexample, not when the code no longer runs. Exit code 1 when one survived.
 */
const only = process.argv.slice(2);
const copy = mkdtempSync(join(tmpdir(), "lemma-mutants-"));

interface Outcome {
  readonly mutant: Mutant;
  /** The law that failed first; null: the mutant survived. */
  readonly refutedBy: string | null;
}

function run(file: string): string {
  // One failure is enough.
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "checks",
    "--bail",
    "1",
    `proofs-checks/${file}`,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, vitest, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return stdout + stderr;
}

function tryMutant(lemma: LemmaFile, mutant: Mutant): Outcome {
  const path = join(copy, mutant.file);
  const original = readFileSync(path, "utf8");
  if (original.split(mutant.find).length !== 2)
    throw new Error(`${mutant.file}: not there exactly once: ${mutant.find}`);
  writeFileSync(
    path,
    original.replace(mutant.find, () => mutant.replace),
  );
  const output = run(lemma.file);
  writeFileSync(path, original);
  const law = new RegExp(`REFUTED ${lemma.name}: (.+)`).exec(output);
  return { mutant, refutedBy: law?.[1]?.trim() ?? null };
}

function weakenedLaws(lemma: LemmaFile): number {
  const text = readFileSync(join(copy, "proofs-checks", lemma.file), "utf8");
  return [...text.matchAll(/^ {2}(?:weakened|counterexample|mustFail)\(/gm)].length;
}

try {
  for (const folder of ["src", "proofs-checks", "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(folder, join(copy, folder), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  const lemmas = readLemmas().filter((lemma) => only.length === 0 || only.includes(lemma.name));
  const rows = new Map<string, string[]>();
  let survivors = 0;
  for (const lemma of lemmas) {
    const clean = run(lemma.file);
    if (/REFUTED|FAIL/.test(clean)) throw new Error(`${lemma.name} fails without any mutant:\n${clean}`);
    rows.set(lemma.name, []);
    for (const mutant of MUTANTS.filter((m) => m.lemma === lemma.name)) {
      const { refutedBy } = tryMutant(lemma, mutant);
      if (refutedBy === null) survivors++;
      console.log(`${lemma.name}: ${refutedBy === null ? "SURVIVED" : `refuted: ${refutedBy}`}`);
      const change = `in ${mutant.file}, \`${mutant.find.trim()}\` to \`${mutant.replace.trim()}\``;
      const outcome = refutedBy === null ? "survived" : `refuted (\`${refutedBy}\`)`;
      rows.get(lemma.name)!.push(`- ${lemma.name}: ${change}: ${outcome}; ${weakenedLaws(lemma)} weakened`);
    }
  }
  const readme = readFileSync(README, "utf8");
  const all = readLemmas().flatMap(
    ({ name }) => rows.get(name) ?? readme.split("\n").filter((line) => line.startsWith(`- ${name}: in `)),
  );
  writeFileSync(README, between(readme, "mutants", all.join("\n")));
  process.exitCode = survivors === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
