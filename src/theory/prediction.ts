import { type Metrics, NO_METRICS } from "../transfer/metricNames.js";

/** What theory says of one method (or baseline) on one problem. */
export interface Prediction {
  /** Expected value of each metric; null where there is no trustworthy formula, or where the metric is not defined. */
  readonly metrics: Metrics;
  /** Why values are null: one sentence a cause. Empty when every defined metric is predicted. */
  readonly reasons: readonly string[];
  /** What is known to make the predictions less accurate here, with the size of the error where it was measured. */
  readonly warnings: readonly string[];
}

/** A prediction without values, for a reason. */
export function noPrediction(reason: string): Prediction {
  return { metrics: NO_METRICS, reasons: [reason], warnings: [] };
}
