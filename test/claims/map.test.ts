import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { mapPage } from "../../scripts/mapPage.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("docs/map.md is what the sources say (else: npx tsx scripts/writeMap.ts)", () => {
  expect(readFileSync(`${root}/docs/map.md`, "utf8")).toBe(mapPage(root));
});

it("every claim of the paper has code, lemmas and a figure", () => {
  const sections = mapPage(root)
    .split("\n## ")
    .filter((section) => /^C\d/.test(section));
  expect(sections).toHaveLength(6);
  for (const section of sections)
    for (const part of ["Code", "Lemmas", "Figure", "Controls"]) expect(section).toContain(`- ${part}: `);
});
