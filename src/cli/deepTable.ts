import type { DeepComparison } from "../deep/study/deepComparison.js";
import type { DeepMetric } from "../deep/study/deepMetrics.js";
import type { DeepResult } from "../deep/study/deepResult.js";
import { aligned, estimateText } from "./resultTable.js";
import type { Style } from "./terminal.js";

type Paint = (style: Style, text: string) => string;

const STYLES = { better: "green", worse: "red", "no difference seen": "dim", "not measured": "dim" } as const;

/**
 * A deep result for the terminal: at each point of the grid the means of all arms (± Monte Carlo standard error; "-": not available), then what the
 * comparisons of the main outcome and of the representation say.
 */
export function deepTable(result: DeepResult, paint: Paint): string {
  const { points, probe, representation } = result;
  return points
    .map(({ varied, cells }, point) => {
      const place = Object.entries(varied).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
      const title = [result.study, ...place].join(", ");
      const here = [...probe, ...representation].filter((one) => one.point === point);
      return [paint("bold", title), ...armLines(result, cells, paint), ...comparisonLines(here, paint)].join(
        "\n",
      );
    })
    .join("\n\n");
}

function armLines(result: DeepResult, cells: Readonly<Record<string, number>>, paint: Paint): string[] {
  const arms = Object.entries(cells).map(([arm, cell]) => [arm, result.cells[cell]!.methods[arm]!] as const);
  const all = Object.keys(arms[0]![1]) as DeepMetric[];
  const metrics = all.filter((metric) => arms.some(([, values]) => values[metric].mean !== null));
  const rows = arms.map(([arm, values]) => [arm, ...metrics.map((metric) => estimateText(values[metric]))]);
  const [header, ...body] = aligned([["", ...metrics], ...rows]);
  return [paint("dim", header!), ...body];
}

function comparisonLines(comparisons: readonly DeepComparison[], paint: Paint): string[] {
  if (comparisons.length === 0) return [];
  const rows = comparisons.map(({ a, b, metric, gain, simultaneousHalfWidth, verdict }) => [
    `${a} against ${b}`,
    metric,
    signed(gain),
    simultaneousHalfWidth === null ? "" : `± ${simultaneousHalfWidth.toFixed(4)}`,
    verdict,
  ]);
  const [header, ...body] = aligned([["gain (positive: the first is better)", "", "", "", ""], ...rows]);
  return [paint("dim", header!), ...body.map((line, i) => paint(STYLES[comparisons[i]!.verdict], line))];
}

function signed(gain: number | null): string {
  if (gain === null) return "-";
  return `${gain < 0 ? "" : "+"}${gain.toFixed(4)}`;
}
