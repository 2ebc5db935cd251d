import type { Condition } from "../statistics/conditions.js";
import { worstCondition } from "../statistics/conditions.js";
import { type MeanEstimate, scaleEstimate, sumEstimates } from "../statistics/meanEstimate.js";
import { studentQuantile } from "../statistics/studentT.js";
import { formatted } from "./numbers.js";
import type { Outcome } from "./outcome.js";

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
 * The fitted half should hold the smaller problems: then coverage says that the form extrapolates.
 */
export function boundTest(covered: readonly BoundPoint[], constant: number): Outcome {
  const conditions = covered.map(
    ({ label, mean, form }): Condition => ({
      label,
      theta: sumEstimates([scaleEstimate(mean, -1)], constant * form),
    }),
  );
  const worst = worstCondition(conditions);
  const at = covered.find(({ label }) => label === worst?.label);
  const predicted = `at most C = ${formatted(constant)} times the form`;
  if (at === undefined)
    return { conditions, measured: { text: "no data", value: null, interval: null }, predicted };
  const ratio = at.mean.mean / at.form;
  const half = (studentQuantile(0.025, at.mean.dof) * at.mean.se) / at.form;
  return {
    conditions,
    measured: {
      text: `at most ${formatted(ratio)} ± ${formatted(half, 2)} times the form (${at.label})`,
      value: ratio,
      interval: [ratio - half, ratio + half],
    },
    predicted,
  };
}
