import { intervalText, tickText } from "../../core/numberText.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { DeepProblem } from "../../deep/study/deepStudy.js";
import type { Attack } from "../../deep/training/arm.js";
import type { ReportTable } from "../figureSpec.js";
import { armCell, armNames, armValue, knownMetrics } from "./armValues.js";
import { counted, deepMetricLabel, isRate, joined, pointText } from "./deepText.js";

/**
 * Every metric of every arm, a table a point of the grid: means with 95 % t intervals over replications, rates in percent. Metrics that nobody has are left out.
 */
export function metricTables(result: DeepResult): ReportTable[] {
  const metrics = knownMetrics(result);
  const arms = armNames(result);
  return result.points.map(({ varied }, point) => {
    const values = metrics.map((metric) => arms.map((arm) => armValue(result, point, arm, metric)));
    const counts = arms.map((_, i) => String(Math.max(0, ...values.map((row) => row[i]!.n))));
    return {
      caption: `${joined("All measures of every arm", pointText(varied))}: mean ± half the width of the 95 % t interval over replications`,
      columns: ["measure", ...arms],
      rows: [
        ...metrics.map((metric, m) => [
          `${deepMetricLabel(metric)}${isRate(metric) ? " (%)" : ""}`,
          ...values[m]!.map(({ mean, half }) => intervalText(mean, half)),
        ]),
        ["replications", ...counts],
      ],
    };
  });
}

/** What each arm learns from and how, at the first point of the grid. */
export function armTable(result: DeepResult): ReportTable {
  return {
    caption: "What each arm is (where a path varies, at its first value)",
    columns: ["arm", "features", "source labels", "attack", "other"],
    rows: armNames(result).map((name) => {
      const { arm } = armCell(result, 0, name).problem;
      const trained = arm.features === "network";
      return [
        name,
        { network: "trained network", random: "untrained network", raw: "the inputs themselves" }[
          arm.features
        ],
        trained ? labelsText(arm) : "\u2014",
        trained && arm.attack !== null ? attackText(arm.attack) : "\u2014",
        trained ? otherText(arm) : "\u2014",
      ];
    }),
  };
}

function labelsText({ labels, pseudoLabels }: DeepProblem["arm"]): string {
  if (labels === "all") return "all";
  if (pseudoLabels === null) return "few";
  const { rounds, threshold, soft } = pseudoLabels;
  const kind = soft ? "soft pseudo-labels" : "pseudo-labels";
  const sure = threshold === 0 ? "" : ` of probability ${tickText(threshold)} and more`;
  return `few, and ${kind}${sure} on the others (${counted(rounds, "round")})`;
}

/** An attack in a few words: `l2, ε = 1, 3 steps`. */
export function attackText({ norm, radius, steps, randomStart }: Attack): string {
  const start = randomStart ? ", random start" : "";
  return `${norm === 2 ? "\u2113\u2082" : "\u2113\u221e"}, \u03b5 = ${tickText(radius)}, ${counted(steps, "step")}${start}`;
}

function otherText({ augmentation, stepsFactor }: DeepProblem["arm"]): string {
  const parts = [
    augmentation === null ? "" : `Gaussian noise of sd ${tickText(augmentation.sd)} on the inputs`,
    stepsFactor === 1 ? "" : `${tickText(stepsFactor)} times the steps`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "\u2014" : parts.join(", ");
}
