import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DOCUMENTED_CLAIMS, documentedRun } from "../../scripts/documentedRun.js";
import { replaceBetween } from "../../scripts/replaceBetween.js";
import { groupsTable, verdictsPage } from "../../scripts/verdictsTable.js";
import { GROUPS } from "../../src/claims/catalogue/catalogue.js";

const verdicts = await documentedRun(1);

// The run is the whole of what the README shows, 25 s of one core: whatever changes a number of it, in the model, the training, the theory or the
// statistics, changes the table.
it("the README's table of claims is what verify finds (else: npm run docs)", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(readme).toBe(replaceBetween(readme, "claims", groupsTable(GROUPS, verdicts)));
});

it("docs/verdicts.md is what verify finds (else: npm run docs)", () => {
  expect(readFileSync("docs/verdicts.md", "utf8")).toBe(verdictsPage(GROUPS, DOCUMENTED_CLAIMS, verdicts));
});

it("the documented run decides at least 90 % of the claims, and violates none", () => {
  const own = verdicts.filter(({ informative }) => !informative);
  expect(own.filter(({ verdict }) => verdict === "violated")).toEqual([]);
  expect(own.filter(({ verdict }) => verdict === "holds").length).toBeGreaterThanOrEqual(0.9 * own.length);
  expect(verdicts.every(({ trustworthy }) => trustworthy)).toBe(true);
});
