/**
 * The metrics of a replication (docs/theory.md section 3), in the order in which tables show them.
 * `robustErrorRate` is null where no attack is given.
 */
export const METRIC_NAMES: readonly [
  "sinTheta2",
  "sinThetaMax",
  "excessRisk",
  "errorRate",
  "robustErrorRate",
  "survivingTasks",
] = ["sinTheta2", "sinThetaMax", "excessRisk", "errorRate", "robustErrorRate", "survivingTasks"];

export type MetricName = (typeof METRIC_NAMES)[number];

/** The metrics of one method in one replication; null where a metric is not defined, never 0 and never invented. */
export type Metrics = Readonly<Record<MetricName, number | null>>;

/** No metric is known. */
export const NO_METRICS: Metrics = {
  sinTheta2: null,
  sinThetaMax: null,
  excessRisk: null,
  errorRate: null,
  robustErrorRate: null,
  survivingTasks: null,
};
