import { resolveStudy } from "../../src/study/resolveStudy.js";
import type { ReplicationRow } from "../../src/study/results.js";
import type { Study } from "../../src/study/study.js";
import { METRIC_NAMES, type Metrics } from "../../src/transfer/metricNames.js";

/** The least that a study file has to say. */
export const LEAST_PROBLEM = { dimension: 40, rank: 2, tasks: 10, labeled: 5 } as const;

/** A study of 3 cells and two methods, small enough for any test of the engine. */
export function smallStudy(
  changes: Record<string, unknown> = {},
  problem: Record<string, unknown> = {},
): Study {
  return resolveStudy({
    name: "small",
    seed: 3,
    replications: 8,
    problem: { ...LEAST_PROBLEM, ...problem },
    methods: [{ name: "standard" }, { name: "raw", aggregation: "raw" }],
    vary: { "problem.labeled": [5, 10, 20] },
    ...changes,
  });
}

/** Metrics that all have one value. */
export function constantMetrics(value: number | null): Metrics {
  return Object.fromEntries(METRIC_NAMES.map((metric) => [metric, value])) as unknown as Metrics;
}

/** A row in which each named method (and, as 0, each baseline) has one value for all metrics. */
export function rowOf(
  cell: number,
  replication: number,
  values: Record<string, number | null>,
): ReplicationRow {
  const all = { "no-transfer": 0, oracle: 0, ...values };
  const methods = Object.entries(all).map(([name, value]) => [name, constantMetrics(value)] as const);
  return { cell, replication, methods: Object.fromEntries(methods) };
}
