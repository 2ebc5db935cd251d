import type { Condition } from "../statistics/conditions.js";
import { worstCondition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { formatted, intervalOf } from "./numbers.js";
import type { Outcome } from "./outcome.js";

/** One point of an ordering: the mean paired difference (larger side) - (smaller side), and the two means for the table. */
export interface OrderingPoint {
  readonly label: string;
  /** factor * E[larger] - E[smaller], paired where both saw the same draws: the claim says that it is positive. */
  readonly difference: MeanEstimate;
  readonly smaller: number;
  readonly larger: number;
}

/**
 * Kind *ordering*: E[smaller] < factor * E[larger] at every point. theta_j is the mean (paired) difference at point j; each is a one-sided t-test,
 * joined by `pValues`. Exact for normal differences. "Holds" is a statement at the stated level that the order is strict at every point; "violated", that it is
 * reversed at one.
 */
export function orderingTest(points: readonly OrderingPoint[], factor: number): Outcome {
  const conditions = points.map(({ label, difference }): Condition => ({ label, theta: difference }));
  const worst = worstCondition(conditions);
  const at = points.find(({ label }) => label === worst?.label);
  if (worst === null || at === undefined)
    return { conditions, measured: { text: "no data", value: null, interval: null }, predicted: "" };
  const interval = intervalOf(at.difference);
  const where = points.length > 1 ? ` (closest: ${at.label})` : "";
  return {
    conditions,
    measured: {
      text: `${formatted(at.smaller)} against ${formatted(at.larger)}${where}`,
      value: at.smaller / at.larger,
      interval: interval === null ? null : [interval[0], interval[1]],
    },
    predicted: factor === 1 ? "smaller" : `smaller than ${formatted(factor)} times`,
  };
}
