import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accuracyCsv } from "../simulations/lib/accuracyCsv.js";
import { claimsTable, replaceBetween } from "../simulations/lib/claimsTable.js";
import { SIMULATIONS } from "../simulations/lib/simulations.js";
import predictionAccuracy from "../simulations/prediction-accuracy.js";
import { exportImages } from "../src/report/exportImages.js";
import { readResults } from "../src/study/readResults.js";
import { theoryAnnotation } from "../src/study/theoryAnnotation.js";

/**
 * Brings the documentation up to date with what was measured last: the README's table of claims and its pictures (`npm start`), and the accuracy of the
 * predictions in docs/theory.md (`npx tsx simulations/prediction-accuracy.ts`).
 * Usage: npm start && npx tsx simulations/prediction-accuracy.ts && npm run docs
 */
const START = "results/start";
const ACCURACY = "results/prediction-accuracy";

const nameOf = (study: object): string => (study as { name: string }).name;

const answered = SIMULATIONS.map((simulation) => ({
  simulation,
  results: simulation.studies.map((study) => readResults(join(START, nameOf(study))).result),
}));
const readme = readFileSync("README.md", "utf8");
writeFileSync("README.md", replaceBetween(readme, "claims", claimsTable(answered)));
await pictures(START, ["c2-alpha", "c5-complementary-gains"]);

const annotate = theoryAnnotation();
const grid = predictionAccuracy.studies.map(
  (study) => readResults(join(ACCURACY, nameOf(study)), annotate).result,
);
writeFileSync("docs/data/prediction-accuracy.csv", accuracyCsv(grid));
const theory = readFileSync("docs/theory.md", "utf8");
writeFileSync("docs/theory.md", replaceBetween(theory, "accuracy", `\n${predictionAccuracy.seen(grid)}.\n`));
await pictures(ACCURACY, ["accuracy-subspace", "accuracy-excess-risk"]);

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
