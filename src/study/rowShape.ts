import { METRIC_NAMES } from "../transfer/metricNames.js";
import { BASELINES } from "./results.js";
import type { AnyCell, RowShape } from "./study.js";

/** What a row of a cell has to have: the cell's own shape, or that of the linear model. */
export function rowShape(study: { readonly methodNames: readonly string[] }, cell: AnyCell): RowShape {
  return cell.shape ?? linearShape(study.methodNames);
}

/** The metrics of the linear model for these methods and the baselines. */
export function linearShape(methodNames: readonly string[]): RowShape {
  return { names: [...methodNames, ...BASELINES], metrics: METRIC_NAMES };
}
