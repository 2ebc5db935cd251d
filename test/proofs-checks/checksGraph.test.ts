import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  between,
  graphText,
  listText,
  orderProblems,
  parseLemma,
  README,
  readLemmas,
} from "../../scripts/checksGraph.js";
import { MUTANTS } from "../../scripts/lemmaMutantList.js";

const lemmas = readLemmas();
const readme = readFileSync(README, "utf8");

describe("the folder of lemmas", () => {
  it("graph and list of its README are those of the files", () => {
    const current = between(between(readme, "graph", graphText(lemmas)), "lemmas", listText(lemmas));
    expect(current, "run npx tsx scripts/checksGraph.ts").toBe(readme);
  });

  it("every lemma follows from earlier ones only, and every claim is there", () => {
    expect(orderProblems(lemmas)).toEqual([]);
    const claims = lemmas.filter((lemma) => lemma.name.startsWith("claim")).map((lemma) => lemma.name);
    expect(claims).toEqual(["claimC1", "claimC2", "claimC3", "claimC4C5", "claimC6"]);
  });

  it("sees a lemma that is missing or comes too late", () => {
    const [first] = lemmas;
    expect(orderProblems([{ ...first!, followsFrom: ["nowhere"] }])).toHaveLength(1);
    expect(orderProblems([{ ...first!, followsFrom: [first!.name] }])).toHaveLength(1);
  });

  it("refuses a file whose opening comment is not in form", () => {
    expect(() => parseLemma("01-a.check.ts", "/**\n * LEMMA b: x.\n */\n")).toThrow();
  });

  it.each(lemmas.map((lemma) => [lemma.name, lemma.file]))(
    "%s has a mutant that it refutes and a hypothesis that it needs",
    (name, file) => {
      const rows = readme.split("\n").filter((line) => line.startsWith(`- ${name}: in `));
      expect(rows).toHaveLength(MUTANTS.filter((mutant) => mutant.lemma === name).length);
      expect(rows.length, "run npx tsx scripts/lemmaMutants.ts").toBeGreaterThanOrEqual(1);
      for (const row of rows) expect(row).not.toContain(": survived");
      expect(readFileSync(`proofs-checks/${file}`, "utf8")).toMatch(
        /^ {2}(weakened|counterexample|mustFail)\(/m,
      );
    },
  );
});
