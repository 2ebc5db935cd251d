import type { Cell } from "../study/study.js";
import type { MetricName } from "../transfer/metricNames.js";
import type { PresetName } from "./presets.js";

/** The families of claims: the paper's (C), controls where they must fail (N), robustness to other noise (R); a user's own have any name. */
export type ClaimGroup = string;

/**
 * A study of a claim: a study file without seed and replications, which the run gives. `effort` multiplies the run's replications (for a
 * metric that is noisy, or cells that cost little).
 */
export interface ClaimStudy {
  readonly name: string;
  readonly problem: Readonly<Record<string, unknown>>;
  readonly methods: readonly object[];
  readonly vary?: Readonly<Record<string, readonly unknown[]>>;
  /** @defaultValue "auto" */
  readonly sampling?: "auto" | "direct";
  /** @defaultValue 1 */
  readonly effort?: number;
  /**
   * URL of a module that exports `runReplication`: this study's own, which it keeps whatever module the run has (its methods mean nothing to another one). Relative to a
   * file of yours: `new URL("./mine.js", import.meta.url).href`.
   * @defaultValue the module of the run, or the toolkit's
   */
  readonly replicationModule?: string;
  /**
   * What the study needs and does not find here (a data set, a library), in words; null when it can run. Asked once a run, before anything is computed; claims of a study
   * that misses something are *skipped*.
   */
  readonly missing?: () => string | null | Promise<string | null>;
}

/** A metric of a method over the cells of a study. */
export interface Series {
  readonly study: ClaimStudy;
  readonly method: string;
  /** @defaultValue "sinTheta2" */
  readonly metric?: MetricName;
  /** Which cells; all when absent. */
  readonly where?: (cell: Cell) => boolean;
}

/** Kind *rate*: see `rateTest`. */
export interface RateClaim {
  readonly kind: "rate";
  readonly of: Series;
  readonly x: (cell: Pick<Cell, "problem" | "varied">) => number;
  /** The name of x, for the axis of its figure, where x is not the varied parameter itself: "n + u". */
  readonly xLabel?: string;
  /** @defaultValue 0.5, from ||sin Theta||_F^2 to ||sin Theta||_F */
  readonly power?: number;
  readonly exponent: number;
  readonly margin: number;
  /** @defaultValue "both" */
  readonly side?: "both" | "atMost" | "atLeast";
  /** null: no check of curvature. @defaultValue 0.3 */
  readonly curvature?: number | null;
  /** Divides by a bound's form: the drift of measured/bound. */
  readonly over?: (cell: Cell) => number;
}

/** Kind *ordering*: E[smaller] < factor E[larger] at every cell; a one-cell series is compared with every cell of the other. */
export interface OrderingClaim {
  readonly kind: "ordering";
  readonly pairs: readonly { readonly smaller: Series; readonly larger: Series }[];
  /** @defaultValue 1 */
  readonly factor?: number;
}

/** Kind *value*: E[of] within `margin` (relative) of a prediction, of a number a cell, or of a sum of other series. */
export interface ValueClaim {
  readonly kind: "value";
  readonly of: readonly Series[];
  readonly equals: "prediction" | ((cell: Cell) => number) | readonly Series[];
  readonly margin: number;
}

/** Kind *bound*: the constant is fitted on the cells of `fitOn`, and covers the others. */
export interface BoundClaim {
  readonly kind: "bound";
  readonly of: Series;
  /** @defaultValue 0.5: the mean is ||sin Theta||_F^2, the form bounds ||sin Theta||_F */
  readonly power?: number;
  readonly form: (cell: Cell) => number;
  readonly fitOn: (cell: Cell) => boolean;
  readonly slack: number;
}

/** Kind *identity*: the same number in every replication, or a number that theory gives. */
export interface IdentityClaim {
  readonly kind: "identity";
  readonly a: Series;
  readonly b: Series | ((cell: Cell) => number);
  /** Relative; 0 is bit for bit. @defaultValue 0 */
  readonly tolerance?: number;
}

/** Kind *floor / flatness*: within `margin` of the first cell (null: not claimed) and above `floor` (absent: not claimed). */
export interface FlatnessClaim {
  readonly kind: "flatness";
  readonly of: readonly Series[];
  readonly margin: number | null;
  readonly floor?: (cell: Cell) => number;
}

export type ClaimTest = RateClaim | OrderingClaim | ValueClaim | BoundClaim | IdentityClaim | FlatnessClaim;

/** One sub-claim: a statement as data, with the study and the test that decide it. */
export interface Claim {
  /** E.g. "C1.labels": the group, a dot, a word. */
  readonly id: string;
  readonly group: ClaimGroup;
  /** Plain text, one line. */
  readonly title: string;
  /** The statement as a formula, in TeX. */
  readonly formula: string;
  /** The paper's claim, or a section of docs/theory.md for what goes beyond the paper. */
  readonly source: string;
  readonly assumptions: readonly string[];
  /** What would have refuted it. */
  readonly refutedBy: string;
  /** What was varied, in words. */
  readonly varied: string;
  readonly test: ClaimTest;
  /** A claim that the theory does not make: its verdict is shown and never fails the run. @defaultValue false */
  readonly informative?: boolean;
  /** The presets that test it: `["full"]` for a study that costs minutes. By its own id (`--claim`) it runs at any preset. @defaultValue all of them */
  readonly presets?: readonly PresetName[];
}

/** A group of claims: what its members are about, and the controls that make them trustworthy. */
export interface Group {
  readonly id: ClaimGroup;
  readonly title: string;
  readonly question: string;
  /** Ids of groups whose claims must hold for a verdict of this group to be worth something. */
  readonly controls: readonly ClaimGroup[];
  /** The group in one line of a table: what theory says, and the numbers to show, by the ids of the claims that measure them. */
  readonly summary?: {
    readonly theory: string;
    /** E.g. ["slope in n", "C1.labels"]: the label, then that claim's measured value with its interval; "a ÷ b" is a ratio of ‖sin Θ‖². */
    readonly seen: readonly (readonly [label: string, claim: string])[];
  };
  /** The files that compute what is claimed, from the root of the repository: for docs/map.md. */
  readonly code?: readonly string[];
}

/** All series that a test reads. */
export function seriesOf(test: ClaimTest): readonly Series[] {
  if (test.kind === "rate" || test.kind === "bound") return [test.of];
  if (test.kind === "ordering") return test.pairs.flatMap(({ smaller, larger }) => [smaller, larger]);
  if (test.kind === "identity") return typeof test.b === "function" ? [test.a] : [test.a, test.b];
  if (test.kind === "flatness") return test.of;
  return Array.isArray(test.equals) ? [...test.of, ...(test.equals as readonly Series[])] : test.of;
}

/** The studies of a claim, each once. */
export function studiesOf(claim: Claim): readonly ClaimStudy[] {
  return [...new Set(seriesOf(claim.test).map(({ study }) => study))];
}
