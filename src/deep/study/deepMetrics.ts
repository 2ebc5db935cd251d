import type { DeepProblem } from "./deepStudy.js";

/** Metrics that do not depend on a label budget; the others are `NAME@k` for k labels a class. */
export const GENERAL_METRICS = [
  "sinTheta2",
  "gradientSinTheta2",
  "sourceErrorRate",
  "sourceRobustErrorRate",
  "pseudoLabelErrorRate",
] as const;

/** Metrics of the target task at a budget. */
export const BUDGET_METRICS = ["errorRate", "fineTuneErrorRate", "robustErrorRate"] as const;

export type DeepMetric = (typeof GENERAL_METRICS)[number] | `${(typeof BUDGET_METRICS)[number]}@${number}`;

/** The metrics of a row of a deep study, in the order in which tables show them: the target's at each budget, then the representation's and the source's. */
export function deepMetrics({ target }: Pick<DeepProblem, "target">): readonly DeepMetric[] {
  const wanted = BUDGET_METRICS.filter(
    (name) =>
      (name !== "fineTuneErrorRate" || target.fineTune) &&
      (name !== "robustErrorRate" || target.attack !== null),
  );
  const atBudgets = wanted.flatMap((name) => target.labels.map((k): DeepMetric => `${name}@${k}`));
  return [...atBudgets, ...GENERAL_METRICS];
}

/** The name and the label budget of a metric; null for a metric without one. */
export function metricParts(metric: DeepMetric): { readonly name: string; readonly budget: number | null } {
  const [name, budget] = metric.split("@");
  return { name: name!, budget: budget === undefined ? null : Number(budget) };
}
