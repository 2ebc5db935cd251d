import type { DeepComparison } from "../../deep/study/deepComparison.js";
import type { DeepMetric } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { Headline } from "../html/reportPage.js";
import { armNames, armValue } from "./armValues.js";
import { counted, panelText } from "./deepText.js";

const WORDS = ["better", "worse", "no difference seen", "not measured"] as const;

/** A study in the summary: what its comparisons say, the errors of its arms at the smallest label budget, and what was run. */
export function deepHeadline(result: DeepResult, errors: readonly DeepMetric[]): Headline {
  const { probe, backend, seed } = result;
  const count = (word: DeepComparison["verdict"]): number =>
    probe.filter(({ verdict }) => verdict === word).length;
  const [better, worse] = [count("better"), count("worse")];
  const ran = `backend ${backend}, ${replicationsText(result)}, seed ${seed}`;
  const verdict =
    probe.length === 0
      ? {}
      : {
          verdict: {
            text: `${better} of ${probe.length} better${worse === 0 ? "" : `, ${worse} worse`}`,
            tone: worse > 0 ? ("bad" as const) : better > 0 ? ("good" as const) : ("open" as const),
          },
        };
  return {
    seen: [verdictCounts(probe), errorText(result, errors), ran].filter((text) => text !== "").join("; "),
    ...verdict,
  };
}

/** `4 of 6 comparisons better, 0 worse, 2 no difference seen`. */
export function verdictCounts(family: readonly DeepComparison[]): string {
  if (family.length === 0) return "no comparison of arms was asked for";
  const counts = WORDS.map(
    (word) => [word, family.filter(({ verdict }) => verdict === word).length] as const,
  );
  const shown = counts.filter(([word, n]) => word !== "not measured" || n > 0);
  return shown
    .map(([word, n], i) =>
      i === 0 ? `${n} of ${counted(family.length, "comparison")} ${word}` : `${n} ${word}`,
    )
    .join(", ");
}

/** The errors at the first point and the smallest budget, all arms. */
function errorText(result: DeepResult, errors: readonly DeepMetric[]): string {
  const metric = errors[0];
  if (metric === undefined || result.points.length === 0) return "";
  const parts = armNames(result).flatMap((arm) => {
    const { mean } = armValue(result, 0, arm, metric);
    return mean === null ? [] : [`${arm} ${mean.toFixed(1)} %`];
  });
  const where = panelText(result.points[0]!.varied, metric);
  return parts.length === 0 ? "" : `target error with ${where}: ${parts.join(", ")}`;
}

/** `5 replications`; a range where cells have different numbers. */
export function replicationsText(result: DeepResult): string {
  const counts = result.cells.map(({ cell }) => result.values.filter((one) => one.cell === cell).length);
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? counted(low, "replication") : `${low} to ${high} replications`;
}
