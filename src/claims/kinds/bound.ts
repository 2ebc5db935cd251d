import type { Condition } from "../statistics/conditions.js";
import { type MeanEstimate, scaleEstimate, sumEstimates } from "../statistics/meanEstimate.js";
import { estimateText, formatted, intervalOf } from "./numbers.js";
import { NO_DATA, type Outcome } from "./outcome.js";

/** A point of the grid: the measured mean and the bound's form there, without its constant. */
export interface BoundPoint {
  readonly label: string;
  readonly mean: MeanEstimate;
  /** The value of the form, > 0, in the unit of the mean. */
  readonly form: number;
}

/**
 * The constant of a bound that the paper leaves unstated: the smallest C with mean <= C form at every fitted point, times 1 + slack. It is fitted once,
 * on the first look of one half of the grid.
 */
export function fitConstant(fitted: readonly BoundPoint[], slack: number): number {
  return (1 + slack) * Math.max(...fitted.map(({ mean, form }) => mean.mean / form));
}

/**
 * Kind *bound*: mean <= C form at every point of the *other* half of the grid, C from {@link fitConstant}. The two halves are independent, so given C each
 * point is a one-sided t-test of C form - mean > 0, exact for normal values, joined by `pValues`. The statement is about the C that is shown.
 *
 * The fitted half should hold the smaller problems: then coverage says that the form extrapolates. `power`: the bound is on mean^power (its form and C enter
 * here to the power 1/power), and that is what people are shown.
 */
export function boundTest(covered: readonly BoundPoint[], constant: number, power: number = 1): Outcome {
  const conditions = covered.map(
    ({ label, mean, form }): Condition => ({
      label,
      theta: sumEstimates([scaleEstimate(mean, -1)], constant * form),
    }),
  );
  const at = [...covered].sort((a, b) => b.mean.mean / b.form - a.mean.mean / a.form)[0];
  const predicted = `at most 1, with C = ${formatted(constant ** power)}`;
  if (at === undefined) return { conditions, measured: NO_DATA, predicted };
  const share = scaleEstimate(at.mean, 1 / (constant * at.form));
  // Delta method: the error of share^power.
  const shown = { ...share, mean: share.mean ** power, se: power * share.mean ** (power - 1) * share.se };
  return {
    conditions,
    measured: {
      text: `${estimateText(shown)} of the bound${covered.length > 1 ? ` (largest at ${at.label})` : ""}`,
      value: shown.mean,
      interval: intervalOf(shown),
    },
    predicted,
  };
}
