import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { accuracyCsv } from "../simulations/lib/accuracyCsv.js";
import predictionAccuracy from "../simulations/prediction-accuracy.js";
import { GROUPS } from "../src/claims/catalogue/catalogue.js";
import { exportImages } from "../src/report/exportImages.js";
import { readResults } from "../src/study/readResults.js";
import { theoryAnnotation } from "../src/study/theoryAnnotation.js";
import { DOCUMENTED_CLAIMS, documentedRun } from "./documentedRun.js";
import { mapPage } from "./mapPage.js";
import { replaceBetween } from "./replaceBetween.js";
import { simulatedGridCsv } from "./simulatedGrid.js";
import { groupsTable, verdictsPage } from "./verdictsTable.js";

/**
 * Brings the documentation up to date: the README's table and docs/verdicts.md (the claims are tested for it, half a minute), docs/map.md, the predictions
 * beside the independent simulation, and from the results of `npm run simulations` and `npx tsx simulations/prediction-accuracy.ts`, where there are
 * any, the pictures and the accuracy of the predictions.
 * Usage: npm run docs               everything
 *        npm run docs -- --tables   what needs no results and no Chromium
 */
const SIMULATED = "results/simulations";
const ACCURACY = "results/prediction-accuracy";

const verdicts = await documentedRun(availableParallelism());
rewrite("README.md", (text) => replaceBetween(text, "claims", groupsTable(GROUPS, verdicts)));
writeFileSync("docs/verdicts.md", verdictsPage(GROUPS, DOCUMENTED_CLAIMS, verdicts));
writeFileSync("docs/data/prediction-independent.csv", simulatedGridCsv());
writeFileSync("docs/map.md", mapPage(fileURLToPath(new URL("..", import.meta.url))));

if (found(SIMULATED, "npm run simulations")) {
  await pictures(SIMULATED, ["c2-alpha", "c5-complementary-gains"]);
}
if (found(ACCURACY, "npx tsx simulations/prediction-accuracy.ts")) {
  const annotate = theoryAnnotation();
  const grid = predictionAccuracy.studies.map(
    (study) => readResults(join(ACCURACY, (study as { name: string }).name), annotate).result,
  );
  writeFileSync("docs/data/prediction-accuracy.csv", accuracyCsv(grid));
  rewrite("docs/theory.md", (text) =>
    replaceBetween(text, "accuracy", `\n${predictionAccuracy.seen(grid)}.\n`),
  );
  await pictures(ACCURACY, ["accuracy-subspace", "accuracy-excess-risk"]);
}

function found(folder: string, command: string): boolean {
  if (process.argv.includes("--tables")) return false;
  const is = existsSync(join(folder, "report.html"));
  if (!is) process.stderr.write(`what ${folder} would give is left as it is (${command} makes it)\n`);
  return is;
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** Figures of a report as SVG in both themes. */
async function pictures(folder: string, only: readonly string[]): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    const { notice } = await exportImages(join(folder, "report.html"), join("docs/images", theme), {
      theme,
      only,
    });
    if (notice !== null) throw new Error(notice);
  }
}
