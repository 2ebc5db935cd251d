import { numberText, tickText } from "../../core/numberText.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import { pathLabel, pathSymbol, valueLabel } from "../../study/pathLabels.js";

const NAMES: Readonly<Record<string, string>> = {
  errorRate: "target error",
  fineTuneErrorRate: "target error, fine-tuned",
  robustErrorRate: "target error under attack",
  sinTheta2: "subspace error \u2016sin \u0398\u2016\u00b2 of the first layer",
  gradientSinTheta2: "subspace error \u2016sin \u0398\u2016\u00b2 of the average gradient outer product",
  sourceErrorRate: "source error",
  sourceRobustErrorRate: "source error under attack",
  pseudoLabelErrorRate: "wrong pseudo-labels",
};

/** What a short name of figures stands for. */
export const AGOP: string =
  "AGOP: the leading subspace of the average gradient outer product, the directions that the outputs depend on.";

/** What a metric is called, without its budget. */
export function deepMetricName(metric: DeepMetric): string {
  return NAMES[metricParts(metric).name]!;
}

/** What a metric is called, with its budget. */
export function deepMetricLabel(metric: DeepMetric): string {
  const { budget } = metricParts(metric);
  return budget === null ? deepMetricName(metric) : `${deepMetricName(metric)}, ${budgetText(budget)}`;
}

/** A label budget in words. */
export function budgetText(budget: number): string {
  return `${budget} ${budget === 1 ? "label" : "labels"} a class`;
}

/** Rates are shown in percent, their differences in points; subspace errors as they are. */
export function isRate(metric: DeepMetric): boolean {
  return !metricParts(metric).name.toLowerCase().endsWith("sintheta2");
}

/** What a metric is multiplied with to be shown. */
export function shownFactor(metric: DeepMetric): number {
  return isRate(metric) ? 100 : 1;
}

/** A shown value with its unit: `21.3 %`, `0.412`. */
export function shownText(metric: DeepMetric, value: number | null): string {
  if (value === null) return "\u2014";
  return isRate(metric) ? `${(100 * value).toFixed(1)} %` : numberText(value, 3);
}

/** The axis title of a varied path of a deep study. */
export function deepPathLabel(path: string): string {
  const radius = /^methods\.(.+)\.attack\.radius$/.exec(path);
  if (radius !== null) return `attack radius \u03b5 of ${radius[1]}`;
  const arm = /^methods\.(.+)\.([^.]+)$/.exec(path);
  return arm === null ? pathLabel(path) : `${arm[2]} of ${arm[1]}`;
}

/** The values of a point of the grid in a few words; empty where nothing varies. */
export function pointText(varied: Readonly<Record<string, unknown>>): string {
  return Object.entries(varied)
    .map(([path, value]) => {
      const radius = /^methods\.(.+)\.attack\.radius$/.exec(path);
      return `${radius === null ? pathSymbol(path) : `\u03b5 of ${radius[1]}`}\u00a0=\u00a0${valueText(value)}`;
    })
    .join(", ");
}

/** A varied value: numbers exactly and as short as they can be. */
export function valueText(value: unknown): string {
  return typeof value === "number" ? tickText(value) : valueLabel(value);
}

/** Parts that say something, with commas. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

/** `1 replication`, `2 replications`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What a panel shows: the point of the grid, and the label budget of its metric. */
export function panelText(varied: Readonly<Record<string, unknown>>, metric: DeepMetric): string {
  const { budget } = metricParts(metric);
  return joined(pointText(varied), budget === null ? "" : budgetText(budget));
}

/** Sentences that say something, one after another. */
export function sentences(...all: readonly string[]): string {
  return all.filter((sentence) => sentence !== "").join(" ");
}
