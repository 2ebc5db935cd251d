import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claimsTable, replaceBetween } from "../simulations/lib/claimsTable.js";
import { SIMULATIONS } from "../simulations/lib/simulations.js";
import { exportImages } from "../src/report/exportImages.js";
import { readResults } from "../src/study/readResults.js";

/**
 * Brings the README up to date with what `npm start` measured last: its table of claims, and the pictures in docs/images.
 * Usage: npm start && npm run docs
 */
const START = "results/start";
const PICTURES = ["c2-alpha", "c5-complementary-gains"];

const answered = SIMULATIONS.map((simulation) => ({
  simulation,
  results: simulation.studies.map(
    (study) => readResults(join(START, (study as { name: string }).name)).result,
  ),
}));
const readme = readFileSync("README.md", "utf8");
writeFileSync("README.md", replaceBetween(readme, "claims", claimsTable(answered)));
for (const theme of ["light", "dark"] as const) {
  const folder = join("docs/images", theme);
  const { notice } = await exportImages(join(START, "report.html"), folder, { theme, only: PICTURES });
  if (notice !== null) throw new Error(notice);
}
