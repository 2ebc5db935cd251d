import type { Problem } from "../model/problem.js";
import type { MetricName } from "../transfer/metricNames.js";

/** The baselines that every cell reports beside its methods. */
export const BASELINES: readonly ["no-transfer", "oracle"] = ["no-transfer", "oracle"];

/** One replication of one cell: the metrics of every method and baseline, or the reason why there are none. */
export type ReplicationRow =
  | {
      readonly cell: number;
      readonly replication: number;
      readonly methods: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
    }
  | { readonly cell: number; readonly replication: number; readonly error: string };

/** The mean of a metric over the replications in which it is defined. */
export interface Estimate {
  /** null where the metric is not defined (see `Metrics`). */
  readonly mean: number | null;
  /** Monte Carlo standard error, sd / sqrt(n); null for n < 2. */
  readonly mcse: number | null;
  readonly n: number;
}

/** An estimate with what theory says of it; null where there is no prediction or no bound. */
export interface MetricSummary extends Estimate {
  readonly predicted: number | null;
  /** The paper's bound without its constant: a form, comparable along a parameter but not with the mean. */
  readonly bound: number | null;
  /** predicted / mean - 1; null where either is missing or the mean is 0. */
  readonly deviation: number | null;
}

/** The mean paired difference a - b between two methods that saw the same draws. */
export interface Contrast<M extends string = MetricName> {
  readonly a: string;
  readonly b: string;
  readonly metrics: Readonly<Record<M, Estimate>>;
}

export interface CellSummary<M extends string = MetricName, P = Problem> {
  readonly cell: number;
  readonly varied: Readonly<Record<string, unknown>>;
  readonly problem: P;
  /** Keyed by method name, baselines last. */
  readonly methods: Readonly<Record<string, Readonly<Record<M, MetricSummary>>>>;
  readonly contrasts: readonly Contrast<M>[];
  /** Replications that failed, with their reasons; they are in no mean. */
  readonly failures: readonly { readonly replication: number; readonly error: string }[];
}

/** What `simulate --json` prints, and what reports are made from. */
export interface StudyResult<M extends string = MetricName, P = Problem> {
  readonly study: string;
  readonly question: string | null;
  readonly seed: number;
  readonly fingerprint: string;
  readonly version: string;
  readonly varied: readonly string[];
  readonly cells: readonly CellSummary<M, P>[];
}
