import { canonicalJson } from "../core/canonicalJson.js";
import { boundFor, type MethodBounds } from "../theory/bounds/boundFor.js";
import { predict } from "../theory/predict.js";
import { predictBaseline } from "../theory/predictBaseline.js";
import type { Prediction } from "../theory/prediction.js";
import { METRIC_NAMES, type MetricName } from "../transfer/metricNames.js";
import { BASELINES } from "./results.js";
import type { Cell } from "./study.js";
import type { Annotate } from "./summarize.js";

/** What theory says of one method or baseline in one cell. */
export interface CellTheory {
  readonly prediction: Prediction;
  /** The paper's bounds, up to constants; null where the paper claims nothing. */
  readonly bounds: MethodBounds | null;
  /** Prediction and bound of each metric: the bound on ||sin Theta||_F squared for `sinTheta2`, that of C6 for `excessRisk`. */
  readonly metrics: Readonly<
    Record<MetricName, { readonly predicted: number | null; readonly bound: number | null }>
  >;
}

/** Predictions (docs/theory.md section 5) and bounds (section 4) for a method or baseline of a cell. */
export function cellTheory(cell: Cell, name: string): CellTheory {
  const baseline = BASELINES.find((one) => one === name);
  const method = cell.methods.find((one) => one.name === name);
  const prediction =
    baseline === undefined ? predict(cell.problem, method!) : predictBaseline(cell.problem, baseline);
  const bounds = method === undefined ? null : boundFor(cell.problem, method);
  const boundOf = (metric: MetricName): number | null => {
    if (bounds === null) return null;
    if (metric === "sinTheta2") return bounds.representation.form ** 2;
    return metric === "excessRisk" ? bounds.target.form : null;
  };
  const metrics = METRIC_NAMES.map(
    (metric) => [metric, { predicted: prediction.metrics[metric], bound: boundOf(metric) }] as const,
  );
  return { prediction, bounds, metrics: Object.fromEntries(metrics) as unknown as CellTheory["metrics"] };
}

/** The hook that puts theory beside simulated means; equal questions are answered once. */
export function theoryAnnotation(): Annotate {
  const known = new Map<string, CellTheory["metrics"]>();
  return (cell, name) => {
    const key = canonicalJson([cell.problem, cell.methods.find((one) => one.name === name) ?? name]);
    const metrics = known.get(key) ?? cellTheory(cell, name).metrics;
    known.set(key, metrics);
    return metrics;
  };
}
