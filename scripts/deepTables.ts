import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { deepResultsOf } from "../src/cli/deepResults.js";
import type { DeepComparison } from "../src/deep/study/deepComparison.js";
import { deepKind } from "../src/deep/study/deepKind.js";
import type { DeepMetric } from "../src/deep/study/deepMetrics.js";
import type { DeepResult } from "../src/deep/study/deepResult.js";
import { replaceBetween } from "./replaceBetween.js";

/**
 * Writes what deep studies measured into docs/deep.md: for each results folder the means of all arms and the comparisons, between the marks of the study's name.
 *
 *   npx tsx scripts/deepTables.ts results/deep/teacher results/deep/strokes ...
 */
const PAGE = "docs/deep.md";

/** A rate in per cent, an angle as it is; a dash where the arm has none. */
function mean(result: DeepResult, arm: string, metric: DeepMetric): string {
  const { mean: value, mcse } = result.cells[result.points[0]!.cells[arm]!]!.methods[arm]![metric];
  if (value === null) return "–";
  const [scale, digits] = metric.includes("inTheta") ? [1, 3] : [100, 1];
  return `${(scale * value).toFixed(digits)} ± ${(scale * (mcse ?? 0)).toFixed(digits)}`;
}

function armTable(result: DeepResult): string[] {
  const arms = Object.keys(result.points[0]!.cells);
  const all = Object.keys(result.cells[0]!.methods[arms[0]!]!) as DeepMetric[];
  const shown = all.filter((metric) => arms.some((arm) => mean(result, arm, metric) !== "–"));
  return [
    `| arm | ${shown.map((metric) => `\`${metric}\``).join(" | ")} |`,
    `|---|${shown.map(() => "---:").join("|")}|`,
    ...arms.map((arm) => `| ${arm} | ${shown.map((metric) => mean(result, arm, metric)).join(" | ")} |`),
  ];
}

function gainRow({ a, b, metric, gain, halfWidth, simultaneousHalfWidth, verdict }: DeepComparison): string {
  const scale = metric.includes("inTheta") ? 1 : 100;
  const digits = scale === 1 ? 3 : 1;
  const text = (value: number | null): string => (value === null ? "–" : (scale * value).toFixed(digits));
  const sign = gain !== null && gain >= 0 ? "+" : "";
  return `| ${a} over ${b} | \`${metric}\` | ${sign}${text(gain)} | ± ${text(halfWidth)} | ± ${text(simultaneousHalfWidth)} | ${verdict} |`;
}

let page = readFileSync(PAGE, "utf8");
for (const folder of process.argv.slice(2)) {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const { study, result } = deepResultsOf(deepKind({ backend: "wasm", data: null, out: folder }), folder);
  const { version } = result;
  const content = [
    `${study.replications} replications, seed ${study.seed}, backend ${result.backend}, advtransfer ${version}. Means ± Monte Carlo standard error, rates in per cent:`,
    "",
    ...armTable(result),
    "",
    "Paired gains (positive: the first is better; rates in points), with the 95 % interval of each alone, that of the whole family at once, and Holm's verdict:",
    "",
    "| gain of | in | gain | 95 % alone | 95 % of all | verdict |",
    "|---|---|---:|---:|---:|---|",
    ...[...result.probe, ...result.representation].map(gainRow),
  ].join("\n");
  page = replaceBetween(page, study.name, content);
  console.log(`${basename(folder)}: written`);
}
writeFileSync(PAGE, page);
