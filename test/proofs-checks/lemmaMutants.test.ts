import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MUTANTS } from "../../scripts/lemmaMutantList.js";

it("every mutant of a lemma has its place in the code, exactly one", () => {
  for (const { lemma, file, find } of MUTANTS) {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    expect(source.split(find).length - 1, `${lemma}: ${find} in ${file}`).toBe(1);
  }
});
