import type { MetricName } from "../transfer/metricNames.js";

const METRICS: Readonly<Record<MetricName, string>> = {
  sinTheta2: "subspace error \u2016sin \u0398\u2016\u00b2",
  sinThetaMax: "largest angle, sin \u03b8 max",
  excessRisk: "target excess risk",
  errorRate: "target error rate",
  robustErrorRate: "target error rate under attack",
  survivingTasks: "tasks that survive the filter",
};

/**
 * The title of a metric. `sqrt`: the metric is shown by its square root, which for `sinTheta2` is the Frobenius
 * norm of sin Theta (the root of the mean square over replications).
 */
export function metricLabel(metric: MetricName, transform: "none" | "sqrt" = "none"): string {
  if (transform === "none") return METRICS[metric];
  return metric === "sinTheta2" ? "subspace error \u2016sin \u0398\u2016" : `\u221a(${METRICS[metric]})`;
}

/** A text that begins a title. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * User text inside a plot: plotly reads a small HTML (links included) in names, titles and hover boxes, so `<` and `&`
 * are written as entities, which it shows as the characters themselves.
 */
export function plotlyText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
